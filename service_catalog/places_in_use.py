"""Units and service points of an office that cards point to, so that none disappears while clients are still sent there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from cms.editorial.obstacles import Obstacle
from cms.editorial.states import State
from service_catalog.models import LocalCard, OfficeCard, OfficePage, OrganisationalUnit, ServicePoint

MOST_NAMED = 5
"""Cards named in one sentence."""


@dataclass(frozen=True)
class Kind:
    """Units or service points: how a card points to one, how the office lists them, and the words for them."""

    name: str
    card_field: str
    office_relation: str
    place: str
    pointed_at: str
    other: str


UNIT = Kind("komorka", "responsible_unit", "units", "Komórka", "na nią", "inną komórkę")
POINT = Kind("punkt", "service_point", "service_points", "Punkt obsługi", "na niego", "inny punkt obsługi")
KINDS = {kind.name: kind for kind in (UNIT, POINT)}


@dataclass(frozen=True)
class Place:
    """A unit or service point with the cards (key and title) that point to it. `leaves`: the version of the office drops it."""

    kind: Kind
    key: int
    label: str
    cards: tuple[tuple[int, str], ...]
    leaves: bool

    @property
    def obstacle(self) -> Obstacle:
        """Why the office cannot drop it yet, and what to do."""
        named = ", ".join(f"„{title}”" for _, title in self.cards[:MOST_NAMED])
        rest = len(self.cards) - MOST_NAMED
        more = f" i jeszcze {rest}" if rest > 0 else ""
        return Obstacle(
            self.kind.office_relation,
            f"{self.kind.place} „{self.label}” ma zniknąć, a {self.kind.pointed_at} wskazują karty: {named}{more} "
            f"(razem {len(self.cards)}). Wybierz dla nich {self.kind.other} na stronie „Przenieś karty” tego urzędu.",
        )


def places_in_use(office: OfficePage) -> list[Place]:
    """Places of a version of an office to which a card points that is not put away, those that leave first. Four queries."""
    if not office.pk:
        return []
    cards = _cards(office)
    found = [place for kind in KINDS.values() for place in _places(office, kind, cards)]
    return sorted(found, key=lambda place: not place.leaves)


def leaving_places(office: OfficePage) -> list[Place]:
    """Places in use that the version of the office closes or no longer has."""
    return [place for place in places_in_use(office) if place.leaves]


def kept_places(office: OfficePage, kind: Kind) -> list[OrganisationalUnit | ServicePoint]:
    """What cards may be moved to: places that readers know already and that the version keeps open."""
    known = set(_stored(office, kind).values_list("pk", flat=True))
    return [row for row in _open(office, kind) if row.pk in known]


def _open(office: OfficePage, kind: Kind) -> list[OrganisationalUnit | ServicePoint]:
    return [row for row in getattr(office, kind.office_relation).all() if not getattr(row, "closed", False)]


def _stored(office: OfficePage, kind: Kind) -> models.QuerySet[Any]:
    model: Any = OrganisationalUnit if kind is UNIT else ServicePoint
    found: models.QuerySet[Any] = model._default_manager.filter(office_id=office.pk)
    return found


Row = tuple[int, str, int | None, int | None]


def _cards(office: OfficePage) -> list[Row]:
    """Key, title, unit and service point of every card of the office that is not put away."""
    found: list[Row] = []
    for card in (OfficeCard, LocalCard):
        below = card._default_manager.child_of(office).exclude(standing__state=State.ARCHIVED)
        found += below.values_list("pk", "title", "responsible_unit", "service_point")
    return sorted(found, key=lambda row: (row[1], row[0]))


def _places(office: OfficePage, kind: Kind, cards: Iterable[Row]) -> list[Place]:
    column = 2 if kind is UNIT else 3
    pointing: dict[int, list[tuple[int, str]]] = {}
    for card in cards:
        if (place := card[column]) is not None:
            pointing.setdefault(int(place), []).append((card[0], card[1]))
    if not pointing:
        return []
    kept = {row.pk for row in _open(office, kind)}
    names = {row.pk: row.name for row in _stored(office, kind)}
    return [
        Place(kind, key, names.get(key, ""), tuple(here), key not in kept) for key, here in sorted(pointing.items())
    ]
