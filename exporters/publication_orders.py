"""Publication sets before and beside their building: asking for one, going on with a stopped one, how far it is.

Needs no layout engine: the editor's screen imports this in every process, and what lays out books costs 24 MB.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from exporters.models import PublicationSet, PublishedFile
from service_catalog.published.reading import office_types, offices


class RefusedSet(ValueError):
    """A set cannot be asked for or built; the message says why and what to do."""


def request_set(*, on: datetime.date, moment: datetime.datetime, person: User | None = None) -> PublicationSet:
    """Note down a new set with all its books. Raises `RefusedSet` while another one is being built or when there is none."""
    books = list(_books(on))
    if not books:
        raise RefusedSet(
            f"W dniu {on.isoformat()} nie ma kart, więc nie ma czego wydać. Opublikuj karty i spróbuj ponownie."
        )
    try:
        with transaction.atomic():
            wanted = PublicationSet.objects.create(on=on, requested_at=moment, requested_by=person)
            for book in books:
                book.publication_set = wanted
            PublishedFile.objects.bulk_create(books)
    except IntegrityError as error:
        raise RefusedSet("Komplet jest już w budowie. Poczekaj, aż będzie gotowy.") from error
    return wanted


def resume_set(pk: int) -> PublicationSet:
    """Put a stopped set back into building. Raises `RefusedSet`."""
    try:
        with transaction.atomic():
            found = PublicationSet.objects.select_for_update().get(pk=pk)
            if found.state == PublicationSet.State.COMPLETE:
                raise RefusedSet("Ten komplet jest już gotowy.")
            found.state, found.message = PublicationSet.State.BUILDING, ""
            found.save()
    except PublicationSet.DoesNotExist as error:
        raise RefusedSet(f"Nie ma kompletu {pk}.") from error
    except IntegrityError as error:
        raise RefusedSet("Inny komplet jest w budowie. Poczekaj, aż będzie gotowy.") from error
    return found


def progress_of(found: PublicationSet) -> tuple[int, int]:
    """How many books are built, of how many."""
    return found.files.exclude(sha256="").count(), found.files.count()


def _books(on: datetime.date) -> Iterator[PublishedFile]:
    """A row for each book that a set of this day may have."""
    from exporters.pdf.plans import collection_plan

    kinds = PublishedFile.Kind
    for kind in office_types(on=on):
        title = f"Podręcznik: katalog i karty usług – {kind.name}"
        yield PublishedFile(kind=kinds.HANDBOOK, code=kind.code, title=title, name=f"podrecznik-{kind.code}.pdf")
    if collection_plan(on=on) is not None:
        yield PublishedFile(
            kind=kinds.COLLECTION, code="dobre-praktyki", title="Zbiór dobrych praktyk", name="dobre-praktyki.pdf"
        )
    for place in offices(on=on):
        title = f"Katalog usług – {place.name}"
        yield PublishedFile(kind=kinds.CATALOGUE, code=place.code, title=title, name=f"katalog-{place.code}.pdf")
