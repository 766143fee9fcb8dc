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
from xml.sax.saxutils import escape

from service_catalog.published.office import Office

VERSION = "1"
"""Changes when the same office gives another row."""
SCHEMA = "Książka adresowa ESP (RESP.xml)"
COLUMNS = ("name", "regon", "adres", "kod_pocztowy", "miejscowosc", "uri")
MISSING = "NULL"

LOSSES = (
    "code", "office_type", "short_name", "voivodeship", "teryt", "address", "phone", "email", "website", "bip_url", "nip",
    "edelivery_address", "accounts", "head_title", "accessibility_contact", "privacy_notice", "jurisdiction", "districts",
    "units", "service_points", "participation", "intro",
)  # fmt: skip
"""Public fields of an office that a row cannot hold."""

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
