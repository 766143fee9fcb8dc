"""From what a person typed to a plan: for each word, the terms that count as finding it, with weights.

Pure Python and equal for every engine. No word is ever required. Weights (measured on judged queries): lemma 1,
exact surface .4 beside it, undiacritised match .9, one edit .8, two edits .56.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from search import analysis
from search.analysis import Word
from search.forms import FormIndex, Neighbour

EvidenceKind = Literal["lemma", "exact", "folded"]
Origin = Literal["lemma", "exact", "folded", "fuzzy", "part"]

LEMMA = 1.0
EXACT = 0.4
FOLDED = 0.9
FOLDED_OF_KNOWN_WORD = 0.6
"""A dictionary word typed without diacritics may still stand for another: "zadanie" for "żądanie"."""
FUZZY = {1: 0.8, 2: 0.56}
FUZZY_OF_KNOWN_WORD = 0.5
"""Factor: a dictionary word that no card uses is rarely a typing error."""
PART_OF_CODE = 0.4
MOST_WORDS = 24
LETTERS = re.compile(r"[^\W\d]{2,}")
CODE_LETTERS = re.compile(r"[^\W\d]{1,5}")
CODE_NUMBER = re.compile(r"[^\W\d]?\d{1,4}[^\W\d]?")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term that counts as finding a word. `kind` says which analysed form of the fields to look in."""

    kind: EvidenceKind
    term: str
    weight: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of the query. `rarity` is its inverse document frequency (BM25), the same for all its evidence."""

    word: str
    evidence: tuple[Evidence, ...]
    rarity: float
    correction: str = ""

    def lemmas(self) -> dict[str, float]:
        """Lemmas that satisfy the clause, with their weights."""
        return {item.term: item.weight for item in self.evidence if item.kind == "lemma"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. `did_you_mean` is the query with its mistyped words corrected, or empty."""

    text: str
    clauses: tuple[Clause, ...] = ()
    did_you_mean: str = ""

    @property
    def lists_everything(self) -> bool:
        """Whether nothing was typed, so that everything is listed."""
        return not self.text.strip()


@dataclass(frozen=True)
class Planner:
    """Plans queries against one state of the index: its forms, its frequencies and its number of documents."""

    forms: FormIndex
    frequency: Callable[[str], int]
    occurs: Callable[[str], bool]
    documents: int

    def plan(self, text: str) -> Plan:
        """The plan of a query. Words without meaning are left out when any other word remains."""
        words = analysis.words(text)[:MOST_WORDS]
        wanted = [word for word in words if not word.is_function_word] or words
        clauses = tuple(self._clause(word) for word in self._with_codes_joined(wanted))
        corrections = {clause.word: clause.correction for clause in clauses if clause.correction}
        did_you_mean = " ".join(corrections.get(word.surface, word.surface) for word in words) if corrections else ""
        return Plan(text, clauses, did_you_mean)

    def _with_codes_joined(self, words: list[Word]) -> list[Word]:
        """Join "pit 37" to the code "pit-37" when some card has it."""
        joined: list[Word] = list(words)
        for first, second in pairwise(words):
            if not (CODE_LETTERS.fullmatch(first.surface) and CODE_NUMBER.fullmatch(second.surface)):
                continue
            code = analysis.word(f"{first.surface}-{second.surface}")
            if any(self.frequency(lemma) for lemma in code.lemmas) and first in joined and second in joined:
                joined[joined.index(first)] = code
                joined.remove(second)
        return joined

    def _clause(self, word: Word) -> Clause:
        evidence = [Evidence("exact", word.surface, EXACT, "exact")]
        evidence += [Evidence("lemma", lemma, LEMMA, "lemma") for lemma in word.lemmas]
        correction = ""
        if not any(item.kind == "lemma" and self.frequency(item.term) for item in evidence) or (
            word.surface == word.folded
        ):
            evidence += self._undiacritised(word)
        if not any(item.kind == "lemma" and self.frequency(item.term) for item in evidence):
            evidence.append(Evidence("folded", word.folded, FOLDED_OF_KNOWN_WORD, "folded"))
            fuzzy, correction = self._mistyped(word)
            evidence += fuzzy
        return self._weighed(Clause(word.surface, tuple(evidence), 0.0, correction))

    def _undiacritised(self, word: Word) -> list[Evidence]:
        """Lemmas that have the word as a form without diacritics; of a code its letters ("pit" of "pit-37")."""
        if any(character.isdigit() for character in word.surface):
            letters = LETTERS.match(word.surface)
            parts = analysis.word(letters.group()).lemmas if letters else ()
            return [Evidence("lemma", lemma, PART_OF_CODE, "part") for lemma in parts if lemma not in word.lemmas]
        weight = FOLDED_OF_KNOWN_WORD if word.known else FOLDED
        found = self.forms.lemmas(word.folded)
        return [Evidence("lemma", lemma, weight, "folded") for lemma in found if lemma not in word.lemmas]

    def _mistyped(self, word: Word) -> tuple[list[Evidence], str]:
        """Lemmas of the nearest forms, and the commonest of these forms as a correction."""
        nearest = [near for near in self.forms.neighbours(word.folded) if self._used(near)]
        if word.known:
            nearest = [near for near in nearest if near.distance == 1]
        factor = FUZZY_OF_KNOWN_WORD if word.known else 1.0
        weights: dict[str, float] = {}
        for near in nearest:
            for lemma in near.lemmas:
                weights[lemma] = max(weights.get(lemma, 0.0), FUZZY[near.distance] * factor)
        best = max(nearest, key=lambda near: (-near.distance, self._used(near)), default=None)
        correction = best.spelling if best and not word.known else ""
        return [Evidence("lemma", lemma, weight, "fuzzy") for lemma, weight in weights.items()], correction

    def _used(self, near: Neighbour) -> int:
        """How many documents the form leads to; 0 when its words stand only in documents that were removed."""
        return max((self.frequency(lemma) for lemma in near.lemmas if self.occurs(lemma)), default=0)

    def _weighed(self, clause: Clause) -> Clause:
        """Give all evidence of a clause the rarity of its commonest lemma.

        Otherwise a misspelling that one card lists among its keywords would outweigh the word on all other cards.
        """
        rarity = {item: self._rarity(item.term) for item in clause.evidence if item.kind == "lemma"}
        found = [value for item, value in rarity.items() if self.frequency(item.term)]
        common = min(found, default=self._rarity(""))
        evidence = tuple(
            replace(item, weight=item.weight * min(1.0, common / rarity[item])) if item in rarity else item
            for item in clause.evidence
        )
        return replace(clause, evidence=evidence, rarity=common)

    def _rarity(self, lemma: str) -> float:
        """Inverse document frequency as BM25 has it; always positive."""
        frequency = min(self.frequency(lemma), self.documents) if lemma else 0
        return math.log(1 + (self.documents - frequency + 0.5) / (frequency + 0.5))
