"""How good the search is: judged queries, the usual figures, and one run of both through a finder.

Definitions: nDCG@10 with gain 2^grade - 1 and discount log2(rank + 1) (Järvelin and Kekäläinen 2002; Burges 2005);
MRR is the mean of 1 / rank of the first relevant result among ten; recall@10 counts cards of grade 2 and 3; a query
fails when none of its ten results is relevant. Times are CPU milliseconds of this process on a warm index.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.answering import reply
from search.finding import Answer, Question

DEPTH = 10
SHIPPED = Path(__file__).parent / "data" / "judged_queries.jsonl"
"""The project's own set over the demonstration catalogue."""
PARTS = ("tuning", "held_out")


class UnusableJudgements(ValueError):
    """A file of cards or judgements cannot be used; the message says where and why."""


@dataclass(frozen=True, kw_only=True)
class JudgedQuery:
    """A query with the cards that answer it: grades from 1 (also acceptable) to 3 (exactly this)."""

    qid: str
    query: str
    grades: dict[str, int]
    tags: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One query as it was answered: keys of the first ten results and the CPU time in milliseconds."""

    judged: JudgedQuery
    found: tuple[str, ...]
    total: int
    milliseconds: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Means over queries; shares between 0 and 1."""

    queries: int
    ndcg10: float
    mrr: float
    recall10: float
    fail10: float
    zero: float
    p50_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, float]:
        """The figures without the number of queries, rounded to four places."""
        return {
            name: round(getattr(self, name), 4)
            for name in ("ndcg10", "mrr", "recall10", "fail10", "zero", "p50_ms", "p95_ms")
        }


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How chat and voice would be answered: numbers of queries with a right card, with a wrong one and with none."""

    right: int
    wrong: int
    none: int

    def as_json(self) -> dict[str, int]:
        """The numbers by name."""
        return {"right": self.right, "wrong": self.wrong, "none": self.none}


def read_lines(path: Path) -> list[tuple[int, dict[str, object]]]:
    """The JSON objects of a file with their line numbers. Raises `UnusableJudgements` with file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableJudgements(f"Nie można odczytać pliku {path.name}: {error}.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise UnusableJudgements(f"{path.name}, wiersz {number}: to nie jest JSON ({error}).") from error
        if not isinstance(value, dict):
            raise UnusableJudgements(f"{path.name}, wiersz {number}: potrzebny jest obiekt JSON.")
        found.append((number, value))
    return found


def read_judgements(path: Path) -> list[JudgedQuery]:
    """Judged queries of a file. Raises `UnusableJudgements` for a line without `qid`, `query` or usable `qrels`."""
    found = []
    for number, line in read_lines(path):
        qrels = line.get("qrels")
        if not (line.get("qid") and isinstance(line.get("query"), str) and isinstance(qrels, dict)):
            raise UnusableJudgements(f"{path.name}, wiersz {number}: potrzebne są pola qid, query i qrels.")
        if not all(isinstance(grade, int) and 0 <= grade <= 3 for grade in qrels.values()):
            raise UnusableJudgements(f"{path.name}, wiersz {number}: oceny w qrels to liczby od 0 do 3.")
        tags = line.get("tags") or ()
        found.append(
            JudgedQuery(
                qid=str(line["qid"]),
                query=str(line["query"]),
                grades={str(key): int(grade) for key, grade in qrels.items() if grade},
                tags=tuple(str(tag) for tag in tags) if isinstance(tags, (list, tuple)) else (str(tags),),
                part=str(line.get("part") or ""),
            )
        )
    if not found:
        raise UnusableJudgements(f"{path.name}: plik nie zawiera ani jednego zapytania.")
    return found


def measure(judged: Sequence[JudgedQuery], ask: Callable[[str], Answer]) -> list[Measured]:
    """Ask every query twice: once to warm the index, once for the result and the time."""
    for query in judged:
        ask(query.query)
    measured = []
    for query in judged:
        started = time.process_time()
        answer = ask(query.query)
        spent = (time.process_time() - started) * 1000
        found = tuple(hit.symbol for hit in answer.hits[:DEPTH])
        measured.append(Measured(judged=query, found=found, total=answer.total, milliseconds=spent))
    return measured


def figures(measured: Iterable[Measured]) -> Figures:
    """Means over the queries; all zero for none."""
    runs = list(measured)
    times = sorted(run.milliseconds for run in runs) or [0.0]
    return Figures(
        queries=len(runs),
        ndcg10=_mean(ndcg(run.found, run.judged.grades) for run in runs),
        mrr=_mean(reciprocal_rank(run.found, run.judged.grades) for run in runs),
        recall10=_mean(recall(run.found, run.judged.grades) for run in runs if _wanted(run.judged.grades)),
        fail10=_mean(float(not reciprocal_rank(run.found, run.judged.grades)) for run in runs),
        zero=_mean(float(not run.total) for run in runs),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
    )


def answered(judged: Iterable[JudgedQuery], find: Callable[[Question], Answer]) -> Answered:
    """Ask every query as chat does. Only a card of grade 2 or 3 is right."""
    counts = {"right": 0, "wrong": 0, "none": 0}
    for query in judged:
        card = reply(query.query, find).card
        counts["none" if card is None else "right" if card.symbol in _wanted(query.grades) else "wrong"] += 1
    return Answered(**counts)


def by_tag(measured: Iterable[Measured]) -> dict[str, Figures]:
    """The figures of the queries of each tag, by name of the tag."""
    groups: dict[str, list[Measured]] = {}
    for run in measured:
        for tag in dict.fromkeys(run.judged.tags):
            groups.setdefault(tag, []).append(run)
    return {tag: figures(groups[tag]) for tag in sorted(groups)}


def ndcg(found: Sequence[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain([grades.get(key, 0) for key in found[:DEPTH]]) / ideal if ideal else 0.0


def reciprocal_rank(found: Sequence[str], grades: dict[str, int]) -> float:
    """1 / rank of the first relevant result, 0 when there is none among the first ten."""
    return next((1 / rank for rank, key in enumerate(found[:DEPTH], start=1) if grades.get(key)), 0.0)


def recall(found: Sequence[str], grades: dict[str, int]) -> float:
    """Share of the cards of grade 2 and 3 that are among the first ten; at most ten can be."""
    wanted = _wanted(grades)
    return len(wanted.intersection(found[:DEPTH])) / min(len(wanted), DEPTH) if wanted else 0.0


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of an ascending sequence lies (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _wanted(grades: dict[str, int]) -> set[str]:
    return {key for key, grade in grades.items() if grade >= 2}


def _gain(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
