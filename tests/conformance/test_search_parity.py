"""Both engines over the whole demonstration: equal filters, counts and pages, and hardly a different first hit."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from publication.calendar import today
from search import generations
from search.documents import FACETS
from search.finding import Finder, Question
from search.indexer import index_root, rebuild
from search.mirror import mirror_of
from search.quality import SHIPPED, JudgedQuery, ndcg, read_judgements
from tests.servers.elasticsearch import Node, elasticsearch

__all__ = ["elasticsearch"]

pytestmark = pytest.mark.django_db
Pair = tuple[Finder, Finder]


@pytest.fixture(scope="module")
def finders(django_db_setup: None, django_db_blocker: DjangoDbBlocker, elasticsearch: Node) -> Pair:
    """The same index asked through the embedded engine and through the server."""
    with django_db_blocker.unblock():
        rebuild(on=today())
        mirror = mirror_of(f"{elasticsearch.url}/parity")
        mirror.rebuild(on=today())
    generation = generations.current(index_root())
    state = generations.read_state(generation) if generation else None
    assert generation is not None
    assert state is not None
    embedded = Finder(generation, state, chosen=None)
    return embedded, Finder(generation, state, chosen=mirror.engine())


@pytest.fixture(scope="module")
def judged() -> list[JudgedQuery]:
    """The project's own judged queries."""
    found = list(read_judgements(SHIPPED))
    assert len(found) >= 200
    return found


def test_first_hits_and_quality_agree(finders: Pair, judged: list[JudgedQuery]) -> None:
    results = [
        [[hit.symbol for hit in finder.answer(Question(text=query.query)).hits] for query in judged]
        for finder in finders
    ]
    same = [one[:1] == other[:1] for one, other in zip(*results, strict=True)]
    quality = [
        statistics.mean(ndcg(found, query.grades) for query, found in zip(judged, result, strict=True))
        for result in results
    ]

    assert statistics.mean(same) >= 0.9
    assert abs(quality[0] - quality[1]) <= 0.015


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"office_type": ("UW", "USK")},
        {"audience": ("przedsiębiorca",)},
        {"channel": ("internet",), "free_of_charge": ("tak",)},
    ],
    ids=["none", "types", "audience", "free online"],
)
def test_totals_and_counts_are_equal(finders: Pair, judged: list[JudgedQuery], filters: Any) -> None:
    for text in ["", *(query.query for query in judged[::10])]:
        one, other = (finder.answer(Question(text=text, filters=filters, facets=True)) for finder in finders)
        assert (one.total, one.facets) == (other.total, other.facets), text
        assert set(one.facets) == set(FACETS)


@pytest.mark.parametrize("text", ["", "paszport", "zaświadczenie"])
@pytest.mark.parametrize("place", ["", "1863011"])
def test_pages_hold_the_same_services(finders: Pair, text: str, place: str) -> None:
    def pages(finder: Finder) -> list[str]:
        found: list[str] = []
        offset: int | None = 0
        while offset is not None and offset < 100:
            answer = finder.answer(Question(text=text, place=place, limit=20, offset=offset))
            found += [hit.key for hit in answer.hits]
            offset = answer.next_offset
        return found

    one, other = map(pages, finders)
    assert len(one) == len(set(one))
    if text:
        assert len(set(one) & set(other)) >= 0.97 * len(one)
    else:
        assert one == other
