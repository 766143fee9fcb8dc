"""Exports of many files that go on where they were stopped, and show nothing of themselves until they are complete.

The files are made in the folder `.unfinished` inside the target. A journal there says what the export is made of and, line by
line, which file was finished with which hash. An export of the same editions, arguments and version that is started again computes
the hashes of the finished files and makes only the others; anything else in the journal begins anew. When all files are there, each
takes its place by one renaming; a file that is there already with the same bytes is left alone. Killed while files take their
places, the next start finds them there by their hashes and goes on.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

FOLDER = ".unfinished"
JOURNAL = "journal"
_PLACING = "placing"
_FORM = "okienko-export/1"

Put = Callable[[str, Iterable[bytes]], None]
"""Takes the name of a file, relative to the target, and its content in pieces."""


@dataclass(frozen=True)
class Part:
    """Files that are made together: their names, relative to the target, and what makes them."""

    names: tuple[str, ...]
    write: Callable[[Put], None]


class AlreadyExporting(RuntimeError):
    """Another process is writing into the same folder; the message says so."""


@dataclass
class UnfinishedExport:
    """An export into `root`. `identity` stands for everything that its bytes depend on."""

    root: Path
    identity: str
    journal: BinaryIO
    finished: dict[str, str] = field(default_factory=dict)
    """Files of an interrupted run, each with the SHA-256 that it still has."""
    placing: bool = False
    """Whether that run had begun to put files into their places."""
    reused: int = 0
    removed: int = 0
    _folders: set[Path] = field(default_factory=set)

    def make(self, parts: Iterable[Part]) -> Iterator[int]:
        """Make what is not finished, part by part; yields how many files each part has. Raises `OSError`."""
        for part in parts:
            if self.finished and all(name in self.finished for name in part.names):
                self.reused += len(part.names)
            else:
                part.write(self._put)
            yield len(part.names)

    def place(self, *, only: Iterable[str] = ()) -> Iterator[Path]:
        """Put the finished files into their places; yields each path. Raises `OSError`.

        `only` are patterns of files, as in "cards/*.xml", of which the target shall hold no others: those are removed first.
        """
        if not self.placing:
            for pattern in only:
                self._remove_others(pattern)
            self._note(_PLACING)
        self.journal.seek(0)
        for name, digest in _lines(self.journal):
            path, made = self.root / name, self.root / FOLDER / "files" / name
            before = self.finished.pop(name, None)
            if made.exists():
                _put_into_place(made, path, digest)
                yield path
            elif before:  # a run before this one has put it there
                yield path
        shutil.rmtree(self.root / FOLDER)

    def _put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file and note it down once it is whole."""
        path = self.root / FOLDER / "files" / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        path.unlink(missing_ok=True)  # never written over: it may be a second name of the file that stands
        if isinstance(pieces, Sequence):
            content = b"".join(pieces)
            if self._stands_already(name, path, content):
                self._note(f"{hashlib.sha256(content).hexdigest()} {name}")
                return
        digest = hashlib.sha256()
        with path.open("xb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self._note(f"{digest.hexdigest()} {name}")

    def _stands_already(self, name: str, path: Path, content: bytes) -> bool:
        """Give a file that did not change a second name instead of writing it again, where the file system can do that."""
        standing = self.root / name
        try:
            if standing.read_bytes() != content:
                return False
            path.hardlink_to(standing)
        except OSError:
            return False
        return True

    def _note(self, line: str) -> None:
        self.journal.write(f"{line}\n".encode())
        self.journal.flush()

    def _remove_others(self, pattern: str) -> None:
        for path in self.root.glob(pattern):
            if not (self.root / FOLDER / "files" / path.relative_to(self.root)).exists():
                path.unlink()
                self.removed += 1


@contextmanager
def unfinished_export(root: Path, *, identity: str) -> Iterator[UnfinishedExport]:
    """The export into `root`, gone on with when it was interrupted. Raises `AlreadyExporting`, `OSError`."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / JOURNAL).open("a+b") as journal:
        _lock(journal, folder)
        export = UnfinishedExport(root, identity, journal)
        journal.seek(0)
        if journal.readline() == _heading(identity):
            export.placing = _read(export)
        else:
            shutil.rmtree(folder / "files", ignore_errors=True)
            journal.truncate(0)
            journal.write(_heading(identity))
            journal.flush()
        yield export


def _heading(identity: str) -> bytes:
    return f"{_FORM} {identity}\n".encode()


def _lock(journal: BinaryIO, folder: Path) -> None:
    """Keep other processes out; the operating system lets go when this one ends."""
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        gone = not (folder / JOURNAL).exists() or (folder / JOURNAL).stat().st_ino != os.fstat(journal.fileno()).st_ino
    except BlockingIOError:
        gone = True
    if gone:
        raise AlreadyExporting(f"Inny proces zapisuje teraz eksport w „{folder.parent}”. Poczekaj, aż skończy.")


def _read(export: UnfinishedExport) -> bool:
    """Take over the finished files whose hash is right, and say whether they were being put into their places."""
    placing = False
    for name, digest in _lines(export.journal):
        places = (export.root / FOLDER / "files" / name, export.root / name)
        if any(path.is_file() and _sha256(path) == digest for path in places):
            export.finished[name] = digest
        else:
            export.finished.pop(name, None)
    export.journal.seek(0)
    line = b""
    for line in export.journal:
        placing = placing or line == f"{_PLACING}\n".encode()
    if not line.endswith(b"\n"):  # torn by a kill: the next line must not grow out of it
        export.journal.write(b"\n")
        export.journal.flush()
    return placing


def _lines(journal: BinaryIO) -> Iterator[tuple[str, str]]:
    """Name and hash of each finished file. The last line may be torn: what does not look like one is passed over."""
    for line in journal:
        digest, _, name = line.decode("utf-8", "replace").rstrip("\n").partition(" ")
        if len(digest) == 64 and name and line.endswith(b"\n"):
            yield name, digest


def _put_into_place(made: Path, path: Path, digest: str) -> None:
    if path.is_file() and (made.samefile(path) or _sha256(path) == digest):
        made.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made.replace(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
