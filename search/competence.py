"""Which office settles a service for a place: by the area of the offices that have a card of the service.

What cannot be decided is said, never guessed: without a card of the service for that area, the matter is outside the
catalogue; with several equally near offices, all are named.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from publication.reading import NotInForce
from search.places import competent_offices, known_offices
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.reading import card, offices, offices_offering

Verdict = Literal["competent", "several", "any", "outside_catalogue"]
ANY_OFFICE = "any"
"""The basis of jurisdiction with which every office that offers the service is competent."""

WHOSE_PLACE = {
    "client_residence": "miejsce zamieszkania klienta",
    "client_stay": "miejsce pobytu klienta",
    "client_residence_or_property": "miejsce zamieszkania klienta albo położenie nieruchomości",
    "client_residence_or_seat": "miejsce zamieszkania klienta albo siedziba firmy",
    "business_place": "miejsce prowadzenia firmy",
    "activity_place": "miejsce wykonywania czynności",
    "property_location": "położenie nieruchomości",
    "school_seat": "siedziba szkoły",
    "document_origin": "miejsce wystawienia dokumentu",
    "event_place": "miejsce zdarzenia",
    ANY_OFFICE: "dowolny urząd",
}
"""Which place decides, by the basis of jurisdiction of the card."""


@dataclass(frozen=True, kw_only=True)
class Competence:
    """The verdict on a service and a place, the rule that led to it, and the offices."""

    card: Card
    verdict: Verdict
    rule: str
    offices: tuple[Office, ...] = ()


def competence(symbol: str, place: str, *, on: datetime.date) -> Competence:
    """Offices competent for a service and a TERYT code. Raises `NotInForce` when there is no such service."""
    _, general = _general_card(symbol, on=on)
    rule = WHOSE_PLACE.get(general.jurisdiction.basis, general.jurisdiction.text)
    offering = {reference.code for reference in offices_offering(symbol, on=on)}
    records = {office.code: office for office in offices(on=on) if office.code in offering}
    of_area = competent_offices(known_offices(records.values()).values(), place)
    near = [records[code] for code in of_area]
    if general.jurisdiction.basis == ANY_OFFICE and records:
        others = [office for office in records.values() if office not in near]
        return Competence(card=general, verdict="any", rule=rule, offices=(*near, *others))
    if not near:
        return Competence(card=general, verdict="outside_catalogue", rule=rule)
    decided = len(near) == 1 and _reaches(near[0], place)
    return Competence(card=general, verdict="competent" if decided else "several", rule=rule, offices=tuple(near))


def _reaches(office: Office, place: str) -> bool:
    """Whether the area of the office holds the whole place; a voivodeship is more than the area of one of its offices."""
    return any(area.include and place.startswith(area.prefix) for area in office.jurisdiction)


def _general_card(symbol: str, *, on: datetime.date) -> tuple[object, Card]:
    """The general card; of a local service the card of its one office."""
    try:
        return card(symbol, on=on)
    except NotInForce:
        for reference in offices_offering(symbol, on=on):
            edition, found = card(f"{symbol}/{reference.code}", on=on)
            if found.kind == "local":
                return edition, found
        raise
