"""Synonyms as the planner uses them: phrases compiled to lemmas, and which of them stand in a query.

A synonym leads from an everyday phrase, abbreviation, former name, misspelling or regional word to terms of the
catalogue, to services or to types of offices. The words of a phrase are found in any inflected form, in any order,
without diacritics and mistyped, as all other words are. Where a longer phrase is found, shorter ones inside it are not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from search import analysis
from search.analysis import Word
from search.forms import FormIndex, FormSegment, collect, segment_bytes

DATA = Path(__file__).parent / "data"
SHIPPED_SYNONYMS = DATA / "synonyms.tsv"
SHIPPED_STOP_PHRASES = DATA / "stop_phrases.txt"

Kind = Literal["potoczne", "skrót", "dawna nazwa", "błąd pisowni", "regionalizm"]
TargetKind = Literal["termin", "usługa", "typ urzędu"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
MOST_WORDS_OF_PHRASE = 6
NEGATIONS = frozenset({"bez", "nie"})
"""Function words that turn the sense of a phrase, so they are always part of it."""
SLACK = 1
"""Words that may stand between the words of a phrase."""

Reading = Mapping[str, float]
"""The lemmas a word of a query may stand for, with weights up to 1."""


class UnusableSynonyms(ValueError):
    """A file of synonyms cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a phrase leads to: a term in words, the symbol of a service or the code of a type of offices."""

    kind: TargetKind
    value: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """One phrase with one target."""

    phrase: str
    kind: Kind
    target: Target


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


@dataclass(frozen=True)
class Vocabulary:
    """Synonyms and stop phrases of one version of the registers, ready for planning. Safe to share between threads."""

    phrases: Mapping[str, tuple[CompiledPhrase, ...]]
    stop_phrases: tuple[tuple[str, ...], ...]
    forms: FormIndex
    lemmas: frozenset[str]

    def find(self, readings: Sequence[Reading]) -> list[Found]:
        """Phrases that stand among the words, longest first; none of them lies inside a longer one."""
        met: dict[tuple[str, tuple[int, ...]], Found] = {}
        for position, reading in enumerate(readings):
            for lemma in reading:
                for phrase in self.phrases.get(lemma, ()):
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

    def stopped(self, words: Sequence[Word]) -> set[int]:
        """Positions of words that belong to a stop phrase, such as "co zrobić gdy"."""
        folded = [word.folded for word in words]
        found: set[int] = set()
        for phrase in self.stop_phrases:
            for start in range(len(folded) - len(phrase) + 1):
                if tuple(folded[start : start + len(phrase)]) == phrase:
                    found.update(range(start, start + len(phrase)))
        return found


def compiled(synonyms: Iterable[Synonym], stop_phrases: Iterable[str]) -> Vocabulary:
    """Compile synonyms: phrases are analysed, their forms are collected for mistyped and undiacritised words."""
    targets: dict[str, list[Target]] = {}
    for synonym in synonyms:
        targets.setdefault(" ".join(analysis.tokens(synonym.phrase)), []).append(synonym.target)
    by_lemma: dict[str, list[CompiledPhrase]] = {}
    lemmas: set[str] = set()
    surfaces: set[str] = set()
    for phrase, found in targets.items():
        words = telling(analysis.words(phrase))[:MOST_WORDS_OF_PHRASE]
        if not words:
            continue
        entry = CompiledPhrase(phrase, tuple(frozenset(word.lemmas) for word in words), tuple(dict.fromkeys(found)))
        for lemma in entry.words[0]:
            by_lemma.setdefault(lemma, []).append(entry)
        lemmas.update(lemma for word in words for lemma in word.lemmas)
        surfaces.update(word.surface for word in words)
    stops = {tuple(analysis.folded(token) for token in analysis.tokens(phrase)) for phrase in stop_phrases}
    segment = FormSegment(Path("synonimy"), segment_bytes(collect(lemmas, surfaces)))
    return Vocabulary(
        phrases={lemma: tuple(entries) for lemma, entries in by_lemma.items()},
        stop_phrases=tuple(sorted(stops - {()}, key=lambda phrase: (-len(phrase), phrase))),
        forms=FormIndex.of([segment]),
        lemmas=frozenset(lemmas),
    )


def telling(words: Sequence[Word]) -> list[Word]:
    """The words by which a phrase is known: without prepositions, unless they make it ("na raty", "bez papierów")."""
    found = [word for word in words if not word.is_function_word or word.surface in NEGATIONS]
    return found if len(found) > 1 or len(words) == 1 else list(words)


def read_synonyms(path: Path) -> list[Synonym]:
    """Synonyms of a TSV file with the columns fraza, rodzaj, cel, wartość. Raises `UnusableSynonyms` with the line."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            kind = next((known for known in KINDS if known == row.get("rodzaj")), None)
            target = next((known for known in TARGET_KINDS if known == row.get("cel")), None)
            phrase, value = row.get("fraza") or "", row.get("wartość") or ""
            if kind is None or target is None or not phrase or not value:
                raise UnusableSynonyms(
                    f"{path.name}, wiersz {number}: potrzebne są cztery pola: fraza, rodzaj ({', '.join(KINDS)}), "
                    f"cel ({', '.join(TARGET_KINDS)}) i wartość."
                )
            found.append(Synonym(phrase, kind, Target(target, value)))
    return found


def read_stop_phrases(path: Path) -> list[str]:
    """Stop phrases of a text file, one a line; lines that begin with # are remarks."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """The vocabulary that comes with the program, without the changes made in the registers."""
    return compiled(read_synonyms(SHIPPED_SYNONYMS), read_stop_phrases(SHIPPED_STOP_PHRASES))


@lru_cache(maxsize=1)
def empty() -> Vocabulary:
    """No synonyms and no stop phrases."""
    return compiled([], [])


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
