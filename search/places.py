"""Offices as the search knows them, and which of them are competent for a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from search.documents import FacetName
from service_catalog.published.office import Office

PLACE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{7}")
"""A TERYT code: voivodeship, poviat or commune."""


class Area(msgspec.Struct, frozen=True, array_like=True):
    """A TERYT prefix of an office's jurisdiction, or one taken out of it."""

    prefix: str
    include: bool
    name: str


class KnownOffice(msgspec.Struct, frozen=True):
    """What the search needs of an office record."""

    code: str
    name: str
    office_type: str
    town: str
    teryt: str
    areas: tuple[Area, ...]


class Directory(msgspec.Struct):
    """Names of facet values, and the offices; written beside the index by the indexer."""

    names: dict[FacetName, dict[str, str]] = {}
    offices: dict[str, KnownOffice] = {}

    def learn(self, names: dict[FacetName, dict[str, str]]) -> bool:
        """Add names met in a document; return whether any was new."""
        new = False
        for facet, found in names.items():
            known = self.names.setdefault(facet, {})
            new = new or not found.items() <= known.items()
            known.update(found)
        return new

    def name(self, facet: FacetName, value: str) -> str:
        """The Polish name of a facet value; the value itself when there is no other."""
        if facet == "office":
            return self.offices[value].name if value in self.offices else value
        return self.names.get(facet, {}).get(value, value)


def known_offices(offices: Iterable[Office]) -> dict[str, KnownOffice]:
    """Office records reduced to what the search needs, by code."""
    return {
        office.code: KnownOffice(
            office.code,
            office.name,
            office.office_type.code,
            office.town,
            office.teryt,
            tuple(Area(area.prefix, area.include, area.name) for area in office.jurisdiction),
        )
        for office in offices
    }


def competent_offices(offices: Iterable[KnownOffice], place: str) -> tuple[str, ...]:
    """Codes of the offices competent for a TERYT code, by office type those with the longest matching prefix.

    Several offices of one type stay several when their prefixes are equally long. For a voivodeship or poviat
    whose offices have finer areas, all offices with an area inside it are named.
    """
    by_type: dict[str, list[KnownOffice]] = {}
    for office in offices:
        by_type.setdefault(office.office_type, []).append(office)
    found: set[str] = set()
    for members in by_type.values():
        reach = {office.code: _reach(office, place) for office in members}
        longest = max(reach.values())
        if longest > 0:
            found.update(code for code, length in reach.items() if length == longest)
        else:
            found.update(office.code for office in members if _inside(office, place))
    return tuple(sorted(found))


def _reach(office: KnownOffice, place: str) -> int:
    """Length of the longest prefix that gives the place to the office; 0 when a longer one takes it away."""
    included = max(
        (len(area.prefix) for area in office.areas if area.include and place.startswith(area.prefix)), default=0
    )
    excluded = max(
        (len(area.prefix) for area in office.areas if not area.include and place.startswith(area.prefix)), default=0
    )
    return included if included > excluded else 0


def _inside(office: KnownOffice, place: str) -> bool:
    """Whether an area of the office lies within the place."""
    return any(area.include and area.prefix.startswith(place) and area.prefix != place for area in office.areas)
