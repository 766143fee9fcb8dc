"""Publication sets: built book by book, resumed after a kill, public only when complete.

Each finished book is noted at once with its checksum, so a build that is interrupted at any moment goes on with the next book. A
lock on the folder keeps a second builder out; the operating system lets go of it when the first one dies.
"""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from exporters.current_publications import CHECKSUMS, folder_of
from exporters.files import replace_file
from exporters.models import PublicationSet, PublishedFile
from exporters.pdf.assembly import BrokenLink
from exporters.pdf.building import BuiltBook, build
from exporters.pdf.planned import Book
from exporters.pdf.plans import catalogue_plan, collection_plan, handbook_plan
from exporters.pdf.refusals import FaultyBook, RefusedPart
from exporters.pdf.store import DamagedFragment, fragment_store
from exporters.pdf.workers import Workers
from exporters.publication_orders import RefusedSet
from publication.reading import NotInForce
from service_catalog.published.reading import office, office_type

KEPT_SETS = 2
"""Complete sets whose files stay: the public one and the one before it, for downloads that have begun."""
MOST_ROUNDS = 3
"""How often books are built again because the catalogue changed while the set was built."""
Progress = Callable[[str], object]


class AlreadyBuilding(RefusedSet):
    """Another process builds this set at the moment."""


def build_set(
    pk: int, *, moment: Callable[[], datetime.datetime], progress: Progress = lambda name: None
) -> PublicationSet:
    """Build what is missing of a set and make it public. Raises `RefusedSet`; a refused book stops the set and is named.

    `progress` is called with the name of each finished book.
    """
    found = PublicationSet.objects.get(pk=pk)
    if found.state != PublicationSet.State.BUILDING:
        return found
    with _locked(found), Workers(fragment_store()) as workers:
        try:
            used = _build_books(found, workers, progress)
        except (RefusedPart, BrokenLink, FaultyBook, DamagedFragment, OSError) as refusal:
            found.state, found.message = PublicationSet.State.STOPPED, str(refusal)
            found.finished_at = moment()
            found.save()
            raise RefusedSet(f"Komplet nie został wydany. {refusal}") from refusal
        _write_checksums(found)
        found.state, found.finished_at = PublicationSet.State.COMPLETE, moment()
        found.save()
    fragment_store().prune(used)
    _forget_older()
    return found


def _build_books(found: PublicationSet, workers: Workers, progress: Progress) -> set[str]:
    """Build and look again until nothing changed meanwhile; returns the keys of all fragments that the set uses."""
    used: set[str] = set()
    for _ in range(MOST_ROUNDS):
        used, built = set(), 0
        for file in found.files.all():
            book = plan_of(file, on=found.on)
            if book is None:
                file.delete()
                continue
            used |= {part.job.key for part in book.parts()}
            if not _is_built(file, book):
                _note(file, book, build(book, folder_of(found) / file.name, workers))
                built += 1
            progress(file.name)
        if not built:
            break
    return used


def _is_built(file: PublishedFile, book: Book) -> bool:
    """Whether the file on disk is this book, whole."""
    path = folder_of(file.publication_set) / file.name
    return file.digest == identity_of_book(book) and path.exists() and _sha256(path) == file.sha256


def _note(file: PublishedFile, book: Book, built: BuiltBook) -> None:
    file.digest = identity_of_book(book)
    file.title = book.data.title
    file.sha256, file.bytes, file.pages = _sha256(built.path), built.bytes, built.pages
    file.remarks = "\n".join(built.missing)
    file.save()


def identity_of_book(book: Book) -> str:
    """What a book is made of, with the style it is printed in."""
    return hashlib.sha256(f"{book.data.digest} {book.variant} {fragment_store().version}".encode()).hexdigest()


def plan_of(file: PublishedFile, *, on: datetime.date) -> Book | None:
    """The book of a row on a day; None when there is nothing to print any more."""
    try:
        if file.kind == PublishedFile.Kind.HANDBOOK:
            return handbook_plan(office_type(file.code, on=on), on=on)
        if file.kind == PublishedFile.Kind.CATALOGUE:
            return catalogue_plan(office(file.code, on=on)[1], on=on)
    except NotInForce:
        return None
    return collection_plan(on=on)


@contextmanager
def _locked(found: PublicationSet) -> Iterator[Any]:
    """The right to build this set. Raises `AlreadyBuilding`."""
    folder = folder_of(found)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyBuilding(f"Komplet {found.pk} buduje teraz inny proces. Poczekaj, aż skończy.") from error
        yield file


def _write_checksums(found: PublicationSet) -> None:
    """The file that `sha256sum --check` reads."""
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in found.files.order_by("name"))
    replace_file(folder_of(found) / CHECKSUMS, [lines.encode()])


def _forget_older() -> None:
    """Remove the files of sets that are neither public nor the one before."""
    complete = PublicationSet.objects.filter(state=PublicationSet.State.COMPLETE).order_by("-pk")
    kept = set(complete.values_list("pk", flat=True)[:KEPT_SETS])
    kept |= set(PublicationSet.objects.exclude(state=PublicationSet.State.COMPLETE).values_list("pk", flat=True))
    for folder in (Path(settings.DATA_DIRECTORY) / "publications").iterdir():
        if folder.name.isdigit() and int(folder.name) not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
