"""Metadata of a PDF: the information dictionary and the XMP packet that claims PDF/UA-1 (ISO 14289-1, 5)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from exporters.pdf.objects import text_string

AUTHOR = "Okienko – katalog usług publicznych"
PRODUCER = "Okienko"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>{archive}
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:identifier>{identifier}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>pl</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>{dates}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_ARCHIVE = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="B"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A-3b, and the description of the PDF/UA schema that PDF/A wants of every schema it does not know (ISO 19005-3, 6.6.2.3)."""


def xmp(*, title: str, subject: str, published_on: str, digest: str, archive: bool = False) -> bytes:
    """The XMP packet; `archive` claims PDF/A-3b besides PDF/UA-1.

    `published_on` is an ISO date, anything else for no date; `digest` is that of the editions.
    """
    dates = ""
    if _is_date(published_on):
        dates = f"\n<xmp:CreateDate>{published_on}</xmp:CreateDate>\n<xmp:ModifyDate>{published_on}</xmp:ModifyDate>"
    return _XMP.format(
        title=escape(title),
        author=escape(AUTHOR),
        subject=escape(subject),
        identifier=escape(digest),
        producer=escape(PRODUCER),
        dates=dates,
        archive=_ARCHIVE if archive else "",
    ).encode()


def information(*, title: str, subject: str, published_on: str) -> bytes:
    """The information dictionary with the same values."""
    entries = [
        b"/Title" + text_string(title),
        b"/Author" + text_string(AUTHOR),
        b"/Subject" + text_string(subject),
        b"/Producer" + text_string(PRODUCER),
    ]
    if _is_date(published_on):
        stamp = text_string(f"D:{published_on.replace('-', '')}")
        entries += [b"/CreationDate" + stamp, b"/ModDate" + stamp]
    return b"<<" + b"".join(entries) + b">>"


def _is_date(value: str) -> bool:
    return len(value) == len("2026-01-01") and value.replace("-", "").isdigit()
