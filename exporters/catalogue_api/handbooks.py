"""Routes of handbooks and good practices, mounted with the catalogue. Only approved editions, as they were stored."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from exporters.catalogue_api import examples, listing, schemas
from exporters.catalogue_api.parameters import Cursor, Fields, Limit, On, only
from exporters.catalogue_api.path_codes import PathCode
from exporters.catalogue_api.stored import stored_edition
from handbooks.published.handbook import GoodPractice, Handbook, handbook_key, practice_key
from handbooks.published.reading import LABEL
from publication.calendar import today
from publication.models import EditionKind
from publication.reading import editions

router = Router(tags=["Podręczniki"])
REFUSED = schemas.refusals(schemas.REFUSALS)
NEXT_PAGE = "Podaj jako `cursor`, aby dostać następną stronę; null na końcu."


class HandbookEntry(Schema):
    """A handbook in a list."""

    code: str = Field(description="Kod typu urzędu albo zbioru dobrych praktyk.", examples=["UW"])
    title: str = Field(description="Tytuł.", examples=["Podręcznik urzędu wojewódzkiego"])
    number: int = Field(description="Numer wydania, od 1.", examples=[1])
    issued_on: str = Field(description="Dzień wydania.", examples=["2026-01-01"])


class Handbooks(Schema):
    """One page of handbooks in the order of codes."""

    items: list[HandbookEntry]
    next: str | None = Field(description=NEXT_PAGE, examples=[None])


class GoodPracticeEntry(Schema):
    """A good practice in a list."""

    code: str = Field(description="Kod.", examples=["DP-001"])
    title: str = Field(description="Nazwa.", examples=["Stanowisko z komputerem dla klientów"])
    category: str = Field(description="Rodzaj.", examples=["obsługa"])


class GoodPractices(Schema):
    """One page of good practices in the order of codes."""

    items: list[GoodPracticeEntry]
    next: str | None = Field(description=NEXT_PAGE, examples=[None])


class _HandbookTeaser(msgspec.Struct, frozen=True):
    """The part of a handbook that lists show; the chapters and their pictures are skipped."""

    code: str
    title: str
    number: int
    issued_on: str


class _PracticeTeaser(msgspec.Struct, frozen=True):
    """The part of a good practice that lists show."""

    code: str
    title: str
    category: str


_handbook = msgspec.json.Decoder(_HandbookTeaser)
_practice = msgspec.json.Decoder(_PracticeTeaser)


@router.get(
    "handbooks", response=Handbooks, summary="Lista podręczników", operation_id="handbooks", openapi_extra=REFUSED
)
@only("on", "limit", "cursor")
def handbooks(request: HttpRequest, on: On = None, limit: Limit = 20, cursor: Cursor = "") -> Handbooks:
    """Zatwierdzone wydania podręczników typów urzędów i zbioru dobrych praktyk, w kolejności kodów."""
    found = editions().of_kind(EditionKind.ARTICLE).filter(key__startswith=handbook_key("")).readable(on=on or today())
    rows, following = listing.one_page(found, after=cursor and handbook_key(cursor), limit=limit)
    books = [_handbook.decode(bytes(edition.payload)) for edition in rows]
    items = [
        HandbookEntry(code=book.code, title=book.title, number=book.number, issued_on=book.issued_on) for book in books
    ]
    return Handbooks(items=items, next=items[-1].code if following else None)


@router.get(
    "handbooks/{code}",
    summary="Podręcznik",
    operation_id="handbook",
    openapi_extra=schemas.stored_answer(
        Handbook, "Wydanie podręcznika dokładnie tak, jak je zapisano.", examples.HANDBOOK, selectable=True
    ),
)
@only("on", "fields")
def handbook(request: HttpRequest, code: PathCode, on: On = None, fields: Fields = ()) -> HttpResponse:
    """Rozdziały, spis zmian i numery wydań kart, które podręcznik drukuje. Obrazki są w środku (base64)."""
    return stored_edition(request, handbook_key(code), kind=EditionKind.ARTICLE, on=on or today(), fields=fields)


@router.get(
    "good-practices",
    response=GoodPractices,
    summary="Lista dobrych praktyk",
    operation_id="good_practices",
    openapi_extra=REFUSED,
)
@only("on", "limit", "cursor")
def good_practices(request: HttpRequest, on: On = None, limit: Limit = 20, cursor: Cursor = "") -> GoodPractices:
    """Dobre praktyki urzędów w kolejności kodów."""
    found = editions().of_kind(EditionKind.REGISTER).labelled("register", LABEL).readable(on=on or today())
    rows, following = listing.one_page(found, after=cursor and practice_key(cursor), limit=limit)
    practices = [_practice.decode(bytes(edition.payload)) for edition in rows]
    items = [
        GoodPracticeEntry(code=practice.code, title=practice.title, category=practice.category)
        for practice in practices
    ]
    return GoodPractices(items=items, next=items[-1].code if following else None)


@router.get(
    "good-practices/{code}",
    summary="Dobra praktyka",
    operation_id="good_practice",
    openapi_extra=schemas.stored_answer(
        GoodPractice, "Dobra praktyka dokładnie tak, jak ją zapisano.", examples.GOOD_PRACTICE
    ),
)
@only("on")
def good_practice(request: HttpRequest, code: PathCode, on: On = None) -> HttpResponse:
    """Problem, opis, skutki i urzędy, które praktykę przejęły."""
    return stored_edition(request, practice_key(code), kind=EditionKind.REGISTER, on=on or today())
