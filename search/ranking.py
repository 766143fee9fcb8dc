"""Re-ranking of the first candidates, equal for every engine.

Stage 1 is the engine's score times (0.2 + 0.8 x share of satisfied words). Stage 2 is BM25 on names (title and
keywords) x 4 and summary x 2.5, with one rarity per clause, times (0.5 + 0.5 x the same share), plus 20 x stage 1 /
best stage 1. Measured on judged queries.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from operator import mul

import msgspec

from search.documents import TEXT_FIELDS, TITLE, TermNumbers, TextField, term_number
from search.engines.protocol import Candidate
from search.planner import Plan

SATURATION = 1.2
"""BM25 k1."""
LENGTH_SHARE = 0.75
"""BM25 b."""
TYPICAL_LENGTHS = (4, 24, 28)
"""Words of a usual title, keywords and summary: constants, so that one card does not move the others."""
NAMES_WEIGHT = 4.0
SUMMARY_WEIGHT = 2.5
STAGE_ONE_WEIGHT = 20.0
UNCOVERED_SHARE = 0.5
UNSATISFIED_SHARE = 0.2
REMEMBERED = 2_000
NEARLY = 0.75
"""Share of the best score that the general card of the group needs to go before it."""
RERANKED = 100
"""Candidates that are ranked again; later ones stay in the engine's order."""

Met = tuple[float, float, int]
"""What a lemma is worth in one document: the BM25 term part in its names, in its summary, and the bits of its fields."""

_decoder = msgspec.msgpack.Decoder(TermNumbers)


class Ranked(msgspec.Struct, gc=False):
    """A candidate with its final score and what it is made of. `coverage` is the share of satisfied clauses.

    `names` and `summaries` hold the score of each typed clause; `titles` and `fields` are bits: of the typed clauses that the title
    has in words of their own, and of the fields that have any lemma of the plan.
    """

    candidate: Candidate
    coverage: float
    stage_one: float
    names: list[float]
    summaries: list[float]
    titles: int = 0
    fields: int = 0
    score: float = 0.0

    @property
    def names_score(self) -> float:
        """BM25 of the title and the keywords."""
        return sum(self.names)

    @property
    def summary_score(self) -> float:
        """BM25 of the summary."""
        return sum(self.summaries)

    @property
    def named(self) -> frozenset[int]:
        """Indexes of the typed clauses that the title or the keywords have, in words of their own or of a synonym."""
        return frozenset(index for index, score in enumerate(self.names) if score)

    @property
    def told(self) -> frozenset[int]:
        """Those, and the typed clauses that the summary has."""
        return self.named | {index for index, score in enumerate(self.summaries) if score}

    @property
    def titled(self) -> frozenset[int]:
        """Indexes of the typed clauses that the title has, in words of their own."""
        return frozenset(index for index in range(len(self.names)) if self.titles >> index & 1)

    @property
    def matched_fields(self) -> tuple[TextField, ...]:
        """Fields of the document in which a lemma of the plan stands."""
        return tuple(name for place, name in enumerate(TEXT_FIELDS) if self.fields >> place & 1)


@lru_cache(maxsize=REMEMBERED)
def worth(numbers: bytes) -> dict[int, Met]:
    """What each lemma of a document is worth, by its number, from the stored term numbers.

    Worked out once for a document and not for each query: a query looks at a hundred documents.
    """
    stored = _decoder.decode(numbers)
    title, keywords, summary = (
        _norm(length, typical) for length, typical in zip(stored.lengths, TYPICAL_LENGTHS, strict=True)
    )
    met = [
        (
            max(_saturated(counts.title, title), _saturated(counts.keywords, keywords)),
            _saturated(counts.summary, summary),
            counts.fields,
        )
        for counts in stored.counts
    ]
    return dict(zip(_array("I", stored.terms), map(met.__getitem__, _array("H", stored.places)), strict=True))


