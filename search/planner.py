"""From what a person typed to a plan: for each word, the terms that count as finding it, with weights.

Pure Python and equal for every engine. No word is ever required. Weights (measured on judged queries): lemma 1,
exact surface .4 beside it, undiacritised match .9, one edit .8, two edits .56, terms of a synonym .8.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from search import analysis, families, synonyms
from search.analysis import Word
from search.forms import FormIndex
from search.named_offices import NOTHING_NAMED, NamedOffices, Reading
from search.office_names import NO_OFFICES, OfficeNames
from search.phrases import Found, Target, TargetKind, telling
from search.remarks import Remark
from search.spelling import Speller
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
SERVICE = 1.5
"""For each word of a phrase that leads to a service: the one term of its symbol stands for all of them."""
COMMON_SHARE = 0.05
"""Share of all documents above which a word is common."""
ENOUGH_DOCUMENTS = 1_000
"""Documents that other words have to find before a common word only helps to order them."""
MOST_WORDS = 24
MOST_CLAUSES = 48
"""Words of a query and words of their synonyms together."""
LETTERS = re.compile(r"[^\W\d]{2,}")
CODE_LETTERS = re.compile(r"[^\W\d]{1,7}")
CODE_NUMBER = re.compile(r"[^\W\d]?\d{1,4}[^\W\d]?")


REMEMBERED_TARGETS = 2_000
"""Terms of synonyms whose words are kept in memory."""


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A term that counts as finding a word. `kind` says which analysed form of the fields to look in.

    One query makes a hundred of these, which is quicker for a structure than for a frozen data class.
    """

    kind: EvidenceKind
    term: str
    weight: float
    origin: Origin


