from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from search.analysis import words
from search.documents import ServiceSource, build
from search.engines import open_engine
from search.engines.protocol import Filters
from search.engines.tantivy_engine import MOST_SETS
from search.engines.tantivy_merging import LOWEST_PRIORITY, MERGING, THREADS
from search.planner import Plan
from tests.search import catalogue


@pytest.mark.parametrize("number", [40, MOST_SETS + 40])
def test_facets_are_exact_however_many_sets_of_values_there_are(tmp_path: Path, number: int) -> None:
    """Few sets are counted whole; beyond the largest number of them the values are counted one by one."""
    document = build(ServiceSource(card=catalogue.CHILD, sha256="0" * 64, sequence=1))
    sets = [
        tuple(f"{place}{part}" for place, part in zip("abcd", f"{each:04d}", strict=True)) for each in range(number)
    ]
    engine = open_engine(tmp_path)
    engine.ensure()
    engine.upsert(
        replace(document, key=f"UW-PAS-{each:05d}", facets={**document.facets, "audience": audience, "office": ()})
        for each, audience in enumerate(sets)
    )
    engine.commit()
    engine.close()
    engine.refresh()
    counted = engine.facets(Plan(""), Filters(), ("audience", "office_type", "office"))
    narrowed = engine.facets(Plan(""), Filters({"audience": ("d7",)}), ("audience", "office_type"))

    assert counted == {
        "audience": dict(Counter(value for audience in sets for value in audience)),
        "office_type": {"UW": number},
        "office": {},
    }
    assert narrowed["audience"] == counted["audience"]
    assert narrowed["office_type"] == {"UW": counted["audience"]["d7"]}


def test_many_commits_leave_few_parts_on_disk(tmp_path: Path) -> None:
    """Whoever closes the engine lets its merges finish, however many documents they move."""
    document = build(ServiceSource(card=catalogue.CHILD, sha256="0" * 64, sequence=1))
    engine = open_engine(tmp_path)
    engine.ensure()
    vocabulary, draw = words(" ".join(f"pismo{number}" for number in range(20_000))), Random(7)
    for number in range(1_000):
        texts = {**document.texts, "body": draw.choices(vocabulary, k=100)}
        engine.upsert([replace(document, key=f"UW-PAS-{number:05d}", texts=texts)])
    engine.commit()
    engine.close()
    before = engine.stats()["bytes"]
    for number in range(16):
        engine = open_engine(tmp_path)
        engine.ensure()
        engine.upsert([replace(document, key=f"UW-PAS-{number:05d}")])
        engine.commit()
        engine.close()
    engine.refresh()

    assert engine.count() == 1_000
    assert engine.stats()["segments"] < 10
    assert engine.stats()["bytes"] < 3 * before


def test_merges_wait_for_publications(tmp_path: Path) -> None:
    document = build(ServiceSource(card=catalogue.CHILD, sha256="0" * 64, sequence=1))
    engine = open_engine(tmp_path)
    engine.ensure()
    engine.upsert([document])
    merging = [thread for thread in THREADS.glob("*") if (thread / "comm").read_text().startswith(MERGING)]
    priorities = {os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in merging}
    engine.close()

    assert priorities == {LOWEST_PRIORITY}
    assert os.getpriority(os.PRIO_PROCESS, 0) == 0


def test_a_reopened_engine_reads_on_while_the_one_before_stays_where_it_was(tmp_path: Path) -> None:
    document = build(ServiceSource(card=catalogue.CHILD, sha256="0" * 64, sequence=1))
    writing = open_engine(tmp_path)
    writing.ensure()
    writing.upsert([document])
    writing.commit()
    reading = open_engine(tmp_path)
    reading.ensure()
    writing.upsert([replace(document, key="UW-PAS-999")])
    writing.commit()
    later = reading.reopened()
    writing.close()

    assert (reading.count(), later.count()) == (1, 2)
    assert reading.document("UW-PAS-999") is None
    assert later.document("UW-PAS-999") is not None