def rank(plan: Plan, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Candidates in their final order, ties broken by key; a plan without words keeps the engine's order."""
    scorer = _Scorer(plan)
    ranked = [scorer.scored(candidate) for candidate in candidates]
    best = max((item.stage_one for item in ranked), default=0.0) or 1.0
    for item in ranked:
        names, summary = NAMES_WEIGHT * item.names_score, SUMMARY_WEIGHT * item.summary_score
        covered = UNCOVERED_SHARE + (1 - UNCOVERED_SHARE) * item.coverage
        item.score = (names + summary) * covered + STAGE_ONE_WEIGHT * item.stage_one / best
    if not plan.clauses:
        return ranked
    first = sorted(ranked[:RERANKED], key=lambda item: (-item.score, item.candidate.stored.key))
    return [*_general_first(first), *ranked[RERANKED:]]


def _general_first(ordered: list[Ranked]) -> list[Ranked]:
    """The best card gives way to the general card of its group when the words of the query do not tell the two apart.

    Editors number the cards of a group from the general to the special: "paszport" means the passport of an adult before the
    second passport or the lost one. The general card must have every word that the best one has, one of them in its title, and
    nearly its score.
    """
    if not ordered:
        return ordered
    best = ordered[0]
    group = group_of(best.candidate.stored.key)
    alike = [
        item
        for item in ordered
        if item.candidate.stored.key < best.candidate.stored.key
        and group_of(item.candidate.stored.key) == group
        and item.titles
        and item.coverage >= best.coverage
        and item.score >= best.score * NEARLY
        and item.named >= best.named
    ]
    general = min(alike, key=lambda item: item.candidate.stored.key, default=best)
    if general is best or not best.named or not best.titles:
        return ordered
    general.score = best.score
    return [general, *(item for item in ordered if item is not general)]


def group_of(symbol: str) -> str:
    """The group of a service: its symbol without the number."""
    return symbol.rpartition("-")[0]


class _Scorer:
    """What one plan looks for, ready to be compared with a hundred documents."""

    def __init__(self, plan: Plan) -> None:
        self._typed = len(plan.clauses) if plan.typed is None else plan.typed
        self._rarities = [clause.rarity for clause in plan.clauses]
        self._nothing = [0.0] * len(plan.clauses)
        self._alternatives = [(each.members, each.replaced) for each in plan.alternatives]
        self._typed_bits = (1 << self._typed) - 1
        self._wanted: dict[int, list[tuple[int, float]]] = {}
        """By the number of a lemma: the indexes of the clauses that it satisfies, with its weight in each."""
        for index, clause in enumerate(plan.clauses):
            for lemma, weight in clause.lemmas().items():
                self._wanted.setdefault(term_number(lemma), []).append((index, weight))

    def scored(self, candidate: Candidate) -> Ranked:
        """Score the typed words; a synonym counts in place of its words where it is found better than they are."""
        terms, wanted = worth(candidate.stored.numbers), self._wanted
        names, summaries, found = self._nothing.copy(), self._nothing.copy(), self._nothing.copy()
        titles = fields = 0
        for number in wanted.keys() & terms.keys():
            in_names, in_summary, bits = terms[number]
            fields |= bits
            for index, weight in wanted[number]:
                found[index] = 1.0
                if in_names:
                    names[index] = max(names[index], weight * in_names)
                    if bits & TITLE:
                        titles |= 1 << index
                if in_summary:
                    summaries[index] = max(summaries[index], weight * in_summary)
        names = list(map(mul, names, self._rarities))
        summaries = list(map(mul, summaries, self._rarities))
        for members, replaced in self._alternatives:
            share = 0.0
            for index in members:
                share += found[index]
            if share:
                _take_over(names, members, replaced)
                _take_over(summaries, members, replaced)
                share /= len(members)
                for index in replaced:
                    found[index] = max(found[index], share)
        typed = self._typed
        coverage = sum(found[:typed]) / typed if typed else 1.0
        return Ranked(
            candidate,
            coverage,
            candidate.score * (UNSATISFIED_SHARE + (1 - UNSATISFIED_SHARE) * coverage),
            names[:typed],
            summaries[:typed],
            titles & self._typed_bits,
            fields,
        )


def _take_over(scores: list[float], members: Sequence[int], replaced: Sequence[int]) -> None:
    """Give the typed words of an alternative its score, where that is more than their own."""
    offered = own = 0.0
    for index in members:
        offered += scores[index]
    for index in replaced:
        own += scores[index]
    if offered > own:
        for index in replaced:
            scores[index] = offered / len(replaced)


def _saturated(count: int, norm: float) -> float:
    """The BM25 term part of a lemma that stands so often in one field."""
    return count * (SATURATION + 1) / (count + norm)


def _norm(length: int, typical: int) -> float:
    """The part of BM25 that a field's length decides."""
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / typical)


def _array(kind: str, stored: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(stored)
    return numbers
