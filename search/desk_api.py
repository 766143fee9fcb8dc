"""For the help desk, chat and voice: `GET /answer`, `GET /offices/resolve`, `GET /places`.

Every sentence comes from an edition. What is not there is answered with `no_answer` or `outside_catalogue`, never guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from publication.calendar import WARSAW, day_of
from publication.reading import NotInForce
from search.answering import Reply, reply
from search.api import REFUSED, Text, refuse_unknown_parameters
from search.competence import Verdict, competence
from search.documents import time_in_short
from search.finding import find
from search.opening import opening
from search.place_choice import units_meant
from search.tokens import caller
from service_catalog.published.card import Card
from service_catalog.published.fees_in_short import fees_in_short
from service_catalog.published.office import Office
from service_catalog.published.reading import card
from service_catalog.published.wording import opening_lines
from service_catalog.teryt import UnknownTerytCode, teryt_register

router = Router(tags=["dla infolinii, czatu i asystentów głosowych"])

MOST_PLACES = 20

Place = Annotated[str, Query(description="Kod TERYT (2, 4 albo 7 cyfr).", pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{7})$")]


class AnswerChoiceSchema(Schema):
    """Karta, o którą warto zapytać."""

    symbol: str = Field(description="Symbol usługi.", examples=["UW-CUD-012"])
    title: str = Field(description="Tytuł karty.", examples=["Nowa karta pobytu – wymiana"])


class AnswerSchema(Schema):
    """Pola jednej karty albo `no_answer`."""

    no_answer: bool = Field(
        description="Prawda, gdy żadna karta nie odpowiada pewnie na całe pytanie. Wtedy mogą być hint, choices, did_you_mean."
    )
    hint: str = Field(
        default="",
        description="Zdanie redakcji, gdy sprawy nie załatwia żaden urząd z katalogu.",
        examples=["O rozwodzie orzeka sąd okręgowy. Sądów nie ma w katalogu."],
    )
    hint_address: str = Field(default="", description="Strona, do której prowadzi zdanie; może być pusta.")
    choices: list[AnswerChoiceSchema] = Field(
        default=[], description="Gdy pasuje kilka kart: najwyżej pięć. Zapytaj, o którą chodzi."
    )
    did_you_mean: str = Field(
        default="",
        description="Pytanie z poprawionymi literówkami. Gdy jest odpowiedź, dotyczy ona tego pytania.",
        examples=["paszport dla dziecka"],
    )
    key: str = Field(default="", description="Klucz karty.", examples=["UW-PAS-001"])
    title: str = Field(default="", description="Tytuł karty.")
    summary: str = Field(default="", description="Streszczenie z karty.")
    fee: str = Field(default="", description="Opłata w skrócie; „bezpłatnie”, gdy nic się nie płaci.")
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
    districts: list[str] = Field(
        description="Dzielnice, które urząd obsługuje, gdy w tym mieście obsługuje tylko je.", examples=[["Mokotów"]]
    )


class ResolvedSchema(Schema):
    """Który urząd załatwia sprawę w tym miejscu."""

    verdict: Verdict = Field(
        description="competent: jeden urząd; several: kilka równie właściwych albo urząd tylko dla części miejsca; "
        "depends_on_district: decyduje dzielnica; any: dowolny z nich, najbliższe najpierw; "
        "outside_catalogue: urzędu dla tego miejsca nie ma w katalogu."
    )
    sentence: str = Field(
        description="O co zapytać klienta, gdy decyduje dzielnica; inaczej pusty.",
        examples=[
            "W tym mieście urząd zależy od dzielnicy. Zapytaj klienta o dzielnicę. Urząd Skarbowy Łódź-Bałuty: Bałuty."
        ],
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
    """Pola jednej karty ze źródłem i datą stanu prawnego. Nigdy treści wymyślonej ani notatek wewnętrznych.

    Gdy karta nie jest pewna, odpowiedzi nie ma: jest zdanie o sprawie spoza katalogu albo karty do wyboru.
    """
    refuse_unknown_parameters(request, {"q"})
    caller(request)
    decided = reply(q, find) if q.strip() else Reply()
    if decided.card is None:
        return _no_answer(decided)
    try:
        _, found = card(decided.card.key, on=day_of(datetime.datetime.now(tz=datetime.UTC)))
    except NotInForce:
        return AnswerSchema(no_answer=True)
    return _fields(found, did_you_mean=decided.did_you_mean)


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
        sentence=found.sentence,
        offices=[_open(office, moment, found.districts.get(office.code, ())) for office in found.offices],
    )


@router.get("/places", response=PlacesSchema, summary="Miejsca po nazwie", operation_id="places", openapi_extra=REFUSED)
def places(
    request: HttpRequest,
    q: Annotated[
        Text,
        Query(
            "",
            description="Nazwa w dowolnym przypadku, jej początek, dzielnica z miastem albo kod; ogonki nie są potrzebne.",
            examples=["rzeszow"],
        ),
    ],
) -> PlacesSchema:
    """Województwa, powiaty, gminy i dzielnice z rejestru TERYT."""
    refuse_unknown_parameters(request, {"q"})
    caller(request)
    register, meant = teryt_register(), units_meant(q)
    return PlacesSchema(
        places=[
            PlaceSchema(code=unit.code, name=unit.name, kind=unit.kind, path=register.name_path(unit.code))
            for unit in (*meant.exactly, *meant.beginning)[:MOST_PLACES]
        ]
    )


def _moment(at: datetime.datetime | None) -> datetime.datetime:
    """An aware moment in the years that the calendar of the catalogue knows. Raises 422 outside of them."""
    moment = at or datetime.datetime.now(tz=datetime.UTC)
    if not 2000 <= moment.year <= 2100:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, "Parametr „at” musi leżeć między rokiem 2000 a 2100.")
    return moment if moment.tzinfo else moment.replace(tzinfo=WARSAW)


def _no_answer(decided: Reply) -> AnswerSchema:
    remark = decided.remark
    return AnswerSchema(
        no_answer=True,
        hint=remark.sentence if remark else "",
        hint_address=remark.address if remark else "",
        choices=[AnswerChoiceSchema(symbol=hit.symbol, title=hit.title) for hit in decided.choices],
        did_you_mean=decided.did_you_mean,
    )


def _fields(found: Card, *, did_you_mean: str) -> AnswerSchema:
    return AnswerSchema(
        no_answer=False,
        did_you_mean=did_you_mean,
        key=found.key,
        title=found.title,
        summary=found.summary,
        fee=fees_in_short(found.fees),
        time=time_in_short(found.handling_time),
        documents=[document.name for document in found.documents],
        source=f"/karta/{found.key}/",
        legal_state_date=found.legal_state_date,
    )


def _open(office: Office, moment: datetime.datetime, districts: Sequence[str]) -> OpenSchema:
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
        districts=list(districts),
    )