class Clause(msgspec.Struct, frozen=True, gc=False):
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
    `offices` are those that the query names. `finding` are indexes of
    the clauses that a document must have one of, where the others only help to order; all of them when it is None.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    did_you_mean: str = ""
    typed: int | None = None
    alternatives: tuple[Alternative, ...] = ()
    offices: NamedOffices = NOTHING_NAMED
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
    """Plans queries against one state of the index: its forms, its frequencies and its number of documents.

    `together` counts documents that have both lemmas in their names. A `literal` plan takes words as they are written: a typing
    error finds nothing, and neither does another word of the same family.
    """

    forms: FormIndex
    frequency: Callable[[str], int]
    occurs: Callable[[str], bool]
    documents: int
    vocabulary: Vocabulary = field(default_factory=synonyms.empty)
    relatives: families.Families = field(default_factory=families.Families)
    together: Callable[[str, str], int] = lambda first, second: 0
    literal: bool = False
    offices: OfficeNames = NO_OFFICES

    def plan(self, text: str) -> Plan:
        """The plan of a query. Words and phrases without meaning are left out when any other word remains."""
        words, corrections = self._speller.read(self._with_codes_joined(analysis.words(text)[:MOST_WORDS]))
        stopped = self.vocabulary.stopped(words)
        told = [position for position, word in enumerate(words) if not word.is_function_word]
        wanted = [position for position in told if position not in stopped] or told or list(range(len(words)))
        drafts = {position: self._evidence(words[position], words) for position in wanted}
        readings = [
            {item.term: item.weight for item in drafts[position][0] if item.kind == "lemma"}
            if position in drafts
            else dict.fromkeys(word.lemmas, LEMMA)
            for position, word in enumerate(words)
        ]
        clauses = [self._clause(words[position], *drafts[position]) for position in wanted]
        found = self.vocabulary.find(readings)
        offices = self._offices(words, drafts, found)
        corrections |= {clause.word: clause.correction for clause in clauses if clause.correction}
        draft = _Draft(clauses)
        typed = len(clauses)
        alternatives = tuple(self._alternatives(found, wanted, draft))
        nicknames = {words[position].surface for item in found for position in item.positions}
        names = offices.surfaces - nicknames
        corrections = {surface: right for surface, right in corrections.items() if surface not in names}
        corrected = " ".join(corrections.get(each, each) for each in analysis.tokens(text)[:MOST_WORDS])
        did_you_mean = corrected if corrections and self._lead_to_a_card(draft.clauses, corrected) else ""
        return Plan(
            text,
            tuple(draft.clauses),
            did_you_mean,
            typed,
            alternatives,
            offices,
            self._finding(draft.clauses),
            tuple(_ambiguities(found, words)),
            self.vocabulary.remarks.standing_in(readings),
        )

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.forms, self.vocabulary, self.frequency, self.occurs, self.together)

    def _offices(
        self, words: list[Word], drafts: Mapping[int, tuple[list[Evidence], str]], found: list[Found]
    ) -> NamedOffices:
        """The offices that the query names; phrases of the registers are nicknames of their types."""
        lemmas = {
            position: [item.term for item in evidence if item.kind == "lemma" and item.origin != "fuzzy"]
            for position, (evidence, _) in drafts.items()
        }
        nicknames = [
            (item.positions, target.value)
            for item in found
            for target in item.phrase.targets
            if target.kind == "typ urzędu"
        ]
        return Reading(self.offices, words, lemmas, self._known).named(nicknames)

    def _with_codes_joined(self, words: list[Word]) -> list[Word]:
        """Join "pit 37" to the code "pit-37" and "uw pas 001" to the symbol, when some card or synonym has it."""
        joined: list[Word] = []
        position = 0
        while position < len(words):
            code = self._code(words[position : position + 3]) or self._code(words[position : position + 2])
            joined.append(code[0] if code else words[position])
            position += code[1] if code else 1
        return joined

    def _code(self, parts: list[Word]) -> tuple[Word, int] | None:
        """The code that words make together, and how many they are; None when they make none that is known."""
        *letters, number = (part.surface for part in parts)
        if not (letters and CODE_NUMBER.fullmatch(number) and all(map(CODE_LETTERS.fullmatch, letters))):
            return None
        code = analysis.word("-".join((*letters, number)))
        return (code, len(parts)) if any(self._known(lemma) for lemma in code.lemmas) else None

    def _known(self, lemma: str) -> bool:
        return bool(self.frequency(lemma)) or lemma in self.vocabulary.lemmas

    def _evidence(self, word: Word, others: list[Word]) -> tuple[list[Evidence], str]:
        """All evidence of a typed word but its family, and a correction when it is mistyped."""
        evidence = [Evidence("exact", word.surface, EXACT, "exact")]
        evidence += [Evidence("lemma", lemma, LEMMA, "lemma") for lemma in word.lemmas]
        if not self._any_known(evidence) or word.surface == word.folded:
            evidence += self._undiacritised(word)
        if self._any_known(evidence):
            return evidence, ""
        fuzzy, correction = self._mistyped(word, others)
        if self.literal:
            return evidence, correction
        return [*evidence, Evidence("folded", word.folded, FOLDED_OF_KNOWN_WORD, "folded"), *fuzzy], correction

    def _lead_to_a_card(self, clauses: list[Clause], corrected: str) -> bool:
        """Whether any card has a word of the clauses or of the corrected query; a correction that finds nothing helps nobody."""
        lemmas = [lemma for clause in clauses for lemma in clause.lemmas()]
        return any(map(self.occurs, lemmas)) or any(
            self._known(lemma)
            for word in analysis.words(corrected)
            for lemma in word.lemmas
            if not word.is_function_word
        )

    def _any_known(self, evidence: list[Evidence]) -> bool:
        return any(item.kind == "lemma" and self._known(item.term) for item in evidence)

    def _clause(self, word: Word, evidence: list[Evidence], correction: str) -> Clause:
        lemmas = {item.term: item.weight for item in evidence if item.kind == "lemma"}
        related = [
            Evidence("lemma", lemma, FAMILY * weight, "family") for lemma, weight in self.relatives.of(lemmas).items()
        ]
        if self.literal:
            related = []
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

    def _mistyped(self, word: Word, others: list[Word]) -> tuple[list[Evidence], str]:
        """Lemmas of the nearest forms, and the likeliest of these forms as a correction."""
        nearest = self._speller.neighbours(word)
        factor = FUZZY_OF_KNOWN_WORD if word.known else 1.0
        weights: dict[str, float] = {}
        for near in nearest:
            for lemma in near.lemmas:
                weights[lemma] = max(weights.get(lemma, 0.0), FUZZY[near.distance] * factor)
        correction = self._speller.correction(word, nearest, others)
        return [Evidence("lemma", lemma, weight, "fuzzy") for lemma, weight in weights.items()], correction

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
        words = _words_of_target(target.value)
        used = [word for word in words if any(self.frequency(lemma) for lemma in word.lemmas)]
        whole = SERVICE * len(found.positions) if target.kind == "usługa" else SYNONYM
        weight = round(whole * found.weight / math.sqrt(max(1, len(used))), 4)
        for word in used:
            if len(draft.clauses) < MOST_CLAUSES:
                evidence = tuple(Evidence("lemma", lemma, weight, "synonym") for lemma in word.lemmas)
                yield draft.index(self._weighed(Clause(word.surface, evidence, 0.0)), weight)

    def _weighed(self, clause: Clause) -> Clause:
        """Give all evidence of a clause the rarity of its commonest lemma.

        Otherwise a misspelling that one card lists among its keywords would outweigh the word on all other cards.
        """
        rarity = {item.term: self._rarity(item.term) for item in clause.evidence if item.kind == "lemma"}
        found = [value for term, value in rarity.items() if self.frequency(term)]
        common = min(found, default=self._rarity(""))
        evidence = tuple(
            Evidence("lemma", item.term, item.weight * min(1.0, common / rarity[item.term]), item.origin)
            if item.kind == "lemma"
            else item
            for item in clause.evidence
        )
        return Clause(clause.word, evidence, common, clause.correction)

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


@lru_cache(maxsize=REMEMBERED_TARGETS)
def _words_of_target(term: str) -> tuple[Word, ...]:
    """The telling words of the term that a synonym leads to."""
    return tuple(telling(analysis.words(term)))


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
