"""Search over the demonstration and over larger indexes, beside the database search of the framework and SQLite's FTS5.

A full query is plan, retrieval, facets, re-ranking and highlighting. Times are CPU milliseconds of this process on a warm index:
the 95th percentile over the judged queries, each asked once after a first round.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable

from django.core.management import call_command
from wagtail.models import Page

from benchmarks.generated_corpus import generated
from benchmarks.measuring import Measurement, own_cpu_seconds, process_cost
from publication.calendar import today
from search.finding import Finder, Question, finder
from search.indexer import index_root, rebuild
from search.quality import SHIPPED, percentile, read_judgements
from search.quality_corpus import CorpusCard
from search.sources import all_sources

QUERIES = [judged.query for judged in read_judgements(SHIPPED)]
FEWER = QUERIES[::5]
"""For what is too slow to be asked everything."""
FRAMEWORK, FTS5 = "wyszukiwarka bazodanowa z pakietu", "SQLite FTS5"


def measurements() -> list[Measurement]:
    """The demonstration with both baselines, a hundred thousand documents, suggestions, rebuild, size and memory."""
    call_command("load_synonyms", stdout=sys.stderr)
    return [*_demonstration(), *_larger(100_000, target=20.0), *_index(), _planner()]


def million() -> list[Measurement]:
    """A million documents: building them takes many minutes, so this is measured only when it is asked for."""
    call_command("load_synonyms", stdout=sys.stderr)
    return _larger(1_000_000, target=60.0)


def _demonstration() -> list[Measurement]:
    ready = finder()
    if ready is None:
        raise RuntimeError("Nie ma indeksu wyszukiwarki.")
    ours = _p95(_asking(ready), QUERIES)
    framework = _p95(lambda query: list(Page.objects.live().search(query)[:10]), FEWER)
    fts5 = _p95(_fts5(), QUERIES)
    suggesting = _p95(lambda query: ready.suggest(query[:5], 8), QUERIES)
    name = "pełne zapytanie, 3059 kart, p95"
    return [
        _cpu(name, ours, 8.0, FRAMEWORK, framework),
        _cpu(f"{name}, względem {FTS5}", ours, 8.0, FTS5, fts5),
        _cpu("podpowiedzi, p95", suggesting, 2.0, FTS5, fts5),
    ]


def _larger(count: int, *, target: float) -> list[Measurement]:
    """A full query over a generated index; the ratio is to the demonstration in the same run."""
    small = finder()
    if small is None:
        raise RuntimeError("Nie ma indeksu wyszukiwarki.")
    base = _p95(_asking(small), QUERIES)
    with generated(count) as larger:
        found = _p95(_asking(larger.finder), QUERIES)
        print(f"… indeks {count} usług: {larger.bytes_on_disk / 1e6:.0f} MB", file=sys.stderr)
    return [_cpu(f"pełne zapytanie, indeks {count} usług, p95", found, target, "pokaz", base)]


def _index() -> list[Measurement]:
    """Rebuilding the index of the demonstration, and its size."""
    before, started = own_cpu_seconds(), time.monotonic()
    rebuild(on=today())
    elapsed, cpu = time.monotonic() - started, own_cpu_seconds() - before
    before = own_cpu_seconds()
    list(all_sources(on=today()))
    reading = own_cpu_seconds() - before
    size = sum(path.stat().st_size for path in index_root().rglob("*") if path.is_file()) / 1e6
    print(f"… budowa indeksu trwała {elapsed:.1f} s zegara", file=sys.stderr)
    return [
        Measurement(
            name="budowa indeksu pokazu",
            value=cpu,
            unit="s CPU",
            target=10.0,
            baseline="samo odczytanie wydań",
            baseline_value=reading,
        ),
        Measurement(name="indeks pokazu z poprzednim pokoleniem", value=size, unit="MB", target=40.0),
    ]


def _planner() -> Measurement:
    """Memory of a process for planning, measured in a fresh one."""
    cost = process_cost([sys.executable, "-m", "benchmarks.planner_memory"], environment=dict(os.environ))
    return Measurement(name="pamięć planisty", value=float(cost.output.strip()), unit="MB", target=60.0)


def _asking(ready: Finder) -> Callable[[str], object]:
    return lambda query: ready.answer(Question(text=query, facets=True))


def _fts5() -> Callable[[str], object]:
    """The same cards in an FTS5 table with the ranking it comes with; any of the words, as our search asks."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE cards USING fts5(key UNINDEXED, title, keywords, summary, body)")
    database.executemany(
        "INSERT INTO cards VALUES (?, ?, ?, ?, ?)",
        ((card.key, card.title, " ".join(card.keywords), card.summary, card.body) for card in _cards()),
    )

    def ask(query: str) -> object:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        return database.execute("SELECT key FROM cards WHERE cards MATCH ? ORDER BY rank LIMIT 10", (words,)).fetchall()

    return ask


def _cards() -> Iterable[CorpusCard]:
    """The catalogue as plain texts."""
    for source in all_sources(on=today()):
        card = source.card
        yield CorpusCard(
            key=card.key,
            title=card.title,
            summary=card.summary,
            body=" ".join((card.who, card.when, *(step.text for step in card.steps))),
            keywords=tuple(item.text for item in card.keywords.everyday),
        )


def _p95(ask: Callable[[str], object], queries: list[str]) -> float:
    """CPU milliseconds of the slowest twentieth of the queries, asked a second time."""
    for query in queries:
        ask(query)
    spent = []
    for query in queries:
        before = time.process_time()
        ask(query)
        spent.append((time.process_time() - before) * 1000)
    return percentile(sorted(spent), 0.95)


def _cpu(name: str, value: float, target: float, baseline: str, baseline_value: float) -> Measurement:
    return Measurement(
        name=name, value=value, unit="ms CPU", target=target, baseline=baseline, baseline_value=baseline_value
    )
