"""Checks an address book: every row with its six elements, form of address and postal code, check digits of REGON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from stdnum.pl import regon as regon_number

from exporters.findings import Finding
from exporters.resp.address_book import COLUMNS, MISSING

LARGEST_FILE = 50_000_000
"""Bytes of an address book that is checked; the whole public administration fits into a tenth."""

_URI = re.compile(r"/[A-Za-z0-9_.\-]+/[A-Za-z0-9_.\-/]+")
_POSTAL_CODE = re.compile(r"\d{2}-\d{3}")


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
