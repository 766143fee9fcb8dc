"""Reading a knowledge package: through the gate, every hash computed again, before anything is believed.

Knows no database, so that `faults` can run in a process with limits.
"""

from __future__ import annotations

import datetime
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from cms.intake.archives import Limits, opened_archive, opened_member
from cms.intake.json_files import read_json
from cms.intake.refusals import RefusedFile
from publication.package_format import FORMAT, MANIFEST, PARTS, SYNONYMS, ConsultantRow, Manifest, Row, Scope

LIMITS = Limits(packed=500_000_000, unpacked=1_500_000_000, members=len(PARTS) + 2)
"""100,000 cards are unpacked to about 900 MB; they are read row by row, and an administrator brings them, not a visitor."""
LONGEST_ROW = 2_000_000
"""Bytes of one edition."""
LARGEST_NOTE = 5_000_000
"""Bytes of the manifest and of the synonyms."""

LONGEST_KEY, LONGEST_LABEL, LONGEST_VALUE = 120, 20, 200
"""Characters that the columns of the log hold."""
STATES = frozenset({"published", "suspended", "withdrawn"})

_DECODERS: dict[Scope, msgspec.json.Decoder[Any]] = {
    "public": msgspec.json.Decoder(Row),
    "consultant": msgspec.json.Decoder(ConsultantRow),
}


def manifest_of(path: Path) -> Manifest:
    """What the package says of itself. Raises `RefusedFile`."""
    with opened_archive(path, LIMITS) as archive:
        return _manifest(archive)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    value = read_json(_content(archive, MANIFEST), largest=LARGEST_NOTE)
    try:
        found = msgspec.convert(value, Manifest)
    except msgspec.ValidationError:
        raise RefusedFile(f"{MANIFEST} nie ma postaci, którą znamy.") from None
    if found.format != FORMAT:
        raise RefusedFile(f"Pakiet ma format „{found.format[:60]}”, a czytamy {FORMAT}.")
    expected = {*PARTS.values(), SYNONYMS}
    if {note.name for note in found.files} != expected or len(found.files) != len(expected):
        raise RefusedFile(f"{MANIFEST} nie wymienia po kolei plików: {', '.join(sorted(expected))}.")
    return found


def rows_of(path: Path) -> Iterator[Row]:
    """Every edition of the package, part by part in the order of recording. Raises `RefusedFile`."""
    with opened_archive(path, LIMITS) as archive:
        scope = _manifest(archive).scope
        for kind, name in PARTS.items():
            for number, line in _lines(archive, name):
                yield _checked(line, scope, kind, name, number)


def synonyms_of(path: Path) -> list[dict[str, str]]:
    """The synonyms of the package. Raises `RefusedFile`."""
    with opened_archive(path, LIMITS) as archive:
        value = read_json(_content(archive, SYNONYMS), largest=LARGEST_NOTE)
    try:
        return msgspec.convert(value, list[dict[str, str]])
    except msgspec.ValidationError:
        raise RefusedFile(f"{SYNONYMS} nie ma postaci, którą znamy.") from None


def faults(path: str) -> dict[str, Any]:
    """Read the whole package and compute every hash. Returns the number of editions; raises `RefusedFile` at the first fault."""
    target = Path(path)
    with opened_archive(target, LIMITS) as archive:
        manifest = _manifest(archive)
        for note in manifest.files:
            if _digest(archive, note.name) != note.sha256:
                raise RefusedFile(f"{note.name}: plik nie zgadza się ze skrótem z {MANIFEST}.")
    count, last = 0, 0
    counts = dict.fromkeys(PARTS.values(), 0)
    for row in rows_of(target):
        count, last = count + 1, max(last, row.sequence)
        counts[PARTS[row.kind]] += 1
    if last > manifest.sequence or any(
        counts[note.name] != note.count for note in manifest.files if note.name in counts
    ):
        raise RefusedFile(f"{MANIFEST} nie zgadza się z liczbą albo numerami wydań.")
    synonyms_of(target)
    return {"editions": count}


def _checked(line: bytes, scope: Scope, kind: str, name: str, number: int) -> Row:
    try:
        row: Row = _DECODERS[scope].decode(line)
    except (msgspec.DecodeError, RecursionError):
        raise RefusedFile(f"{name}, wiersz {number}: to nie jest wydanie.", line=number) from None
    if not _sound(row):
        raise RefusedFile(f"{name}, wiersz {number}: data, stan albo klucz wydania jest niepoprawny.", line=number)
    if row.kind != kind:
        raise RefusedFile(f"{name}, wiersz {number}: rodzaj „{row.kind[:20]}” stoi w złym pliku.", line=number)
    if _sha256(row.payload) != row.sha256:
        raise RefusedFile(f"{name}, wiersz {number}: treść {row.key[:60]} nie zgadza się ze skrótem.", line=number)
    if isinstance(row, ConsultantRow) and _sha256(row.restricted) != row.restricted_sha256:
        raise RefusedFile(f"{name}, wiersz {number}: część zastrzeżona nie zgadza się ze skrótem.", line=number)
    return row


def _sound(row: Row) -> bool:
    """Whether the log can take the values of the row."""
    try:
        dates = [datetime.date.fromisoformat(day) for day in (row.valid_from, row.valid_to) if day is not None]
    except ValueError:
        return False
    labels = all(len(name) <= LONGEST_LABEL and len(value) <= LONGEST_VALUE for name, value in row.labels)
    return bool(dates) and row.state in STATES and 0 < len(row.key) <= LONGEST_KEY and row.sequence > 0 and labels


def _sha256(value: msgspec.Raw) -> str:
    return hashlib.sha256(bytes(value)).hexdigest()


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, bytes]]:
    with opened_member(archive, name) as file:
        number = 0
        while line := file.readline(LONGEST_ROW + 1):
            number += 1
            if len(line) > LONGEST_ROW:
                raise RefusedFile(
                    f"{name}, wiersz {number}: wydanie ma ponad {LONGEST_ROW // 1_000_000} MB.", line=number
                )
            yield number, line


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    with opened_member(archive, name) as file:
        content = file.read(LARGEST_NOTE + 1)
    if len(content) > LARGEST_NOTE:
        raise RefusedFile(f"{name} ma ponad {LARGEST_NOTE // 1_000_000} MB.")
    return content


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with opened_member(archive, name) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
