"""Re-ranking of the first candidates, equal for every engine.

Stage 1 is the engine's score times (0.4 + 0.6 x share of satisfied clauses). Stage 2 is BM25 on names (title and keywords) x 4 and
summary x 2, with one rarity per clause, plus 20 x stage 1 / best stage 1.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from search.documents import TermNumbers, TextField, term_number
from search.engines.protocol import Candidate
from search.planner import Plan

SATURATION = 1.2
"""BM25 k1."""
LENGTH_SHARE = 0.75
"""BM25 b."""
TYPICAL_LENGTHS = (4, 24, 28)
"""Words of a usual title, keywords and summary: constants instead of averages, so that one card does not move the others."""
NAMES_WEIGHT = 4.0
SUMMARY_WEIGHT = 2.0
STAGE_ONE_WEIGHT = 20.0
UNSATISFIED_SHARE = 0.4
REMEMBERED = 2_000
RERANKED = 100
"""Candidates that are ranked again; later ones stay in the engine's order."""

_decoder = msgspec.msgpack.Decoder(TermNumbers)


@dataclass(frozen=True, slots=True)
class CountedTerms:
    """Term numbers of one document, counted where repeats matter."""

    title: dict[int, int]
    keywords: dict[int, int]
    summary: dict[int, int]
    body: frozenset[int]
    local: frozenset[int]
    lengths: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its final score and what it is made of."""

    candidate: Candidate
    score: float
    matched_fields: tuple[TextField, ...]
    coverage: float
    stage_one: float
    names_score: float
    summary_score: float


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
        lengths=stored.lengths,
    )


def rank(plan: Plan, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Candidates in their final order, ties broken by key; a plan without words keeps the engine's order."""
    clauses = [
        (clause.rarity, [(term_number(lemma), weight) for lemma, weight in clause.lemmas().items()])
        for clause in plan.clauses
    ]
    scored = [_scored(clauses, candidate) for candidate in candidates]
    best = max((item.stage_one for item in scored), default=0.0) or 1.0
    final = [_final(item, best) for item in scored]
    if not clauses:
        return final
    first = sorted(final[:RERANKED], key=lambda item: (-item.score, item.candidate.stored.key))
    return first + final[RERANKED:]


def _final(item: Ranked, best: float) -> Ranked:
    parts = (NAMES_WEIGHT * item.names_score, SUMMARY_WEIGHT * item.summary_score)
    return replace(item, score=sum(parts) + STAGE_ONE_WEIGHT * item.stage_one / best)


def _scored(clauses: list[tuple[float, list[tuple[int, float]]]], candidate: Candidate) -> Ranked:
    terms = counted_terms(candidate.stored.numbers)
    names_score = summary_score = 0.0
    satisfied = 0
    matched: set[TextField] = set()
    for rarity, lemmas in clauses:
        title = _saturated(terms.title, lemmas, terms.lengths[0], TYPICAL_LENGTHS[0])
        keywords = _saturated(terms.keywords, lemmas, terms.lengths[1], TYPICAL_LENGTHS[1])
        summary = _saturated(terms.summary, lemmas, terms.lengths[2], TYPICAL_LENGTHS[2])
        body = any(number in terms.body for number, _ in lemmas)
        local = any(number in terms.local for number, _ in lemmas)
        names_score += rarity * max(title, keywords)
        summary_score += rarity * summary
        found: dict[TextField, bool] = {
            "title": title > 0, "keywords": keywords > 0, "summary": summary > 0, "body": body, "local": local
        }  # fmt: skip
        matched.update(name for name, hit in found.items() if hit)
        satisfied += any(found.values())
    coverage = satisfied / len(clauses) if clauses else 1.0
    stage_one = candidate.score * (UNSATISFIED_SHARE + (1 - UNSATISFIED_SHARE) * coverage)
    order: tuple[TextField, ...] = ("title", "keywords", "summary", "body", "local")
    fields = tuple(name for name in order if name in matched)
    return Ranked(candidate, 0.0, fields, coverage, stage_one, names_score, summary_score)


def _saturated(terms: dict[int, int], lemmas: list[tuple[int, float]], length: int, typical: int) -> float:
    """The BM25 term part of the best lemma of a clause in one field, 0 when none is there."""
    best = 0.0
    for number, weight in lemmas:
        count = terms.get(number, 0)
        if count:
            norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / typical)
            best = max(best, weight * count * (SATURATION + 1) / (count + norm))
    return best


def _array(stored: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers
