"""Fonts of a book: each face is cut down to the glyphs of the whole book and embedded once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from exporters.files import replace_file
from exporters.pdf.faces import Face, face
from exporters.pdf.objects import number, numbers, reference, stream

TO_UNICODE_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
TO_UNICODE_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
NOT_EMBEDDED = {"GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "meta", "name", "kern"}
"""Tables that a PDF reader does not use. They are thrown away before cutting: reading them takes most of the time."""
FONT_OBJECTS = 5
"""Objects per face: font, descendant, descriptor, file, text map."""


def font_objects(name: str, glyphs: dict[int, str], first: int, *, cache: Path | None) -> list[bytes]:
    """The objects of one embedded face, numbered from `first`. `glyphs` may give texts that the face does not know."""
    used = face(name)
    texts = {glyph: text or used.texts.get(glyph, "") for glyph, text in sorted(glyphs.items())}
    program = _subset(used, frozenset(texts), cache)
    base_name = _base_name(used, texts)
    measures = used.metrics
    widths = b" ".join(b"%d[%d]" % (glyph, used.widths[glyph]) for glyph in texts)
    descriptor = (
        b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%b]/ItalicAngle %b/Ascent %d/Descent %d/CapHeight %d/StemV 80"
        b"/FontFile2 %b>>"
    ) % (
        base_name,
        numbers(measures.bounds),
        number(measures.italic_angle),
        measures.ascent,
        measures.descent,
        measures.cap_height,
        reference(first + 3),
    )
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
        % (base_name, reference(first + 1), reference(first + 4)),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap/Identity/DW 0/W[%b]/FontDescriptor %b>>" % (base_name, widths, reference(first + 2)),
        descriptor,
        stream(program, b"/Length1 %d" % len(program)),
        stream(_to_unicode(texts)),
    ]


def _base_name(used: Face, texts: dict[int, str]) -> bytes:
    """The font name with a tag of six letters for this set of glyphs."""
    digest = hashlib.sha256(repr(list(texts)).encode()).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
    style = Path(used.asset).stem.removeprefix("SourceSans3_").replace("_", "-")
    return f"{tag}+Source-Sans-3-{style}".encode("ascii")


def _to_unicode(texts: dict[int, str]) -> bytes:
    """The map from glyphs back to text."""
    lines = [b"<%04x> <%b>" % (glyph, text.encode("utf-16-be").hex().encode()) for glyph, text in texts.items() if text]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = b"".join(b"%d beginbfchar\n%b\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    return TO_UNICODE_HEAD + body + TO_UNICODE_TAIL


def _subset(used: Face, glyphs: frozenset[int], cache: Path | None) -> bytes:
    """The font file with only these glyphs, at their old numbers; kept under the union of glyphs."""
    key = hashlib.sha256(f"{used.sha256} {sorted(glyphs)}".encode()).hexdigest()
    return kept(cache / f"{key}.ttf" if cache else None, lambda: _cut(used, glyphs))


def _cut(used: Face, glyphs: frozenset[int]) -> bytes:
    """Cut a face down. fontTools is imported here: it takes a third of a second, and most books find their fonts cut."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        retain_gids=True, notdef_outline=True, hinting=False, layout_features=[], name_IDs=[], recalc_timestamp=False
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=sorted(glyphs))
    with TTFont(io.BytesIO(used.content()), recalcTimestamp=False, lazy=True) as font:
        for table in NOT_EMBEDDED & set(font.keys()):
            del font[table]
        subsetter.subset(font)
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()


def kept(path: Path | None, make: Callable[[], bytes]) -> bytes:
    """Content from a file, made and kept when it is not there. A disk that refuses only costs time."""
    if path is not None and path.exists():
        return path.read_bytes()
    content = make()
    if path is not None:
        try:
            replace_file(path, [content])
        except OSError:
            return content
    return content
