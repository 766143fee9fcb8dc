"""A place as a person types it, found in the TERYT register; a name that several places have becomes a choice.

Works with names in any form (`search.place_names`), with codes, and with the full names that the choice itself shows
("Łańcut (gmina miejska), powiat łańcucki, województwo podkarpackie").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.place_names import NamedUnits, units_named
from search.places import PLACE
from service_catalog.teryt import TerytUnit, folded, teryt_register

MOST_OPTIONS = 12
PARTS_OF_COMMUNES = ("miasto", "obszar wiejski")
"""Kinds of units inside an urban-rural commune; the commune itself is offered."""


@dataclass(frozen=True)
class PlaceOption:
    """A place to choose: its TERYT code and its full name."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ChosenPlace:
    """What was typed: one place, or several to choose from, or nothing known."""

    code: str = ""
    name: str = ""
    options: tuple[PlaceOption, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is one place."""
        return bool(self.code)


def chosen_place(text: str) -> ChosenPlace:
    """The place of a text; several of the name, or of that beginning, are options."""
    meant = units_meant(text)
    # A part of a commune is never offered, but it may be asked for by its code.
    found = [unit.code for unit in meant.exactly] if len(meant.exactly) == 1 else _distinct(meant.exactly)
    found = found or _distinct(meant.beginning)
    if len(found) == 1:
        return ChosenPlace(code=found[0], name=full_name(found[0]))
    return ChosenPlace(options=tuple(PlaceOption(code, full_name(code)) for code in found[:MOST_OPTIONS]))


def full_name(code: str) -> str:
    """The name of a valid code that no other place has."""
    return _full_names()[code]


def units_meant(text: str) -> NamedUnits:
    """All units that a text may mean: of a code or a full name that one, else those that the text names."""
    text = " ".join(text.split())
    register = teryt_register()
    code = text if PLACE.fullmatch(text) else _by_full_name().get(folded(text), "")
    if code:
        return NamedUnits((register.lookup(code),)) if register.is_valid(code) else NamedUnits()
    return units_named(text)


def _distinct(units: Iterable[TerytUnit]) -> list[str]:
    """Codes without parts of communes, and without a city as powiat beside the same city as commune."""
    codes = {unit.code: folded(unit.name) for unit in units if unit.kind not in PARTS_OF_COMMUNES}
    return [
        code
        for code, name in codes.items()
        if not any(other != code and other.startswith(code) and named == name for other, named in codes.items())
    ]


@lru_cache(maxsize=1)
def _full_names() -> dict[str, str]:
    """The full name of every unit; the kind is added where another commune or powiat has the same one."""
    register = teryt_register()
    paths = {unit.code: register.name_path(unit.code) for unit in register.units()}
    times = Counter(paths[unit.code] for unit in register.units() if not _is_part(unit))
    return {
        unit.code: paths[unit.code].replace(unit.name, f"{unit.name} ({unit.kind})", 1)
        if times[paths[unit.code]] > 1 or unit.kind in PARTS_OF_COMMUNES
        else paths[unit.code]
        for unit in register.units()
    }


@lru_cache(maxsize=1)
def _by_full_name() -> dict[str, str]:
    """Codes by full name; of a city that is both powiat and commune the commune, which has the longer code."""
    return {folded(name): code for code, name in sorted(_full_names().items(), key=lambda item: len(item[0]))}


def _is_part(unit: TerytUnit) -> bool:
    """Whether the unit is a part of a commune, or a city as a powiat beside the same city as a commune."""
    return unit.kind in PARTS_OF_COMMUNES or "na prawach powiatu" in unit.kind
