"""Addresses of the card schema: its dated namespace and the files published with it.

The date stands in the namespace. A published file never changes; an incompatible change gets a new date and a new folder.
"""

from __future__ import annotations

from pathlib import Path

NAMESPACE = "https://okienko.example/xml/wzor/karta-uslugi/2026/11/25/"
VERSION = "2026-11-25"
PUBLISHED_PATH = "/xml/wzor/karta-uslugi/2026/11/25/"
"""Where an installation serves the files of the namespace; an export folder repeats the same path."""

PUBLISHED_FILES = {
    "schemat.xsd": "application/xml",
    "styl.xsl": "text/xsl",
    "styl.css": "text/css",
}
"""Files of the schema with their media types. Browsers apply a style sheet only when its media type is an XML or XSL one."""

FOLDER = Path(__file__).parent / "wzor" / VERSION

STRUCTURE = "http://crd.gov.pl/xml/schematy/struktura/2009/11/16/"
METADATA = "http://crd.gov.pl/xml/schematy/meta/2009/11/16/"
INSTITUTION = "http://crd.gov.pl/xml/schematy/instytucja/2009/11/16/"
ADDRESS = "http://crd.gov.pl/xml/schematy/adres/2009/11/09/"
PERSON = "http://crd.gov.pl/xml/schematy/osoba/2009/11/16/"
FINANCE_TYPES = "http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/"

STANDING = "Schematy bazowe: zaobserwowany podzbiór, nieoficjalne."
"""Said with every validation, until the official base schemas stand in `schemas/`."""
