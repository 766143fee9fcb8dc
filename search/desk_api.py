"""For the help desk, chat and voice: `GET /answer`, `GET /offices/resolve`, `GET /places`.

Every sentence comes from an edition. What is not there is answered with `no_answer` or `outside_catalogue`, never guessed.
"""

from __future__ import annotations

import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from publication.calendar import WARSAW, day_of
from publication.reading import NotInForce
from search.api import REFUSED, Text, refuse_unknown_parameters
from search.competence import competence
from search.documents import fee_in_short, time_in_short
from search.finding import Question, find
from search.opening import opening
from search.tokens import caller
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.reading import card
from service_catalog.published.wording import opening_lines
from service_catalog.teryt import UnknownTerytCode, teryt_register

router = Router(tags=["dla infolinii, czatu i asystentów głosowych"])

SURE_COVERAGE = 0.99
"""Share of the words of the question that the card must have: a card about something else is no answer."""
MOST_PLACES = 20

Place = Annotated[str, Query(description="Kod TERYT (2, 4 albo 7 cyfr).", pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{7})$")]


class AnswerSchema(Schema):
    """Pola jednej karty albo `no_answer`."""

    no_answer: bool = Field(description="Prawda, gdy żadna karta nie odpowiada na całe pytanie.")
    key: str = Field(default="", description="Klucz karty.", examples=["UW-PAS-001"])
    title: str = Field(default="", description="Tytuł karty.")
    summary: str = Field(default="", description="Streszczenie z karty.")
    fee: str = Field(default="", description="Opłata w skrócie.")
    time: str = Field(default="", description="Czas załatwienia w skrócie.")
    documents: list[str] = Field(default=[], description="Dokumenty do zabrania.")
    source: str = Field(default="", description="Adres strony karty.", examples=["/karta/UW-PAS-001/"])
    legal_state_date: str = Field(default="", description="Stan prawny na dzień (RRRR-MM-DD).", examples=["2026-01-01"])


class OpenSchema(Schema):
    """Urząd właściwy i jego godziny w czasie polskim."""

    code: str = Field(description="Kod urzędu.")
    name: str = Field(description="Nazwa urzędu.")
    address: str = Field(description="Adres.")
    phone: str = Field(description="Telefon.")
    hours_known: bool = Field(description="Czy w katalogu są godziny otwarcia.")
    open_now: bool = Field(description="Czy urząd jest otwarty w podanej chwili.")
    closes: datetime.datetime | None = Field(description="Do kiedy jest otwarty.")
    next_opening: datetime.datetime | None = Field(description="Kiedy otworzy się następnym razem.")
    hours: list[str] = Field(description="Stałe godziny.", examples=[["poniedziałek–piątek 7:30–15:30"]])


class ResolvedSchema(Schema):
    """Który urząd załatwia sprawę w tym miejscu."""

    verdict: Literal["competent", "several", "any", "outside_catalogue"] = Field(
        description="competent: jeden urząd; several: kilka równie właściwych; any: dowolny z nich, najbliższe najpierw; "
        "outside_catalogue: urzędu dla tego miejsca nie ma w katalogu."
    )
    service: str = Field(description="Symbol usługi.")
    place: str = Field(description="Nazwa miejsca.")
    rule: str = Field(description="Które miejsce decyduje.", examples=["miejsce zamieszkania klienta"])
    rule_text: str = Field(description="Właściwość miejscowa słowami karty.")
    offices: list[OpenSchema] = Field(description="Urzędy.")


class PlaceSchema(Schema):
    """Miejsce z rejestru TERYT."""

    code: str = Field(description="Kod TERYT.", examples=["1863011"])
    name: str = Field(description="Nazwa.", examples=["Rzeszów"])
    kind: str = Field(description="Rodzaj jednostki.", examples=["gmina miejska"])
    path: str = Field(description="Nazwa z jednostkami nadrzędnymi.", examples=["Rzeszów, województwo podkarpackie"])


class PlacesSchema(Schema):
    """Miejsca pasujące do nazwy."""

    places: list[PlaceSchema] = Field(description="Dokładne nazwy najpierw, większe jednostki przed mniejszymi.")


@router.get("/answer", response=AnswerSchema, summary="Odpowiedz z karty", operation_id="answer", openapi_extra=REFUSED)
def answer(
    request: HttpRequest,
    q: Annotated[Text, Query("", description="Pytanie, tak jak je zadano.", examples=["ile kosztuje paszport"])],
) -> AnswerSchema:
    """Pola jednej karty ze źródłem i datą stanu prawnego. Nigdy treści wymyślonej ani notatek wewnętrznych."""
    refuse_unknown_parameters(request, {"q"})
    caller(request)
    hits = find(Question(text=q, limit=1)).hits if q.strip() else ()
    if not hits or hits[0].ranked.coverage < SURE_COVERAGE or not hits[0].ranked.names_score:
        return AnswerSchema(no_answer=True)
    try:
        _, found = card(hits[0].key, on=day_of(datetime.datetime.now(tz=datetime.UTC)))
    except NotInForce:
        return AnswerSchema(no_answer=True)
    return _fields(found)


@router.get(
    "/offices/resolve",
    response=ResolvedSchema,
    summary="Który urząd jest właściwy",
    operation_id="resolve_office",
    openapi_extra=REFUSED,
)
def resolve(
    request: HttpRequest,
    service: Annotated[
        str, Query(description="Symbol usługi.", examples=["UW-PAS-001"], pattern=r"^[A-Z0-9-]+$", max_length=40)
    ],
    place: Place,
    at: Annotated[
        datetime.datetime | None, Query(description="Chwila (ISO 8601); bez strefy: czas polski. Bez niej: teraz.")
    ] = None,
) -> ResolvedSchema:
    """Urząd właściwy według reguły właściwości usługi i kodu TERYT, otwarty teraz albo kiedy najbliżej."""
    refuse_unknown_parameters(request, {"service", "place", "at"})
    caller(request)
    moment = _moment(at)
    try:
        name = teryt_register().name_path(place)
        found = competence(service, place, on=day_of(moment))
    except UnknownTerytCode as unknown:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, f"Parametr „place”: {unknown}") from unknown
    except NotInForce as absent:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Parametr „service”: {absent}") from absent
    return ResolvedSchema(
        verdict=found.verdict,
        service=service,
        place=name,
        rule=found.rule,
        rule_text=found.card.jurisdiction.text,
        offices=[_open(office, moment) for office in found.offices],
    )


