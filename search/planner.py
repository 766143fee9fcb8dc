"""From what a person typed to a plan: for each word, the terms that count as finding it, with weights.

Pure Python and equal for every engine. No word is ever required. Weights (measured on judged queries): lemma 1,
exact surface .4 beside it, undiacritised match .9, one edit .8, two edits .56, terms of a synonym .8.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from search import analysis, families, synonyms
from search.analysis import Word
from search.forms import FormIndex, Neighbour
from search.phrases import Found, Target, TargetKind, telling
from search.remarks import Remark
from search.synonyms import Vocabulary

EvidenceKind = Literal["lemma", "exact", "folded"]
Origin = Literal["lemma", "exact", "folded", "fuzzy", "part", "family", "synonym"]

LEMMA = 1.0
EXACT = 0.4
FOLDED = 0.9
FOLDED_OF_KNOWN_WORD = 0.6
"""A dictionary word typed without diacritics may still stand for another: "zadanie" for "żądanie"."""
FUZZY = {1: 0.8, 2: 0.56}
FUZZY_OF_KNOWN_WORD = 0.5
"""Factor: a dictionary word that no card uses is rarely a typing error."""
PART_OF_CODE = 0.4
FAMILY = 0.3
"""A word of the same family: "podatkowy" for "podatek"."""
SYNONYM = 0.8
SERVICE = 1.0
COMMON_SHARE = 0.05
"""Share of all documents above which a word is common."""
ENOUGH_DOCUMENTS = 1_000
"""Documents that other words have to find before a common word only helps to order them."""
MOST_WORDS = 24
MOST_CLAUSES = 48
"""Words of a query and words of their synonyms together."""
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
class Alternative:
    """The term of a synonym in place of typed words.

    `replaced` and `members` are indexes of clauses: of the typed words, and of the words of the term.
    """

    phrase: str
    replaced: tuple[int, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of several things that a phrase of the query may mean; `query` is the query with it in place of the phrase."""

    kind: TargetKind
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A phrase of the query with several meanings: the reader may choose."""

    phrase: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. `did_you_mean` is the query with its mistyped words corrected, or empty.

    The first `typed` clauses stand for the words of the query (all of them when it is None), the others for synonyms.
    `office_types` are codes of the types of offices that the query names, by nickname or former name. `finding` are indexes of
    the clauses that a document must have one of, where the others only help to order; all of them when it is None.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    did_you_mean: str = ""
    typed: int | None = None
    alternatives: tuple[Alternative, ...] = ()
    office_types: tuple[str, ...] = ()
    finding: tuple[int, ...] | None = None
    ambiguities: tuple[Ambiguity, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def lists_everything(self) -> bool:
        """Whether nothing was typed, so that everything is listed."""
        return not self.text.strip()


@dataclass(slots=True)
class _Draft:
    """Clauses while a plan is made; equal words of several synonyms share one clause."""

    clauses: list[Clause]
    shared: dict[tuple[str, float], int] = field(default_factory=dict)

    def index(self, clause: Clause, weight: float) -> int:
        """Index of the clause of a synonym's word."""
        key = (clause.word, weight)
        if key not in self.shared:
            self.shared[key] = len(self.clauses)
            self.clauses.append(clause)
        return self.shared[key]


