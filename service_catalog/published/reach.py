"""Whether an office serves a place: by the areas of its jurisdiction, and in a divided city by its districts.

The one rule for everything that is published: the search, the help desk and the card of a place in the API.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from service_catalog.teryt import TerytUnit, folded, teryt_register

VOIVODESHIP, POWIAT, COMMUNE = 2, 4, 7
"""Digits of the codes."""
WHOLE_OF_PART = {"4": "3", "5": "3"}
"""Last digits of a town and of the country in an urban-rural commune, and that of the commune."""
_KINDS_OF_DISTRICTS = ("dzielnica", "delegatura")
_SAID_KIND = re.compile(r"^(?:dzielnica|delegatura|osiedle)\s+")


class JurisdictionPrefix(Protocol):
    """A TERYT code of an area that belongs to an office, or is taken out of it."""

    @property
    def prefix(self) -> str:
        """2, 4 or 7 digits."""

    @property
    def include(self) -> bool:
        """Whether the area belongs to the office."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How an office serves a place: `length` is the number of digits of the nearest area that holds it, 0 when none does.

    `districts` are those that the office serves, when the place is a city of which it serves no more than these.
    """

    length: int
    districts: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the office serves all of the place."""
        return self.length > 0 and not self.districts


NOWHERE = Reach(0)


def reach(areas: Sequence[JurisdictionPrefix], districts: Sequence[str], seat: str, place: str) -> Reach:
    """How an office with these areas and districts, and its seat at a TERYT code, serves a place."""
    holders = holding(place)
    included = [area.prefix for area in areas if area.include and area.prefix in holders]
    excluded = max((len(area.prefix) for area in areas if not area.include and area.prefix in holders), default=0)
    nearest = max(included, key=len, default="")
    if len(nearest) <= excluded:
        return NOWHERE
    if not districts or _is_district(nearest) or not _is_divided(areas, seat, place):
        return Reach(len(nearest))
    if not _is_district(place):
        return Reach(len(nearest), tuple(districts))
    return Reach(len(nearest)) if serves_district(districts, place) else NOWHERE


def lies_inside(areas: Sequence[JurisdictionPrefix], place: str) -> bool:
    """Whether an area of an office is a part of the place."""
    holders = holding(place)
    return any(area.include and area.prefix not in holders and place in holding(area.prefix) for area in areas)


@lru_cache(maxsize=1_000)
def holding(place: str) -> frozenset[str]:
    """The codes of the units that hold a place, itself among them.

    A city that is a powiat holds its districts as a commune as well; a commune holds its town and its country.
    """
    codes = {place[:VOIVODESHIP], place[:POWIAT], place}
    if len(place) == COMMUNE and place[-1] in WHOLE_OF_PART:
        codes.add(place[:-1] + WHOLE_OF_PART[place[-1]])
    codes.update(_commune_of_city(place))
    return frozenset(codes)


def district_name(name: str, city: str) -> str:
    """The name of a district to compare: "Łódź-Bałuty", "Bałuty" and "dzielnica Baluty" as "baluty"."""
    plain = _SAID_KIND.sub("", " ".join(re.split(r"[\s–-]+", folded(name.strip()))))
    beginning = f"{folded(city)} "
    return plain.removeprefix(beginning) if city else plain


def serves_district(districts: Collection[str], place: str) -> bool:
    """Whether a district or delegation of the TERYT register is among the districts."""
    register = teryt_register()
    city = register.lookup(place[:POWIAT]).name
    wanted = district_name(register.lookup(place).name, city)
    return any(district_name(each, city) == wanted for each in districts)


def _unit(code: str) -> TerytUnit | None:
    register = teryt_register()
    return register.lookup(code) if register.is_valid(code) else None


def _is_district(place: str) -> bool:
    unit = _unit(place)
    return unit is not None and unit.kind in _KINDS_OF_DISTRICTS


def _is_city(powiat: str) -> bool:
    """Whether the powiat is a city."""
    unit = _unit(powiat)
    return unit is not None and "na prawach powiatu" in unit.kind


def _commune_of_city(place: str) -> Iterator[str]:
    """The code of the city as a commune, for a city and its districts."""
    powiat = place[:POWIAT]
    if len(place) >= POWIAT and _unit(place) is not None and _is_city(powiat):
        yield f"{powiat}011"


def _is_divided(areas: Sequence[JurisdictionPrefix], seat: str, place: str) -> bool:
    """Whether the city whose districts an office names holds the place or lies in it.

    That is the city of its seat; of an office with its seat elsewhere, any city among its areas.
    """
    city = seat[:POWIAT] if _is_city(seat[:POWIAT]) else seat
    if reach(areas, (), "", city).length or lies_inside(areas, city):
        return city in holding(place) or place in holding(city)
    return len(place) == VOIVODESHIP or _is_city(place[:POWIAT])
