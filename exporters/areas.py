"""For which area a card of an office holds: the jurisdiction of its office, which stands in the record and not in the card.

`served` is pure; `area_of` and `areas_of_offices` read the records in force on a day.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from publication.models import Edition, EditionKind
from publication.reading import editions, latest
from service_catalog.published.card import Card
from service_catalog.published.keys import office_key
from service_catalog.published.office import JurisdictionArea

Areas = tuple[JurisdictionArea, ...]
AreasOf = Callable[[Card], Areas]
NOWHERE: Areas = ()
"""Of a general card, and of an office whose area is not known."""


@dataclass(frozen=True, kw_only=True)
class ServedArea:
    """An area of an office: its TERYT, its name for people, and what inside it belongs to another office."""

    teryt: str
    name: str
    without: str = ""


def served(areas: Areas) -> tuple[ServedArea, ...]:
    """The areas that belong to an office, in the order of its record."""
    taken_out = [area for area in areas if not area.include]
    return tuple(
        ServedArea(
            teryt=area.prefix,
            name=area.name or f"TERYT {area.prefix}",
            without="; ".join(
                other.name or f"TERYT {other.prefix}" for other in taken_out if other.prefix.startswith(area.prefix)
            ),
        )
        for area in areas
        if area.include
    )


class _Territory(msgspec.Struct, frozen=True):
    """The part of an office record that says where it is competent; decoding it skips the rest."""

    code: str
    jurisdiction: Areas = ()


_territory = msgspec.json.Decoder(_Territory)


def area_of(code: str, *, on: datetime.date) -> tuple[Edition | None, Areas]:
    """The record of an office and its area; None when no record is in force. One query."""
    edition = latest(office_key(code), on=on)
    if edition is None or not edition.covers(on):
        return None, NOWHERE
    return edition, _territory.decode(bytes(edition.payload)).jurisdiction


def areas_of_offices(*, on: datetime.date) -> AreasOf:
    """A function from a card to the area of its office. One query, at the first card of an office."""
    known: dict[str, Areas] | None = None

    def area(card: Card) -> Areas:
        nonlocal known
        if card.office is None:
            return NOWHERE
        if known is None:
            found = editions().of_kind(EditionKind.OFFICE).readable(on=on).values_list("payload", flat=True)
            records = (_territory.decode(bytes(payload)) for payload in found.iterator(chunk_size=50))
            known = {record.code: record.jurisdiction for record in records}
        return known.get(card.office.code, NOWHERE)

    return area
