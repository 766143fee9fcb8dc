"""Phrases as the planner looks for them: sets of lemmas that stand near each other in a query, in any order.

The words of a phrase are found in any inflected form, without diacritics and mistyped, as all other words are. Where a longer
phrase is found, shorter ones inside it are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from search import analysis
from search.analysis import Word

TargetKind = Literal["termin", "usługa", "typ urzędu"]
MOST_WORDS_OF_PHRASE = 6
NEGATIONS = frozenset({"bez", "nie"})
"""Function words that turn the sense of a phrase, so they are always part of it."""
SLACK = 1
"""Words that may stand between the words of a phrase."""

Reading = Mapping[str, float]
"""The lemmas a word of a query may stand for, with weights up to 1."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a phrase leads to: a term in words, the symbol of a service or the code of a type of offices."""

    kind: TargetKind
    value: str


@dataclass(frozen=True, slots=True)
class CompiledPhrase:
    """A phrase as sets of lemmas, one for each word with meaning, and what it leads to."""

    phrase: str
    words: tuple[frozenset[str], ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a query: the positions of its words and the weight of the weakest of them."""

    phrase: CompiledPhrase
    positions: tuple[int, ...]
    weight: float


def compiled_phrase(phrase: str, targets: Sequence[Target] = ()) -> CompiledPhrase | None:
    """The phrase by its telling words; None when it has none."""
    words = telling(analysis.words(phrase))[:MOST_WORDS_OF_PHRASE]
    if not words:
        return None
    return CompiledPhrase(phrase, tuple(frozenset(word.lemmas) for word in words), tuple(dict.fromkeys(targets)))


def standing_in(phrases: Mapping[str, tuple[CompiledPhrase, ...]], readings: Sequence[Reading]) -> list[Found]:
    """Phrases that stand among the words, longest first; none of them lies inside a longer one.

    `phrases` are filed under the lemmas of their first words.
    """
    met: dict[tuple[str, tuple[int, ...]], Found] = {}
    for position, reading in enumerate(readings):
        for lemma in reading:
            for phrase in phrases.get(lemma, ()):
                found = _found(phrase, position, readings)
                if found is not None:
                    met.setdefault((phrase.phrase, found.positions), found)
    ordered = sorted(met.values(), key=lambda item: (-len(item.positions), item.positions, item.phrase.phrase))
    kept: list[Found] = []
    for item in ordered:
        inside = set(item.positions)
        if not any(inside < set(other.positions) for other in kept):
            kept.append(item)
    return kept


def telling(words: Sequence[Word]) -> list[Word]:
    """The words by which a phrase is known: without prepositions, unless they make it ("na raty", "bez papierów")."""
    found = [word for word in words if not word.is_function_word or word.surface in NEGATIONS]
    return found if len(found) > 1 or len(words) == 1 else list(words)


def _found(phrase: CompiledPhrase, position: int, readings: Sequence[Reading]) -> Found | None:
    """The phrase with its first word at a position and the other words near it, in any order."""
    used = {position: _weight(phrase.words[0], readings[position])}
    reach = len(phrase.words) - 1 + SLACK
    for wanted in phrase.words[1:]:
        near = range(max(0, position - reach), min(len(readings), position + reach + 1))
        places = [
            (_weight(wanted, readings[place]), -abs(place - position), place) for place in near if place not in used
        ]
        weight, _, place = max(places, default=(0.0, 0, -1))
        if weight <= 0:
            return None
        used[place] = weight
    return Found(phrase, tuple(sorted(used)), min(used.values()))


def _weight(wanted: frozenset[str], reading: Reading) -> float:
    return max((weight for lemma, weight in reading.items() if lemma in wanted), default=0.0)
