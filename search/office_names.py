"""The words of the names of offices: of their types, towns and districts, and those that only one office has.

Kept with all their forms, with and without diacritics. A catalogue has some hundred offices whose names have some hundred
different words, so this is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import analysis
from search.analysis import folded
from search.place_names import folded_forms, forms_of
from search.places import KnownOffice

ENDINGS_LEFT_OUT = ("ski", "cki", "ska", "cka", "skie", "ckie")
"""Of the second word of a town's name, which people leave out: "Gorzów" for "Gorzów Wielkopolski"."""


@dataclass(frozen=True, slots=True)
class OfficeType:
    """A type of offices: all words for it, and those of its name without what stands in brackets."""

    words: frozenset[str]
    name: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """A town or a district with offices: its words, those needed to name it, and the TERYT code of the seat of its offices.

    `text` is the name with the town, for the register of places; of a town it is empty.
    """

    name: str
    words: frozenset[str]
    needed: frozenset[str]
    town: str
    offices: frozenset[str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """The offices of a catalogue, ready to be recognised. Words are named as the names have them, folded.

    `type_names` are the names of their types by code. `forms` say which words a form may belong to, `own` words an office has
    besides those of its type and town ("pomorski").
    """

    offices: Mapping[str, KnownOffice]
    type_names: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    types: Mapping[str, OfficeType]
    places: Sequence[OfficePlace]
    own: Mapping[str, frozenset[str]]


NO_OFFICES = OfficeNames({}, {}, {}, {}, (), {})


def office_names(
    offices: Mapping[str, KnownOffice], types: Mapping[str, str], *, before: OfficeNames = NO_OFFICES
) -> OfficeNames:
    """The names of offices; those known `before` when no office has changed. `types` are the names of their types by code."""
    if (before.offices, before.type_names) == (offices, types):
        return before
    places = tuple(_places(offices.values()))
    tokens = {
        token for each in offices.values() for text in (each.town, *each.districts) for token in analysis.tokens(text)
    }
    of_places = {form for token in tokens for form in folded_forms(token)}
    kinds: dict[str, OfficeType] = {}
    own: dict[str, frozenset[str]] = {}
    for code, office in offices.items():
        name = types.get(office.office_type, "")
        kind = kinds.get(office.office_type) or OfficeType(_words(name), _words(_without_brackets(name)))
        own[code] = _words(office.name) - kind.words - of_places
        kinds[office.office_type] = OfficeType(
            kind.words | (_words(office.short_name) - own[code] - of_places), kind.name
        )
    every = {word for place in places for word in place.words}
    every.update(*(kind.words for kind in kinds.values()), *own.values())
    return OfficeNames(dict(offices), dict(types), _forms(offices, types, every), kinds, places, own)


def _words(text: str) -> frozenset[str]:
    """The words of a name with a meaning, folded."""
    return frozenset(word.folded for word in analysis.words(text) if not word.is_function_word)


def _without_brackets(name: str) -> str:
    """The name of a type without what only some offices of it are called: "komenda powiatowa (miejska)"."""
    before, _, rest = name.partition("(")
    return f"{before} {rest.partition(')')[2]}"


def _places(offices: Iterable[KnownOffice]) -> Iterator[OfficePlace]:
    """The towns and the districts of the offices."""
    towns: dict[tuple[str, str], set[str]] = {}
    districts: dict[tuple[str, str, str], set[str]] = {}
    for office in offices:
        towns.setdefault((office.town, office.teryt), set()).add(office.code)
        for district in office.districts:
            districts.setdefault((district, office.town, office.teryt), set()).add(office.code)
    for (town, seat), codes in towns.items():
        if needed := _needed(town):
            yield OfficePlace(town, _words(town), needed, seat, frozenset(codes))
    for (district, town, seat), codes in districts.items():
        if needed := _needed(district):
            yield OfficePlace(district, _words(district), needed, seat, frozenset(codes), f"{town} {district}")


def _needed(name: str) -> frozenset[str]:
    """The words by which a place is known."""
    words = [word.folded for word in analysis.words(name) if not word.is_function_word]
    return frozenset(words[:1] if len(words) == 2 and words[1].endswith(ENDINGS_LEFT_OUT) else words)


def _forms(
    offices: Mapping[str, KnownOffice], types: Mapping[str, str], wanted: set[str]
) -> dict[str, tuple[str, ...]]:
    """Which of the wanted words each form may belong to, by the form itself and without its diacritics."""
    texts = [*types.values(), *(text for each in offices.values() for text in _texts(each))]
    spelled = {token: folded(token) for text in texts for token in analysis.tokens(text)}
    found: dict[str, set[str]] = {}
    for token, word in spelled.items():
        if word in wanted:
            for form in forms_of(token):
                found.setdefault(form, set()).add(word)
                found.setdefault(folded(form), set()).add(word)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    ordered = ((form, tuple(sorted(words))) for form, words in found.items())
    return {form: shared.setdefault(words, words) for form, words in ordered}


def _texts(office: KnownOffice) -> tuple[str, ...]:
    return (office.name, office.short_name, office.town, *office.districts)
