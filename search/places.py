"""Offices as the search knows them, and which of them are competent for a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from search.documents import FacetName
from service_catalog.published.office import Office
from service_catalog.published.reach import Reach, lies_inside, reach

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
    short_name: str = ""
    districts: tuple[str, ...] = ()

    def reach(self, place: str) -> Reach:
        """How the office serves a TERYT code."""
        return reach(self.areas, self.districts, self.teryt, place)


@dataclass(frozen=True, kw_only=True)
class OfficeName:
    """An office by name. `districts` are those that it serves, when the place is a city of which it serves no more."""

    code: str
    name: str
    districts: tuple[str, ...] = ()


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
            office.short_name,
            office.districts,
        )
        for office in offices
    }


@dataclass(frozen=True, slots=True)
class Competent:
    """Codes of the offices competent for a place.

    `partly` are those that serve no more than parts of the place, with the districts when these are what they serve.
    """

    codes: tuple[str, ...] = ()
    partly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def decided(self, codes: Sequence[str]) -> str:
        """The one office of these that serves the whole place; empty when there are several, or it serves a part."""
        return codes[0] if len(codes) == 1 and codes[0] not in self.partly else ""


def competent_offices(offices: Iterable[KnownOffice], place: str) -> Competent:
    """Offices competent for a TERYT code, by office type those with the longest matching prefix.

    Several offices of one type stay several when their prefixes are equally long. For a voivodeship or poviat
    whose offices have finer areas, all offices with an area inside it are named.
    """
    by_type: dict[str, list[KnownOffice]] = {}
    for office in offices:
        by_type.setdefault(office.office_type, []).append(office)
    found: set[str] = set()
    partly: dict[str, tuple[str, ...]] = {}
    for members in by_type.values():
        reaches = {office.code: office.reach(place) for office in members}
        longest = max(each.length for each in reaches.values())
        if longest > 0:
            nearest = {code: each for code, each in reaches.items() if each.length == longest}
            partly.update({code: each.districts for code, each in nearest.items() if not each.whole})
        else:
            nearest = {office.code: reaches[office.code] for office in members if lies_inside(office.areas, place)}
            partly.update(dict.fromkeys(nearest, ()))
        found.update(nearest)
    return Competent(tuple(sorted(found)), partly)
