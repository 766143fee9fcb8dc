"""Re-ranking of the first candidates, equal for every engine.

Stage 1 is the engine's score times (0.2 + 0.8 x share of satisfied words). Stage 2 is BM25 on names (title and
keywords) x 4 and summary x 2.5, with one rarity per clause, times (0.5 + 0.5 x the same share), plus 20 x stage 1 /
best stage 1. Measured on judged queries.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from search.documents import TermNumbers, TextField, term_number
from search.engines.protocol import Candidate, StoredDocument
from search.planner import Alternative, Plan

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

NumberedClause = tuple[float, list[tuple[int, float]]]
"""Rarity of a clause, and its lemmas as numbers with weights."""

_decoder = msgspec.msgpack.Decoder(TermNumbers)


@dataclass(frozen=True, slots=True)
class CountedTerms:
    """Term numbers of one document, counted where repeats matter."""

    title: dict[int, int]
    keywords: dict[int, int]
    summary: dict[int, int]
    body: frozenset[int]
    local: frozenset[int]
    norms: tuple[float, float, float]
    """Length norms of title, keywords and summary."""

    def elsewhere(self, lemmas: list[tuple[int, float]]) -> bool:
        """Whether a lemma stands in the body or in local words."""
        return any(number in self.body or number in self.local for number, _ in lemmas)


@dataclass(slots=True)
class Ranked:
    """A candidate with its final score and what it is made of. `coverage` is the share of satisfied clauses.

    `named` are the indexes of the typed clauses that its title or keywords have, in words of their own or of a synonym; `told` also
    those that its summary has; `titled` only those that its title has, in words of their own.
    """

    candidate: Candidate
    coverage: float
    stage_one: float
    names_score: float
    summary_score: float
    named: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    titled: frozenset[int] = frozenset()
    score: float = 0.0


@lru_cache(maxsize=REMEMBERED)
def counted_terms(numbers: bytes) -> CountedTerms:
    """Decode the stored term numbers."""
    stored = _decoder.decode(numbers)
    return CountedTerms(
        title=Counter(_array(stored.title)),
        keywords=Counter(_array(stored.keywords)),
        summary=Counter(_array(stored.summary)),
        body=frozenset(_array(stored.body)),
        local=frozenset(_array(stored.local)),
        norms=(
            _norm(stored.lengths[0], TYPICAL_LENGTHS[0]),
            _norm(stored.lengths[1], TYPICAL_LENGTHS[1]),
            _norm(stored.lengths[2], TYPICAL_LENGTHS[2]),
        ),
    )


def rank(plan: Plan, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Candidates in their final order, ties broken by key; a plan without words keeps the engine's order."""
    clauses = _numbered(plan)
    ranked = [_scored(plan, clauses, candidate) for candidate in candidates]
    best = max((item.stage_one for item in ranked), default=0.0) or 1.0
    for item in ranked:
        names, summary = NAMES_WEIGHT * item.names_score, SUMMARY_WEIGHT * item.summary_score
        covered = UNCOVERED_SHARE + (1 - UNCOVERED_SHARE) * item.coverage
        item.score = (names + summary) * covered + STAGE_ONE_WEIGHT * item.stage_one / best
    if not clauses:
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
        and item.named >= best.named
        and item.coverage >= best.coverage
        and item.titled
        and item.score >= best.score * NEARLY
        and group_of(item.candidate.stored.key) == group
    ]
    general = min(alike, key=lambda item: item.candidate.stored.key, default=best)
    if general is best or not best.named or not best.titled:
        return ordered
    general.score = best.score
    return [general, *(item for item in ordered if item is not general)]


def group_of(symbol: str) -> str:
    """The group of a service: its symbol without the number."""
    return symbol.rpartition("-")[0]


def matched_fields(plan: Plan, stored: StoredDocument) -> tuple[TextField, ...]:
    """Fields of the document in which a lemma of the plan stands."""
    terms = counted_terms(stored.numbers)
    wanted = {number for _, lemmas in _numbered(plan) for number, _ in lemmas}
    fields: dict[TextField, Collection[int]] = {
        "title": terms.title,
        "keywords": terms.keywords,
        "summary": terms.summary,
        "body": terms.body,
        "local": terms.local,
    }
    return tuple(name for name, numbers in fields.items() if not wanted.isdisjoint(numbers))


def _numbered(plan: Plan) -> list[NumberedClause]:
    """Per clause its rarity and its lemmas as numbers with weights."""
    return [
        (clause.rarity, [(term_number(lemma), weight) for lemma, weight in clause.lemmas().items()])
        for clause in plan.clauses
    ]


def _scored(plan: Plan, clauses: list[NumberedClause], candidate: Candidate) -> Ranked:
    """Score the typed words; a synonym counts in place of its words where it is found better than they are."""
    terms = counted_terms(candidate.stored.numbers)
    title_norm, keywords_norm, summary_norm = terms.norms
    names, summaries, found, titles = [], [], [], []
    for rarity, lemmas in clauses:
        title = _saturated(terms.title, lemmas, title_norm)
        keywords = _saturated(terms.keywords, lemmas, keywords_norm)
        summary = _saturated(terms.summary, lemmas, summary_norm)
        titles.append(title)
        names.append(rarity * max(title, keywords))
        summaries.append(rarity * summary)
        found.append(1.0 if title or keywords or summary or terms.elsewhere(lemmas) else 0.0)
    typed = len(clauses) if plan.typed is None else plan.typed
    for alternative in plan.alternatives:
        _replaced(alternative, names, summaries, found)
    coverage = sum(found[:typed]) / typed if typed else 1.0
    stage_one = candidate.score * (UNSATISFIED_SHARE + (1 - UNSATISFIED_SHARE) * coverage)
    named, titled = _places(names[:typed]), _places(titles[:typed])
    told = named | _places(summaries[:typed])
    return Ranked(candidate, coverage, stage_one, sum(names[:typed]), sum(summaries[:typed]), named, told, titled)


def _places(scores: Sequence[float]) -> frozenset[int]:
    return frozenset(index for index, score in enumerate(scores) if score)


def _replaced(alternative: Alternative, names: list[float], summaries: list[float], found: list[float]) -> None:
    """Give the typed words of an alternative its score, where that is more than their own."""
    members, replaced = alternative.members, alternative.replaced
    share = sum(found[index] for index in members) / len(members)
    if not share:
        return
    for scores in (names, summaries):
        offered = sum(scores[index] for index in members)
        if offered > sum(scores[index] for index in replaced):
            for index in replaced:
                scores[index] = offered / len(replaced)
    for index in replaced:
        found[index] = max(found[index], share)


def _saturated(terms: dict[int, int], lemmas: list[tuple[int, float]], norm: float) -> float:
    """The BM25 term part of the best lemma of a clause in one field, 0 when none is there."""
    best = 0.0
    for number, weight in lemmas:
        count = terms.get(number)
        if count:
            best = max(best, weight * count * (SATURATION + 1) / (count + norm))
    return best


def _norm(length: int, typical: int) -> float:
    """The part of BM25 that a field's length decides."""
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / typical)


def _array(stored: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers
