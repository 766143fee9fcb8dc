"""A place as a person types it, found in the TERYT register; a name that several places have becomes a choice.

Works with names with and without diacritics, with the word that says what it is ("powiat łańcucki", "gm. Brzeg"), with codes, and
with the full names that the choice itself shows ("Łańcut (gmina miejska), powiat łańcucki, województwo podkarpackie").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search import analysis
from search.places import PLACE
from service_catalog.teryt import TerytUnit, folded, teryt_register

MOST_OPTIONS = 12
SHORTEST_BEGINNING = 3
"""Letters from which places that begin so are offered."""
PARTS_OF_COMMUNES = ("miasto", "obszar wiejski")
"""Kinds of units inside an urban-rural commune; the commune itself is offered."""
_KIND = re.compile(r"^(wojewodztwo|woj\.?|powiat|pow\.?|gmina|gm\.?|miasto|m\.)\s+(?:st\.?\s*)?")
_DIGITS = {"wojewodztwo": 2, "woj": 2, "powiat": 4, "pow": 4, "gmina": 7, "gm": 7}
"""Length of the codes of what the word before a name says."""


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
    text = " ".join(text.split())
    if PLACE.fullmatch(text):
        found = [text] if teryt_register().is_valid(text) else []
    else:
        full = _by_full_name().get(folded(text))
        found = [full] if full else _named(text)
    if len(found) == 1:
        return ChosenPlace(code=found[0], name=full_name(found[0]))
    return ChosenPlace(options=tuple(PlaceOption(code, full_name(code)) for code in found[:MOST_OPTIONS]))


def full_name(code: str) -> str:
    """The name of a valid code that no other place has."""
    return _full_names()[code]


def _named(text: str) -> list[str]:
    """Codes of the places with the name; without one, of those that begin so."""
    plain = folded(text)
    said = _KIND.match(plain)
    name = plain[said.end() :] if said else plain
    digits = _DIGITS.get(said.group(1).rstrip(".")) if said else None
    return _beginning(name, digits) or [
        code for lemma in _lemmas(text) for code in _beginning(folded(lemma), digits, exactly=True)
    ]


def _lemmas(text: str) -> tuple[str, ...]:
    """The lemmas of a place of one word, as in "w Rzeszowie"."""
    words = [word for word in analysis.words(text) if not word.is_function_word]
    return words[0].lemmas if len(words) == 1 else ()


def _beginning(name: str, digits: int | None, *, exactly: bool = False) -> list[str]:
    """Codes of the places with the folded name; without one, and unless `exactly`, of those that begin so."""
    units = [
        unit
        for unit in teryt_register().search(name, limit=200)
        if folded(unit.name).startswith(name) and digits in {None, len(unit.code)}
    ]
    exact = _distinct(unit for unit in units if folded(unit.name) == name)
    if exact or exactly or len(name) < SHORTEST_BEGINNING:
        return exact
    return _distinct(units)


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
