"""Re-ranking of the first candidates, equal for every engine.

Stage 1 is the engine's score times (0.2 + 0.8 x share of satisfied words). Stage 2 is BM25 on names (title and
keywords) x 4 and summary x 2.5, with one rarity per clause, times (0.5 + 0.5 x the same share), plus 20 x stage 1 /
best stage 1. Measured on judged queries.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from search.documents import TermNumbers, TextField, term_number
from search.engines.protocol import Candidate
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

Wanted = Mapping[int, Sequence[tuple[int, float]]]
"""By number of a lemma: the indexes of the clauses that it satisfies, with its weight in each."""

FIELDS: tuple[TextField, ...] = ("title", "keywords", "summary", "body", "local")
TITLE, KEYWORDS, SUMMARY, BODY, LOCAL = (1 << place for place in range(len(FIELDS)))
"""Bits that stand for the fields."""

Met = tuple[float, float, int]
"""What a lemma is worth in one document: the BM25 term part in its names, in its summary, and the bits of its fields."""

_decoder = msgspec.msgpack.Decoder(TermNumbers)


@dataclass(slots=True)
class Ranked:
    """A candidate with its final score and what it is made of. `coverage` is the share of satisfied clauses.

    `named` are the indexes of the typed clauses that its title or keywords have, in words of their own or of a synonym; `told` also
    those that its summary has; `titled` only those that its title has, in words of their own. `fields` are the bits of the fields
    that have any lemma of the plan.
    """

    candidate: Candidate
    coverage: float
    stage_one: float
    names_score: float
    summary_score: float
    named: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    titled: frozenset[int] = frozenset()
    fields: int = 0
    score: float = 0.0

    @property
    def matched_fields(self) -> tuple[TextField, ...]:
        """Fields of the document in which a lemma of the plan stands."""
        return tuple(name for place, name in enumerate(FIELDS) if self.fields >> place & 1)


@lru_cache(maxsize=REMEMBERED)
def worth(numbers: bytes) -> dict[int, Met]:
    """What each lemma of a document is worth, by its number, from the stored term numbers.

    Worked out once for a document and not for each query: a query looks at a hundred documents.
    """
    stored = _decoder.decode(numbers)
    fields: dict[int, int] = {}
    counts = []
    for bit, array_of in zip(
        (TITLE, KEYWORDS, SUMMARY, BODY, LOCAL),
        (stored.title, stored.keywords, stored.summary, stored.body, stored.local),
        strict=True,
    ):
        counted = Counter(_array(array_of))
        counts.append(counted)
        for number in counted:
            fields[number] = fields.get(number, 0) | bit
    title, keywords, summary, *_ = counts
    norms = [_norm(length, typical) for length, typical in zip(stored.lengths, TYPICAL_LENGTHS, strict=True)]
    shared: dict[Met, Met] = {}
    found = {}
    for number, bits in fields.items():
        names = max(_saturated(title[number], norms[0]), _saturated(keywords[number], norms[1]))
        met = (names, _saturated(summary[number], norms[2]), bits)
        found[number] = shared.setdefault(met, met)
    return found


def rank(plan: Plan, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Candidates in their final order, ties broken by key; a plan without words keeps the engine's order."""
    wanted = _wanted(plan)
    ranked = [_scored(plan, wanted, candidate) for candidate in candidates]
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


def _wanted(plan: Plan) -> Wanted:
    """The lemmas of all clauses by their numbers."""
    wanted: dict[int, list[tuple[int, float]]] = {}
    for index, clause in enumerate(plan.clauses):
        for lemma, weight in clause.lemmas().items():
            wanted.setdefault(term_number(lemma), []).append((index, weight))
    return wanted


def _scored(plan: Plan, wanted: Wanted, candidate: Candidate) -> Ranked:
    """Score the typed words; a synonym counts in place of its words where it is found better than they are."""
    terms = worth(candidate.stored.numbers)
    size = len(plan.clauses)
    names, summaries, found, titled, fields = [0.0] * size, [0.0] * size, [0.0] * size, set[int](), 0
    met: set[int] = set()
    for number in wanted.keys() & terms.keys():
        in_names, in_summary, bits = terms[number]
        fields |= bits
        for index, weight in wanted[number]:
            met.add(index)
            if bits & TITLE:
                titled.add(index)
            names[index] = max(names[index], weight * in_names)
            summaries[index] = max(summaries[index], weight * in_summary)
    for index in met:
        found[index] = 1.0
        names[index] *= plan.clauses[index].rarity
        summaries[index] *= plan.clauses[index].rarity
    typed = size if plan.typed is None else plan.typed
    for alternative in plan.alternatives:
        if not met.isdisjoint(alternative.members):
            _replaced(alternative, names, summaries, found)
    coverage = sum(found[:typed]) / typed if typed else 1.0
    return Ranked(
        candidate,
        coverage,
        stage_one=candidate.score * (UNSATISFIED_SHARE + (1 - UNSATISFIED_SHARE) * coverage),
        names_score=sum(names[:typed]),
        summary_score=sum(summaries[:typed]),
        named=frozenset([index for index in range(typed) if names[index]]),
        told=frozenset([index for index in range(typed) if names[index] or summaries[index]]),
        titled=frozenset([index for index in titled if index < typed]),
        fields=fields,
    )


def _replaced(alternative: Alternative, names: list[float], summaries: list[float], found: list[float]) -> None:
    """Give the typed words of an alternative its score, where that is more than their own."""
    members, replaced = alternative.members, alternative.replaced
    share = sum([found[index] for index in members]) / len(members)
    for scores in (names, summaries):
        offered = sum([scores[index] for index in members])
        if offered > sum([scores[index] for index in replaced]):
            for index in replaced:
                scores[index] = offered / len(replaced)
    for index in replaced:
        found[index] = max(found[index], share)


def _saturated(count: int, norm: float) -> float:
    """The BM25 term part of a lemma that stands so often in one field."""
    return count * (SATURATION + 1) / (count + norm)


def _norm(length: int, typical: int) -> float:
    """The part of BM25 that a field's length decides."""
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / typical)


def _array(stored: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers
