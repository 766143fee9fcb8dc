"""Routes of the catalogue API, mounted under `/api/v1/`. Everything is read from editions, nothing restricted."""

from __future__ import annotations

import datetime
from http import HTTPStatus
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from exporters.catalogue_api import examples, listing, schemas
from exporters.catalogue_api.by_place import NoSingleOffice, office_for
from exporters.catalogue_api.changes import BeyondTheEnd, changes_after
from exporters.catalogue_api.known_values import unknown_value
from exporters.catalogue_api.parameters import (
    CardKindChoice,
    ChangesLimit,
    Code,
    Cursor,
    Fields,
    Limit,
    On,
    Place,
    Since,
    filter_by,
    only,
)
from exporters.catalogue_api.path_codes import PathCode
from exporters.catalogue_api.problems import not_in_force, problem
from exporters.catalogue_api.stored import MEDIA_TYPE, stored_edition
from life_events.published.life_event import LifeEvent
from life_events.published.reading import decode_life_event
from publication.calendar import today
from publication.models import EditionKind
from publication.reading import NotInForce, editions, in_force
from service_catalog.published import keys
from service_catalog.published.card import Card, Origin
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_card, decode_office
from service_catalog.published.register import TopicTree

router = Router(tags=["Katalog"])

REFUSED = schemas.refusals(schemas.REFUSALS)


@router.get("cards", response=schemas.Cards, summary="Lista kart", operation_id="cards", openapi_extra=REFUSED)
@only("office", "office_type", "topic", "life_event", "kind", "on", "limit", "cursor")
def cards(
    request: HttpRequest,
    *,
    on: On = None,
    office: Annotated[Code, filter_by("Kod urzędu.", "uw-rzeszow")] = "",
    office_type: Annotated[Code, filter_by("Kod typu urzędu.", "UW")] = "",
    topic: Annotated[Code, filter_by("Skrót działu z adresu.", "cudzoziemcy")] = "",
    life_event: Annotated[Code, filter_by("Kod zdarzenia życiowego.", "LE-12")] = "",
    kind: CardKindChoice = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> schemas.Cards | HttpResponse:
    """Karty obowiązujące w danym dniu, w kolejności kluczy."""
    found = listing.cards_matching(
        on=_day(on), office=office, office_type=office_type, topic=topic, life_event=life_event, kind=kind
    )
    rows, following = listing.one_page(found, after=cursor, limit=limit)
    given = {"office": office, "office_type": office_type, "topic": topic, "life_event": life_event}
    # Only an empty list can be a mistake: a full one costs no more queries.
    refusal = None if rows else unknown_value(given, on=_day(on))
    if refusal:
        return refusal
    return schemas.Cards(items=[listing.card_entry(edition) for edition in rows], next=following)


@router.get(
    "cards/{symbol}",
    summary="Ogólny opis sprawy, albo karta dla miejsca",
    operation_id="card",
    openapi_extra=schemas.stored_answer(Card, "Karta dokładnie tak, jak ją zapisano.", examples.CARD, selectable=True),
)
@only("on", "fields", "place")
def card(request: HttpRequest, symbol: PathCode, on: On = None, fields: Fields = (), place: Place = "") -> HttpResponse:
    """Karta o podanym symbolu: zapisane bajty, ETag to ich SHA-256. Z `place` karta urzędu właściwego dla tego miejsca."""
    if not place:
        return stored_edition(request, symbol, kind=EditionKind.CARD, on=_day(on), fields=fields)
    try:
        code = office_for(symbol, place, on=_day(on))
    except NoSingleOffice as refusal:
        status = HTTPStatus.CONFLICT if refusal.offices else HTTPStatus.NOT_FOUND
        return problem(status, "Nie ma jednego właściwego urzędu", str(refusal))
    key = keys.office_card_key(symbol, code)
    response = stored_edition(request, key, kind=EditionKind.CARD, on=_day(on), fields=fields, dated=False)
    response["Content-Location"] = f"/api/v1/cards/{key}"
    return response


@router.get(
    "cards/{symbol}/{office}",
    summary="Karta jednego urzędu",
    operation_id="office_card",
    openapi_extra=schemas.stored_answer(
        Card, "Karta urzędu dokładnie tak, jak ją zapisano.", examples.CARD, selectable=True
    ),
)
@only("on", "fields")
def office_card(
    request: HttpRequest, symbol: PathCode, office: PathCode, on: On = None, fields: Fields = ()
) -> HttpResponse:
    """Karta sprawy w jednym urzędzie albo karta miejscowa: zapisane bajty, ETag to ich SHA-256."""
    key = keys.office_card_key(symbol, office)
    return stored_edition(request, key, kind=EditionKind.CARD, on=_day(on), fields=fields)


@router.get(
    "cards/{symbol}/{office}/origins",
    response=schemas.Origins,
    summary="Skąd są pola karty urzędu",
    operation_id="office_card_origins",
    openapi_extra=schemas.refusals(schemas.REFUSALS | schemas.ABSENCES),
)
@only("on")
def office_card_origins(
    request: HttpRequest, symbol: PathCode, office: PathCode, on: On = None
) -> schemas.Origins | HttpResponse:
    """Dla każdego pola: opis wzorcowy, tekst urzędu albo kartoteka urzędu."""
    try:
        edition = in_force(keys.office_card_key(symbol, office), on=_day(on))
    except NotInForce as refusal:
        return not_in_force(refusal)
    found = decode_card(edition)
    own: Origin = "office" if found.kind == "local" else "model"
    origins = {field: found.origins.get(field, own) for field in Card.__struct_fields__ if field != "origins"}
    return schemas.Origins(key=edition.key, sha256=edition.sha256, origins=origins)


@router.get("offices", response=schemas.Offices, summary="Lista urzędów", operation_id="offices", openapi_extra=REFUSED)
@only("office_type", "voivodeship", "on", "limit", "cursor")
def offices(
    request: HttpRequest,
    *,
    on: On = None,
    office_type: Annotated[Code, filter_by("Kod typu urzędu.", "UW")] = "",
    voivodeship: Annotated[Code, filter_by("Województwo (TERYT).", "18")] = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> schemas.Offices | HttpResponse:
    """Urzędy w kolejności kodów."""
    found = editions().of_kind(EditionKind.OFFICE).readable(on=_day(on))
    for label, value in (("office_type", office_type), ("voivodeship", voivodeship)):
        found = found.labelled(label, value) if value else found
    rows, following = listing.one_page(found, after=cursor and keys.office_key(cursor), limit=limit)
    given = {"office_type": office_type, "voivodeship": voivodeship}
    refusal = None if rows else unknown_value(given, on=_day(on))
    if refusal:
        return refusal
    items = [listing.office_entry(decode_office(edition)) for edition in rows]
    return schemas.Offices(items=items, next=items[-1].code if following else None)


@router.get(
    "offices/{code}",
    summary="Urząd",
    operation_id="office",
    openapi_extra=schemas.stored_answer(
        Office, "Urząd dokładnie tak, jak go zapisano.", examples.OFFICE, selectable=True
    ),
)
@only("on", "fields")
def office(request: HttpRequest, code: PathCode, on: On = None, fields: Fields = ()) -> HttpResponse:
    """Adres, godziny, konta, komórki i punkty obsługi urzędu."""
    return stored_edition(request, keys.office_key(code), kind=EditionKind.OFFICE, on=_day(on), fields=fields)


@router.get(
    "life-events",
    response=schemas.LifeEvents,
    summary="Lista zdarzeń",
    operation_id="life_events",
    openapi_extra=REFUSED,
)
@only("on", "limit", "cursor")
def life_events(request: HttpRequest, on: On = None, limit: Limit = 20, cursor: Cursor = "") -> schemas.LifeEvents:
    """Zdarzenia życiowe w kolejności kodów."""
    found = editions().of_kind(EditionKind.LIFE_EVENT).readable(on=_day(on))
    rows, following = listing.one_page(found, after=cursor and keys.life_event_key(cursor), limit=limit)
    items = [listing.life_event_entry(decode_life_event(edition)) for edition in rows]
    return schemas.LifeEvents(items=items, next=items[-1].code if following else None)


@router.get(
    "life-events/{code}",
    summary="Zdarzenie życiowe",
    operation_id="life_event",
    openapi_extra=schemas.stored_answer(
        LifeEvent, "Zdarzenie dokładnie tak, jak je zapisano.", examples.LIFE_EVENT, selectable=True
    ),
)
@only("on", "fields")
def life_event(request: HttpRequest, code: PathCode, on: On = None, fields: Fields = ()) -> HttpResponse:
    """Etapy i kroki zdarzenia życiowego."""
    return stored_edition(request, keys.life_event_key(code), kind=EditionKind.LIFE_EVENT, on=_day(on), fields=fields)


@router.get(
    "topics",
    summary="Działy, kategorie i grupy usług",
    operation_id="topics",
    openapi_extra=schemas.stored_answer(TopicTree, "Drzewo dokładnie tak, jak je zapisano.", examples.TOPICS),
)
@only("on")
def topics(request: HttpRequest, on: On = None) -> HttpResponse:
    """Całe drzewo działów."""
    return stored_edition(request, keys.TOPIC_TREE_KEY, kind=EditionKind.REGISTER, on=_day(on))


@router.get(
    "changes",
    response=schemas.Changes,
    summary="Zmiany",
    operation_id="changes",
    openapi_extra=schemas.refusals(schemas.REFUSALS | {404: "Numer jest poza dziennikiem."}),
)
@only("since", "limit")
def changes(request: HttpRequest, since: Since = 0, limit: ChangesLimit = 20) -> HttpResponse:
    """Wydania zapisane po `since`, po kolei i bez przerw, razem z wycofaniami. Treść pobierzesz osobno po kluczu."""
    try:
        page = changes_after(since, limit=limit)
    except BeyondTheEnd as refusal:
        return problem(HTTPStatus.NOT_FOUND, "Poza dziennikiem", str(refusal))
    return HttpResponse(msgspec.json.encode(page), content_type=MEDIA_TYPE)


def _day(on: datetime.date | None) -> datetime.date:
    return on or today()
