"""Building the file of a publication: missing fragments by workers, then assembly, then the checks, then the new file in place."""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporters.files import UNFINISHED, replace_file
from exporters.pdf.checking import check_book
from exporters.pdf.documents import assembler, publication_in_one_piece, without_fragments
from exporters.pdf.fragment import FragmentSource
from exporters.pdf.planned import Book, PlannedPart
from exporters.pdf.store import DamagedFragment, FragmentStore, fragment_store
from exporters.pdf.workers import Workers

Progress = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class BuiltBook:
    """What came of a build. `missing` are sentences about characters that no font could print, `healed` are names of parts whose
    kept fragment was damaged and has been laid out again.
    """

    path: Path
    pages: int
    bytes: int
    laid_out: int
    missing: tuple[str, ...]
    healed: tuple[str, ...] = ()


def missing_jobs(planned: Sequence[PlannedPart], store: FragmentStore) -> list[PlannedPart]:
    """Parts without a whole kept fragment, each fragment once."""
    found: dict[str, PlannedPart] = {}
    for part in planned:
        if part.job.key not in found and store.find(part.job.key) is None:
            found[part.job.key] = part
    return list(found.values())


def build(publication: Book, path: Path, workers: Workers, progress: Progress = lambda: None) -> BuiltBook:
    """Write the book to `path`. Until it is whole and checked, the file that was there stays.

    Raises `jobs.RefusedPart`, `assembly.BrokenLink`, `checking.FaultyBook` and `OSError`; `store.DamagedFragment` only when a
    fragment is damaged again right after it was made.
    """
    if without_fragments():
        content = publication_in_one_piece(publication)
        size = replace_file(path, [content])
        return BuiltBook(path=path, pages=0, bytes=size, laid_out=0, missing=())
    planned = publication.parts()
    first = _made(planned, workers, progress)
    try:
        return _assembled(publication, planned, path, first)
    except DamagedFragment:
        again = _made(planned, workers, progress)
        return _assembled(publication, planned, path, [*first, *again])


def _made(planned: Sequence[PlannedPart], workers: Workers, progress: Progress) -> list[tuple[str, bool]]:
    """Make what is missing; returns the names of the parts, and whether a damaged file stood in their place."""
    store = fragment_store()
    waiting = missing_jobs(planned, store)
    found = [(part.name, store.holds(part.job.key)) for part in waiting]
    workers.make([part.job for part in waiting], progress)
    return found


def _assembled(
    publication: Book, planned: Sequence[PlannedPart], path: Path, made: Sequence[tuple[str, bool]]
) -> BuiltBook:
    """Put the book together beside its place, check it, then put it in its place."""
    store = fragment_store()
    sources = [store.found(part.job.key) for part in planned]
    book = assembler(publication.data, planned, sources, variant=publication.variant)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            book.write(file)
        check_file(temporary, planned, sources)
        size = temporary.stat().st_size
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return BuiltBook(
        path=path,
        pages=book.pages,
        bytes=size,
        laid_out=len(made),
        missing=book.missing(),
        healed=tuple(name for name, damaged in made if damaged),
    )


def check_file(path: Path, planned: Sequence[PlannedPart], sources: Sequence[FragmentSource]) -> None:
    """Check a finished file where it lies: it is mapped, not loaded. Raises `FaultyBook`."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        check_book(content, parts=planned, fragments=sources)
