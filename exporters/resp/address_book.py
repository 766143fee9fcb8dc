"""The address book: one row per office with a mailbox (skrytka). Pure functions: equal offices give equal bytes.

The form is the one documented in code of a public registry: repeated `esp` with six elements, "NULL" for what is missing.
Offices without a mailbox are left out: since 1 January 2026 the electronic address is that of e-Doręczenia, which has no
place here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from stdnum.pl import regon as regon_number

from exporters.findings import Finding
from service_catalog.published.office import Office

VERSION = "1"
"""Changes when the same office gives another row."""
SCHEMA = "Książka adresowa ESP (RESP.xml)"
COLUMNS = ("name", "regon", "adres", "kod_pocztowy", "miejscowosc", "uri")
MISSING = "NULL"
LARGEST_FILE = 50_000_000
"""Bytes of an address book that is checked; the whole public administration fits into a tenth."""

LOSSES = (
    "code", "office_type", "short_name", "voivodeship", "teryt", "address", "phone", "email", "website", "bip_url", "nip",
    "edelivery_address", "accounts", "head_title", "accessibility_contact", "privacy_notice", "jurisdiction", "districts",
    "units", "service_points", "participation", "intro",
)  # fmt: skip
"""Public fields of an office that a row cannot hold."""

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_URI = re.compile(r"/[A-Za-z0-9_.\-]+/[A-Za-z0-9_.\-/]+")
_POSTAL_CODE = re.compile(r"\d{2}-\d{3}")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def row(office: Office) -> tuple[str, ...]:
    """The six texts of an office, in the order of `COLUMNS`."""
    street = " ".join(part for part in (office.street, office.building) if part)
    values = (office.name, short_regon(office.regon), street, office.postal_code, office.town, office.epuap_address)
    return tuple(value or MISSING for value in values)


def short_regon(number: str) -> str:
    """A REGON of 14 digits that ends in 00000 means the unit itself and is cut to its first nine."""
    return number[:9] if len(number) == 14 and number.endswith("00000") else number


def xml(offices: Iterable[Office]) -> Iterator[bytes]:
    """RESP.xml, one office per piece, in the order given."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<resp>\n'
    for office in _with_mailbox(offices):
        cells = zip(COLUMNS, row(office), strict=True)
        inner = "".join(f"    <{name}>{escape(_UNWRITABLE.sub('', value))}</{name}>\n" for name, value in cells)
        yield f"  <esp>\n{inner}  </esp>\n".encode()
    yield b"</resp>\n"


def table(offices: Iterable[Office]) -> Iterator[bytes]:
    """The same rows as CSV with semicolons, one office per piece; no cell can be taken for a formula."""
    yield _line(COLUMNS)
    for office in _with_mailbox(offices):
        yield _line(f"'{value}" if value.startswith(_FORMULA_STARTS) else value for value in row(office))


def _with_mailbox(offices: Iterable[Office]) -> Iterator[Office]:
    return (office for office in offices if office.epuap_address)


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def validate(path: Path) -> list[Finding]:
    """Check RESP.xml: every row with its six elements, form of address and postal code, check digits of REGON.

    Raises `FileNotFoundError` when there is no such file. No DTD, no entities, no network, no huge trees.
    """
    if not path.is_file():
        raise FileNotFoundError(f"Nie ma pliku „{path}”. Podaj plik RESP.xml.")
    if path.stat().st_size > LARGEST_FILE:
        return [Finding(file=path, line=1, sentence=f"plik ma ponad {LARGEST_FILE // 1_000_000} MB")]
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        tree: Any = etree.parse(str(path), parser)  # lxml's stubs do not know all of it
    except etree.XMLSyntaxError as error:
        return [Finding(file=path, line=error.lineno or 1, sentence="plik nie jest poprawnym dokumentem XML")]
    if tree.docinfo.doctype:
        return [Finding(file=path, line=1, sentence="dokument ma deklarację DOCTYPE; usuń ją")]
    root = tree.getroot()
    if root.tag != "resp":
        return [Finding(file=path, line=1, sentence=f"element główny to „{root.tag}”; oczekiwano: resp")]
    return [
        Finding(file=path, line=int(entry.sourceline or 1), sentence=sentence)
        for entry in root
        for sentence in _faults(entry)
    ]


def _faults(entry: etree._Element) -> Iterator[str]:
    if entry.tag != "esp" or tuple(str(cell.tag) for cell in entry) != COLUMNS:
        yield f"wiersz nie ma po kolei elementów: {', '.join(COLUMNS)}"
        return
    values = {str(cell.tag): (cell.text or "") for cell in entry}
    if values["name"] in ("", MISSING):
        yield "wiersz nie ma nazwy urzędu"
    if not _URI.fullmatch(values["uri"]):
        yield f"adres skrytki „{values['uri'][:60]}” nie ma postaci /podmiot/skrytka"
    if values["kod_pocztowy"] != MISSING and not _POSTAL_CODE.fullmatch(values["kod_pocztowy"]):
        yield f"kod pocztowy „{values['kod_pocztowy'][:20]}” nie ma postaci 00-000"
    if values["regon"] != MISSING and not regon_number.is_valid(values["regon"]):
        yield f"REGON „{values['regon'][:20]}” ma złą cyfrę kontrolną; popraw go w kartotece urzędu"
