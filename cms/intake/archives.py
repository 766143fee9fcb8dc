"""ZIP archives from outside: everything is checked from the headers before anything is unpacked, and reading is bounded again."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from cms.intake.refusals import RefusedFile

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an archive may hold. Sizes are bytes; `ratio` is unpacked to packed, of all members together."""

    packed: int = 50_000_000
    unpacked: int = 50_000_000
    members: int = 1000
    ratio: int = 200


@contextmanager
def opened_archive(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, checked. Raises `RefusedFile`; nothing is written to disk, so no name can lead anywhere."""
    if path.stat().st_size > limits.packed:
        raise RefusedFile(f"Archiwum ma ponad {limits.packed // 1_000_000} MB.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise RefusedFile("To nie jest poprawne archiwum ZIP.") from None
    with archive:
        _check(archive.infolist(), limits)
        yield archive


def _check(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise RefusedFile(f"Archiwum ma więcej niż {limits.members} plików.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise RefusedFile(f"Po rozpakowaniu archiwum miałoby ponad {limits.unpacked // 1_000_000} MB.")
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.ratio * max(packed, 1) and unpacked > 1_000_000:
        raise RefusedFile("Archiwum jest skompresowane podejrzanie mocno. Spakuj pliki jeszcze raz zwykłym programem.")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise RefusedFile("W archiwum dwa pliki mają tę samą nazwę.")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    shown = f"„{member.filename[:60]}”"
    parts = PurePosixPath(member.filename).parts
    if "\\" in member.filename or member.filename.startswith("/") or ".." in parts or ":" in member.filename:
        raise RefusedFile(f"Nazwa pliku {shown} w archiwum wychodzi poza nie.")
    if len(member.filename) > LONGEST_NAME or not member.filename.isprintable():
        raise RefusedFile(f"Nazwa pliku {shown} w archiwum jest za długa albo ma niedozwolone znaki.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RefusedFile(f"Plik {shown} w archiwum jest dowiązaniem.")
    if member.flag_bits & _ENCRYPTED:
        raise RefusedFile(f"Plik {shown} w archiwum jest zaszyfrowany.")
    if member.compress_type not in _METHODS:
        raise RefusedFile(f"Plik {shown} jest spakowany metodą, której nie czytamy. Użyj zwykłej (deflate).")


@contextmanager
def opened_member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """One file of a checked archive for reading. Raises `RefusedFile` when it is not there or is damaged."""
    try:
        with archive.open(name) as file:
            yield file
    except KeyError:
        raise RefusedFile(f"W archiwum brakuje pliku „{name}”.") from None
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile(f"Plik „{name}” w archiwum jest uszkodzony.") from None
