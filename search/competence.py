"""Which office settles a service for a place: by the area of the offices that have a card of the service.

What cannot be decided is said, never guessed: without a card of the service for that area, the matter is outside the
catalogue; with several equally near offices, all are named; in a city divided between offices the district decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from publication.reading import NotInForce
from search.places import Competent, competent_offices, known_offices
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.reading import card, offices, offices_offering

Verdict = Literal["competent", "several", "depends_on_district", "any", "outside_catalogue"]
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
    """The verdict on a service and a place, the rule that led to it, and the offices.

    `districts` are those that an office serves, by its code, where the place is a city of which it serves no more.
    """

    card: Card
    verdict: Verdict
    rule: str
    offices: tuple[Office, ...] = ()
    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What to ask the client when the district decides; empty otherwise."""
        if self.verdict != "depends_on_district":
            return ""
        served = "; ".join(f"{office.name}: {', '.join(self.districts[office.code])}" for office in self.offices)
        return f"W tym mieście urząd zależy od dzielnicy. Zapytaj klienta o dzielnicę. {served}."


def competence(symbol: str, place: str, *, on: datetime.date) -> Competence:
    """Offices competent for a service and a TERYT code. Raises `NotInForce` when there is no such service."""
    _, general = _general_card(symbol, on=on)
    rule = WHOSE_PLACE.get(general.jurisdiction.basis, general.jurisdiction.text)
    offering = {reference.code for reference in offices_offering(symbol, on=on)}
    records = {office.code: office for office in offices(on=on) if office.code in offering}
    found = competent_offices(known_offices(records.values()).values(), place)
    near = tuple(records[code] for code in found.codes)
    if general.jurisdiction.basis == ANY_OFFICE and records:
        others = tuple(office for office in records.values() if office not in near)
        return Competence(card=general, verdict="any", rule=rule, offices=near + others)
    districts = {code: names for code, names in found.partly.items() if names}
    return Competence(card=general, verdict=_verdict(found, districts), rule=rule, offices=near, districts=districts)


def _verdict(found: Competent, districts: Mapping[str, tuple[str, ...]]) -> Verdict:
    """Competent is one office that serves the whole place; a voivodeship is more than the area of one of its offices."""
    if not found.codes:
        return "outside_catalogue"
    if found.decided(found.codes):
        return "competent"
    return "depends_on_district" if len(districts) == len(found.codes) else "several"


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