@dataclass(frozen=True)
class Planner:
    """Plans queries against one state of the index: its forms, its frequencies and its number of documents."""

    forms: FormIndex
    frequency: Callable[[str], int]
    occurs: Callable[[str], bool]
    documents: int
    vocabulary: Vocabulary = field(default_factory=synonyms.empty)
    relatives: families.Families = field(default_factory=families.Families)

    def plan(self, text: str) -> Plan:
        """The plan of a query. Words and phrases without meaning are left out when any other word remains."""
        words = self._with_codes_joined(analysis.words(text)[:MOST_WORDS])
        stopped = self.vocabulary.stopped(words)
        told = [position for position, word in enumerate(words) if not word.is_function_word]
        wanted = [position for position in told if position not in stopped] or told or list(range(len(words)))
        drafts = {position: self._evidence(words[position]) for position in wanted}
        readings = [
            {item.term: item.weight for item in drafts[position][0] if item.kind == "lemma"}
            if position in drafts
            else dict.fromkeys(word.lemmas, LEMMA)
            for position, word in enumerate(words)
        ]
        clauses = [self._clause(words[position], *drafts[position]) for position in wanted]
        found = self.vocabulary.find(readings)
        corrections = {clause.word: clause.correction for clause in clauses if clause.correction}
        draft = _Draft(clauses)
        typed = len(clauses)
        alternatives = tuple(self._alternatives(found, wanted, draft))
        useful = bool(corrections) and self._lead_to_a_card(draft.clauses)
        did_you_mean = " ".join(corrections.get(word.surface, word.surface) for word in words) if useful else ""
        office_types = (target.value for item in found for target in item.phrase.targets if target.kind == "typ urzędu")
        return Plan(
            text,
            tuple(draft.clauses),
            did_you_mean,
            typed,
            alternatives,
            tuple(dict.fromkeys(office_types)),
            self._finding(draft.clauses),
            tuple(_ambiguities(found, words)),
            self.vocabulary.remarks.standing_in(readings),
        )

    def _with_codes_joined(self, words: list[Word]) -> list[Word]:
        """Join "pit 37" to the code "pit-37" when some card or synonym has it."""
        joined: list[Word] = list(words)
        for first, second in pairwise(words):
            if not (CODE_LETTERS.fullmatch(first.surface) and CODE_NUMBER.fullmatch(second.surface)):
                continue
            code = analysis.word(f"{first.surface}-{second.surface}")
            if any(self._known(lemma) for lemma in code.lemmas) and first in joined and second in joined:
                joined[joined.index(first)] = code
                joined.remove(second)
        return joined

    def _known(self, lemma: str) -> bool:
        return bool(self.frequency(lemma)) or lemma in self.vocabulary.lemmas

    def _evidence(self, word: Word) -> tuple[list[Evidence], str]:
        """All evidence of a typed word but its family, and a correction when it is mistyped."""
        evidence = [Evidence("exact", word.surface, EXACT, "exact")]
        evidence += [Evidence("lemma", lemma, LEMMA, "lemma") for lemma in word.lemmas]
        if not self._any_known(evidence) or word.surface == word.folded:
            evidence += self._undiacritised(word)
        if self._any_known(evidence):
            return evidence, ""
        fuzzy, correction = self._mistyped(word)
        return [*evidence, Evidence("folded", word.folded, FOLDED_OF_KNOWN_WORD, "folded"), *fuzzy], correction

    def _lead_to_a_card(self, clauses: list[Clause]) -> bool:
        """Whether any card has a word of the clauses; a correction that finds nothing helps nobody."""
        return any(self.occurs(lemma) for clause in clauses for lemma in clause.lemmas())

    def _any_known(self, evidence: list[Evidence]) -> bool:
        return any(item.kind == "lemma" and self._known(item.term) for item in evidence)

    def _clause(self, word: Word, evidence: list[Evidence], correction: str) -> Clause:
        lemmas = {item.term: item.weight for item in evidence if item.kind == "lemma"}
        related = [
            Evidence("lemma", lemma, FAMILY * weight, "family") for lemma, weight in self.relatives.of(lemmas).items()
        ]
        return self._weighed(Clause(word.surface, (*evidence, *related), 0.0, correction))

    def _undiacritised(self, word: Word) -> list[Evidence]:
        """Lemmas that have the word as a form without diacritics; of a code its letters ("pit" of "pit-37")."""
        if any(character.isdigit() for character in word.surface):
            letters = LETTERS.match(word.surface)
            parts = analysis.word(letters.group()).lemmas if letters else ()
            return [Evidence("lemma", lemma, PART_OF_CODE, "part") for lemma in parts if lemma not in word.lemmas]
        weight = FOLDED_OF_KNOWN_WORD if word.known else FOLDED
        found = dict.fromkeys((*self.forms.lemmas(word.folded), *self.vocabulary.forms.lemmas(word.folded)))
        return [Evidence("lemma", lemma, weight, "folded") for lemma in found if lemma not in word.lemmas]

    def _mistyped(self, word: Word) -> tuple[list[Evidence], str]:
        """Lemmas of the nearest forms, and the commonest of these forms as a correction."""
        near_forms = [*self.forms.neighbours(word.folded), *self.vocabulary.forms.neighbours(word.folded)]
        nearest = [near for near in near_forms if self._used(near)]
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
        frequency = max((self.frequency(lemma) for lemma in near.lemmas if self.occurs(lemma)), default=0)
        return frequency or int(not self.vocabulary.lemmas.isdisjoint(near.lemmas))

    def _alternatives(self, found: list[Found], wanted: list[int], draft: _Draft) -> Iterator[Alternative]:
        """The terms of found synonyms, as far as any card has their words."""
        place = {position: index for index, position in enumerate(wanted)}
        for item in found:
            replaced = tuple(place[position] for position in item.positions if position in place)
            for target in item.phrase.targets:
                members = tuple(self._members(item, target, draft)) if replaced else ()
                if members:
                    yield Alternative(item.phrase.phrase, replaced, members)

    def _members(self, found: Found, target: Target, draft: _Draft) -> Iterator[int]:
        """Indexes of the clauses of a target's words that stand in cards."""
        if target.kind == "typ urzędu":
            return
        words = telling(analysis.words(target.value))
        used = [word for word in words if any(self.frequency(lemma) for lemma in word.lemmas)]
        whole = SERVICE if target.kind == "usługa" else SYNONYM
        weight = round(whole * found.weight / math.sqrt(max(1, len(used))), 4)
        for word in used:
            if len(draft.clauses) < MOST_CLAUSES:
                evidence = tuple(Evidence("lemma", lemma, weight, "synonym") for lemma in word.lemmas)
                yield draft.index(self._weighed(Clause(word.surface, evidence, 0.0)), weight)

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

    def _finding(self, clauses: list[Clause]) -> tuple[int, ...] | None:
        """Clauses that find documents, when a large index has enough for them without the common words.

        Below some ten thousand documents no word is uncommon and has enough, so every word finds. Above, hundreds of thousands of
        documents that have only "wniosek" would be counted for the facets and never be seen.
        """
        common = self._rarity_of(int(self.documents * COMMON_SHARE))
        found = tuple(index for index, clause in enumerate(clauses) if clause.rarity > common)
        enough = any(clauses[index].rarity <= self._rarity_of(ENOUGH_DOCUMENTS) for index in found)
        return found if enough and len(found) < len(clauses) else None

    def _rarity(self, lemma: str) -> float:
        return self._rarity_of(self.frequency(lemma) if lemma else 0)

    def _rarity_of(self, frequency: int) -> float:
        """Inverse document frequency as BM25 has it; always positive."""
        frequency = min(frequency, self.documents)
        return math.log(1 + (self.documents - frequency + 0.5) / (frequency + 0.5))


def _ambiguities(found: list[Found], words: list[Word]) -> Iterator[Ambiguity]:
    """Phrases of the query that lead to several targets."""
    for item in found:
        if len(item.phrase.targets) < 2:
            continue
        meanings = []
        for target in item.phrase.targets:
            first, *others = item.positions
            kept = [word.surface for word in words]
            kept[first] = target.value
            query = " ".join(text for position, text in enumerate(kept) if position not in others)
            meanings.append(Meaning(target.kind, target.value, query))
        yield Ambiguity(item.phrase.phrase, tuple(meanings))
