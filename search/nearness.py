"""What a query says about places and offices, put in order: the offices it names, and local cards of the town it names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from search.named_offices import NamedOffices
from search.place_choice import full_name
from search.place_names import units_named_exactly
from search.places import Competent, Directory, OfficeName
from search.ranking import RERANKED, Ranked
from service_catalog.published.card import CardKind

COMMUNE_WITHOUT_KIND, POVIAT = 6, 4
"""Digits of the codes; the seventh tells a commune from its town and its country."""


class _KindAndOffice(msgspec.Struct, frozen=True):
    """What is read of a teaser here."""

    kind: CardKind
    office: str = ""


_decoder = msgspec.msgpack.Decoder(_KindAndOffice)


@dataclass(frozen=True, kw_only=True)
class OfficeList:
    """Offices that a query names, in the order to show them, and the names of their types.

    `unserved` is the full name of a place for which none of them is competent.
    """

    types: tuple[str, ...] = ()
    offices: tuple[OfficeName, ...] = ()
    unserved: str = ""


def place_of(named: NamedOffices) -> str:
    """The TERYT code of the place that a query names; empty when it names none, or one of several of the name.

    Of a town and another commune around it, which share their name, it is the poviat that holds both.
    """
    return (_looked_up(named.place) if named.place else "") or named.town


@lru_cache(maxsize=500)
def _looked_up(text: str) -> str:
    codes = [unit.code for unit in units_named_exactly(text)]
    for digits in (COMMUNE_WITHOUT_KIND, POVIAT):
        if len({code[:digits] for code in codes}) == 1:
            return codes[0] if digits == COMMUNE_WITHOUT_KIND else codes[0][:POVIAT]
    return ""


def office_list(
    named: NamedOffices, *, chosen: str, directory: Directory, competent: Callable[[str], Competent]
) -> OfficeList:
    """The offices that a query names: first those of its town, then those competent for its place.

    With a `chosen` place others are left out, unless the query names them by their own town.
    """
    if not (named.types or named.first):
        return OfficeList()
    place = chosen or place_of(named)
    found = competent(place) if place else Competent()
    others = sorted(set(named.others).difference(named.first), key=lambda code: directory.offices[code].name)
    serving = [code for code in (*named.first, *others) if code in found.codes]
    # A district says more than the town that the offices have in their names.
    first = [*serving, *named.first] if place != named.town else [*named.first, *serving]
    codes = dict.fromkeys(first if chosen else [*first, *others])
    types = (directory.names.get("office_type", {}).get(code, "") for code in named.types)
    return OfficeList(
        types=tuple(name for name in types if name),
        offices=tuple(
            OfficeName(code=code, name=directory.offices[code].name, districts=found.partly.get(code, ()))
            for code in codes
        ),
        unserved=full_name(place) if place and not serving else "",
    )


def towards(offices: Collection[str], ranked: Sequence[Ranked]) -> list[Ranked]:
    """Results with the local cards of the offices before those of other offices; all other results keep their places."""
    owners = [_local_office(item) for item in ranked[:RERANKED]]
    places = [place for place, owner in enumerate(owners) if owner]
    ordered = sorted(places, key=lambda place: owners[place] not in offices)
    moved = list(ranked)
    for place, origin in zip(places, ordered, strict=True):
        moved[place] = ranked[origin]
    return moved


def _local_office(item: Ranked) -> str:
    """The office of a local card; empty for other cards."""
    teaser = _decoder.decode(item.candidate.stored.teaser)
    return teaser.office if teaser.kind == "local" else ""
