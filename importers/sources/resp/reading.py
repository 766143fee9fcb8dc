"""Rows of an address book, XML or CSV, through the gate. Needs neither Django nor the catalogue: a process with limits runs it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cms.intake.refusals import RefusedFile
from cms.intake.texts import utf8
from cms.intake.xml_files import read_xml

COLUMNS = ("name", "regon", "adres", "kod_pocztowy", "miejscowosc", "uri")
MISSING = "NULL"
LARGEST = 50_000_000
"""Bytes; the whole public administration fits into a tenth."""
MOST_ROWS = 100_000
LONGEST_CELL = 500


def rows_of_file(path: str) -> list[list[str | int]]:
    """Line and the six texts of every row; "NULL" becomes empty text. Raises `RefusedFile`."""
    file = Path(path)
    if file.stat().st_size > LARGEST:
        raise RefusedFile(f"Plik ma ponad {LARGEST // 1_000_000} MB.")
    content = file.read_bytes()
    found: list[list[str | int]] = []
    for line, cells in _xml(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _csv(content):
        if len(found) == MOST_ROWS:
            raise RefusedFile(f"Plik ma więcej niż {MOST_ROWS} wierszy.", line=line)
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise RefusedFile(f"Tekst w wierszu {line} ma ponad {LONGEST_CELL} znaków.", line=line)
        found.append([line, *("" if cell == MISSING else cell for cell in cells)])
    return found


def _xml(content: bytes) -> Iterator[tuple[int, list[str]]]:
    root = read_xml(content, largest=LARGEST)
    if root.tag != "resp":
        raise RefusedFile(f"Element główny to „{str(root.tag)[:60]}”. Książka adresowa ma element resp.")
    for entry in root.iterchildren("*"):
        number: Any = entry.sourceline  # the stubs of lxml do not know that it is a number
        line = int(number or 1)
        if entry.tag != "esp":
            raise RefusedFile(
                f"W wierszu {line} stoi „{str(entry.tag)[:60]}”. Spodziewamy się elementu esp.", line=line
            )
        texts = {str(cell.tag): (cell.text or "").strip() for cell in entry.iterchildren("*")}
        unknown = sorted(set(texts) - set(COLUMNS))
        if unknown:
            raise RefusedFile(f"W wierszu {line} jest nieznany element „{unknown[0][:60]}”.", line=line)
        yield line, [texts.get(name, "") for name in COLUMNS]


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = utf8(content, largest=LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise RefusedFile(f"Pierwszy wiersz ma wymieniać kolumny: {';'.join(COLUMNS)}.")
        for cells in reader:
            if cells and len(cells) != len(COLUMNS):
                raise RefusedFile(f"Wiersz {reader.line_num} nie ma {len(COLUMNS)} kolumn.", line=reader.line_num)
            if cells:
                yield reader.line_num, [_original(cell.strip()) for cell in cells]
    except csv.Error:
        raise RefusedFile("To nie jest poprawny plik CSV.", line=reader.line_num) from None


def _original(cell: str) -> str:
    """The text without the apostrophe that our own export puts before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in {"=", "+", "-", "@", "\t", "\r"} else cell
