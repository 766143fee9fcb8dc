"""Which offices a query means: by name, by nickname, or by type with a town or district. Equal for every engine.

Which office is competent is not decided here. A word that is part of many names, such as "urząd", means none of them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search import analysis
from search.analysis import Word
from search.office_names import OfficeNames, OfficePlace

MOST_TYPES = 3
"""Types of offices that words of their names may mean; of more the words say too little."""
FEWEST_WORDS = 2
"""Words of the whole name of a type, so that it is meant beside words about something else."""
MOST_WORDS_OF_PLACE = 3
SHORTEST_WORD_OF_PLACE = 3
INSIDE = frozenset({"w", "we"})
IN = INSIDE | {"na"}
"""Prepositions before the name of a place."""

Nickname = tuple[Iterable[int], str]
"""Positions of the words of a nickname, and the code of the type of offices that it means."""


@dataclass(frozen=True, slots=True)
class NamedOffices:
    """What a query says about offices, by their codes.

    `first` are offices meant by a town, a district or a word of their own, the best first; `others` those of the same `types`.
    `town` is the TERYT code of the seat of the offices in the town that is meant; `place` are words to be looked up among all
    places, because they may say more than that. `surfaces` are the words by which all this is known.
    """

    types: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    town: str = ""
    place: str = ""
    surfaces: frozenset[str] = frozenset()


NOTHING_NAMED = NamedOffices()


@dataclass(slots=True)
class _Met:
    """Positions of the words that belong to a type. `certain` is a nickname, or the whole name."""

    positions: set[int] = field(default_factory=set)
    certain: bool = False

    def yields_to(self, other: _Met) -> bool:
        """Whether the other type explains all the same words, and more of them or with more certainty."""
        if self.positions == other.positions:
            return other.certain and not self.certain
        return self.positions < other.positions


@dataclass(frozen=True)
class Reading:
    """The words of one query beside the names of the offices.

    `lemmas` are what the words with a meaning may stand for, by their positions; `known` tells whether any card has a lemma.
    """

    names: OfficeNames
    words: Sequence[Word]
    lemmas: Mapping[int, Collection[str]]
    known: Callable[[str], bool]

    def named(self, nicknames: Iterable[Nickname]) -> NamedOffices:
        """What the words say about offices."""
        heard = {place: self.names.forms.get(self.words[place].surface, ()) for place in self.lemmas}
        every = frozenset(word for words in heard.values() for word in words)
        places = {place: _where(heard, place.words) for place in self.names.places if place.needed <= every}
        of_types = self._types(heard, every, nicknames)
        if not places and not of_types:
            return NamedOffices(place=self._place(None, frozenset(heard), frozenset(), of_offices=False))
        own = {code: _where(heard, words) for code, words in self.names.own.items() if not words.isdisjoint(every)}
        kept = {
            code: met for code, met in of_types.items() if not any(met.yields_to(other) for other in of_types.values())
        }
        at_places = _union(places.values())
        left = frozenset(heard) - at_places - _union(met.positions for met in kept.values())
        whole = left <= _union(own.values())
        types = _meant(kept, whole=whole)
        first = tuple(self._first(types, of_types, places, own if whole else {}, whole=whole))
        town = self._town(places, certain=bool(types or first))
        return NamedOffices(
            types=types,
            first=first,
            others=tuple(code for code, office in self.names.offices.items() if office.office_type in types),
            town=town.town if town else "",
            place=self._place(town, left, at_places, of_offices=bool(types)),
            surfaces=frozenset(
                self.words[place].surface for place, said in heard.items() if said and place not in left
            ),
        )

    def _types(
        self, heard: Mapping[int, Sequence[str]], every: frozenset[str], nicknames: Iterable[Nickname]
    ) -> dict[str, _Met]:
        """What is heard of each type."""
        found: dict[str, _Met] = {}
        for positions, code in nicknames:
            met = found.setdefault(code, _Met(certain=True))
            met.positions.update(positions)
        for code, kind in self.names.types.items():
            if not kind.words.isdisjoint(every):
                met = found.setdefault(code, _Met())
                met.positions |= _where(heard, kind.words)
                met.certain = met.certain or (len(kind.name) >= FEWEST_WORDS and kind.name <= every)
        return found

    def _first(
        self,
        types: Sequence[str],
        of_types: Mapping[str, _Met],
        places: Mapping[OfficePlace, frozenset[int]],
        own: Mapping[str, frozenset[int]],
        *,
        whole: bool,
    ) -> list[str]:
        """Offices in the places of the query or with words of their own in it; without a type those that all words fit."""
        ranked = []
        for code in {code for place in places for code in place.offices} | own.keys():
            office = self.names.offices[code]
            at = _union(positions for place, positions in places.items() if code in place.offices)
            of_type = of_types.get(office.office_type, _Met()).positions
            met = at | own.get(code, frozenset()) | of_type
            if office.office_type in types or (whole and not types and at and met >= self.lemmas.keys()):
                ranked.append((-len(at), -len(met), office.name, code))
        return [code for *_, code in sorted(ranked)]

    def _town(self, places: Mapping[OfficePlace, frozenset[int]], *, certain: bool) -> OfficePlace | None:
        """The one town or district that is meant. A word that is also a common one needs an office or a preposition beside it."""
        said = [
            place
            for place, at in places.items()
            if certain or self._after_preposition(min(at)) or self._is_name(place, at)
        ]
        districts = [place for place in said if place.text]
        towns = {place.town for place in districts or said}
        return (districts or said)[0] if len(towns) == 1 else None

    def _after_preposition(self, position: int) -> bool:
        return position > 0 and self.words[position - 1].surface in IN

    def _is_name(self, place: OfficePlace, at: frozenset[int]) -> bool:
        """Whether the words are no words of cards with another sense: "łódź", "opole", "rada" in "radom"."""
        if len(at) > 1:
            return True
        stems = tuple(word[:-1] for word in place.needed)
        return not any(
            self.known(lemma) and analysis.paradigm(lemma)
            for position in at
            for lemma in self.lemmas[position]
            if analysis.folded(lemma) in place.words or not analysis.folded(lemma).startswith(stems)
        )

    def _place(self, town: OfficePlace | None, left: frozenset[int], at: frozenset[int], *, of_offices: bool) -> str:
        """The words that may name a place without offices: unknown to cards, or after "w" beside an office."""
        unknown = [position for position in sorted(left) if self._may_be_a_place(position, of_offices=of_offices)]
        if not unknown:
            return town.text if town else ""
        positions = sorted({*unknown, *(at if town else ())})
        words = [self.words[position].surface for position in positions]
        return " ".join(words) if len(words) <= MOST_WORDS_OF_PLACE else ""

    def _may_be_a_place(self, position: int, *, of_offices: bool) -> bool:
        word = self.words[position]
        if len(word.surface) < SHORTEST_WORD_OF_PLACE or not word.surface.isalpha():
            return False
        unknown = not any(map(self.known, self.lemmas[position]))
        if unknown:
            return of_offices or self._after_preposition(position)
        return of_offices and position > 0 and self.words[position - 1].surface in INSIDE


def _where(heard: Mapping[int, Sequence[str]], words: frozenset[str]) -> frozenset[int]:
    """Positions at which any of the words is heard."""
    return frozenset(position for position, said in heard.items() if not words.isdisjoint(said))


def _union(sets: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _meant(kept: Mapping[str, _Met], *, whole: bool) -> tuple[str, ...]:
    """Types of offices that are meant: by nickname or whole name, or when nothing else was typed than words of a few names."""
    if whole and len(kept) <= MOST_TYPES:
        return tuple(kept)
    return tuple(code for code, met in kept.items() if met.certain)