@router.get("/places", response=PlacesSchema, summary="Miejsca po nazwie", operation_id="places", openapi_extra=REFUSED)
def places(
    request: HttpRequest,
    q: Annotated[Text, Query("", description="Nazwa albo jej część; ogonki nie są potrzebne.", examples=["rzeszow"])],
) -> PlacesSchema:
    """Województwa, powiaty i gminy z rejestru TERYT."""
    refuse_unknown_parameters(request, {"q"})
    caller(request)
    register = teryt_register()
    return PlacesSchema(
        places=[
            PlaceSchema(code=unit.code, name=unit.name, kind=unit.kind, path=register.name_path(unit.code))
            for unit in register.search(q, limit=MOST_PLACES)
        ]
    )


def _moment(at: datetime.datetime | None) -> datetime.datetime:
    """An aware moment in the years that the calendar of the catalogue knows. Raises 422 outside of them."""
    moment = at or datetime.datetime.now(tz=datetime.UTC)
    if not 2000 <= moment.year <= 2100:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, "Parametr „at” musi leżeć między rokiem 2000 a 2100.")
    return moment if moment.tzinfo else moment.replace(tzinfo=WARSAW)


def _fields(found: Card) -> AnswerSchema:
    return AnswerSchema(
        no_answer=False,
        key=found.key,
        title=found.title,
        summary=found.summary,
        fee=fee_in_short(found.fees),
        time=time_in_short(found.handling_time),
        documents=[document.name for document in found.documents],
        source=f"/karta/{found.key}/",
        legal_state_date=found.legal_state_date,
    )


def _open(office: Office, moment: datetime.datetime) -> OpenSchema:
    found = opening(office.service_points, at=moment)
    hours: list[Any] = [line for point in office.service_points for line in opening_lines(point.hours)]
    return OpenSchema(
        code=office.code,
        name=office.name,
        address=office.address,
        phone=office.phone,
        hours_known=found.known,
        open_now=found.open_now,
        closes=found.closes,
        next_opening=found.next_opening,
        hours=list(dict.fromkeys(hours)),
    )
