from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from pytest_django import Settings

from search import generations, indexer
from search.documents import FACETS, SearchDocument, ServiceSource, build
from search.engines import open_engine
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.protocol import EngineUnavailable, Filters
from search.finding import Answer, Question, find
from search.generations import IndexBusy
from search.mirror import Mirror, mirror_of
from search.planner import Clause, Evidence, Plan
from search.verification import differences_on_server
from tests.search import catalogue
from tests.servers.elasticsearch import elasticsearch, search_url
from tests.waiting import until

__all__ = ["elasticsearch", "search_url"]

TODAY = catalogue.TODAY
TOMORROW = TODAY + datetime.timedelta(days=1)
NEW = catalogue.card("US-KAS-001", "Kasa fiskalna w taksówce", "Zgłoś kasę.", catalogue.TAXES)
pytestmark = pytest.mark.django_db


@pytest.fixture
def mirror(settings: Settings, search_url: str, indexed: None) -> Mirror:
    """The small catalogue on the server, and the server chosen."""
    settings.SEARCH_URL = search_url
    found = mirror_of(search_url)
    assert found.rebuild(on=TODAY).written == 9
    return found


def publish_new(*, on: datetime.date = TODAY, **more: Any) -> None:
    catalogue.append(catalogue.proposal(NEW, **more))
    indexer.catch_up(on=on)


def names(answer: Answer) -> list[str]:
    return [hit.key for hit in answer.hits]


def test_answers_come_from_the_server_and_are_those_of_the_embedded_engine(mirror: Mirror, settings: Settings) -> None:
    questions = [
        Question(text="paszprot dla dziecka", facets=True),
        Question(text="papier ze skarbowki", filters={"audience": ("obywatel",)}, facets=True),
        Question(text="paszport", place="1863011", facets=True, limit=2, offset=1),
        Question(filters={"office_type": ("UW",)}, facets=True, limit=50),
        Question(text="🙂"),
        Question(text='"*\\ NEAR( a:b ą́'),
    ]
    # A server that has just started answers its first questions slowly; how fast it answers is not asked here.
    until(lambda: not any(find(one).degraded for one in questions), seconds=60, what="serwer odpowiada w swoim czasie")
    from_server = [find(question) for question in questions]
    settings.SEARCH_URL = ""
    embedded = [find(question) for question in questions]

    assert [answer.degraded for answer in from_server] == [False] * len(questions)
    for one, other in zip(from_server, embedded, strict=True):
        assert (names(one), one.total, one.facets) == (names(other), other.total, other.facets)
        assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=1e-4)


def test_an_edition_a_withdrawal_and_a_day_reach_the_server(mirror: Mirror) -> None:
    publish_new(valid_from=TOMORROW)
    catalogue.append(catalogue.tombstone(catalogue.GUN))
    indexer.catch_up(on=TODAY)
    first = mirror.catch_up(on=TODAY, wait=True)
    gone, not_yet = find(Question(text="pozwolenie na broń")), find(Question(text="kasa fiskalna"))
    indexer.catch_up(on=TOMORROW)
    second = mirror.catch_up(on=TOMORROW, wait=True)
    found = find(Question(text="kasa fiskalna"))

    assert (first.written, first.removed, second.written) == (0, 2, 1)
    assert "KWP-POZ-001" not in names(gone)
    assert "US-KAS-001" not in names(not_yet)
    assert (names(found)[0], found.degraded) == ("US-KAS-001", False)
    assert differences_on_server(mirror.engine(), on=TOMORROW) == []


def test_a_rebuild_swaps_the_alias_and_keeps_the_index_before(mirror: Mirror) -> None:
    alias = mirror.address.alias

    def standing() -> tuple[list[str], list[str]]:
        behind = sorted(mirror.client.indices.get_alias(name=alias).body)
        return behind, sorted(mirror.client.indices.get(index=f"{alias}-g*").body)

    (first,), _ = standing()
    mirror.rebuild(on=TODAY)
    mirror.rebuild(on=TODAY)
    (third,), kept = standing()

    assert "-g000001-" in first
    assert "-g000003-" in third
    assert [name.split("-g")[1][:6] for name in kept] == ["000002", "000003"]


def test_searching_goes_on_during_a_rebuild(mirror: Mirror) -> None:
    stop, answers = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            answers.append(mirror.engine().retrieve(Plan(""), Filters(), 50).total)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(3):
        mirror.rebuild(on=TODAY)
    stop.set()
    asking.join()

    assert len(answers) > 5
    assert set(answers) == {9}


def test_what_is_recorded_during_a_rebuild_is_in_the_new_index(mirror: Mirror) -> None:
    late = iter(["recorded"])

    def record_meanwhile(count: int) -> None:
        if next(late, None):
            catalogue.append(
                catalogue.proposal(NEW), catalogue.tombstone(catalogue.CHILD, valid_from=catalogue.BEGINNING)
            )

    outcome = mirror.rebuild(on=TODAY, progress=record_meanwhile)

    assert outcome.written == 9
    assert differences_on_server(mirror.engine(), on=TODAY) == []


def document_of(title: str, sequence: int) -> SearchDocument:
    card = msgspec.structs.replace(catalogue.GUN, title=title)
    return build(ServiceSource(card=card, sha256="0" * 64, sequence=sequence))


def test_a_writer_that_was_held_up_changes_nothing(mirror: Mirror) -> None:
    ahead = ElasticsearchEngine(mirror.client, mirror.address.alias, version=900)
    behind = ElasticsearchEngine(mirror.client, mirror.address.alias, version=899)
    ahead.upsert([document_of("Nowszy pistolet", 900)])

    assert behind.upsert([document_of("Starszy pistolet", 899)]) == 0
    behind.delete(["KWP-POZ-001"])
    ahead.commit()
    plan = Plan("x", (Clause("nowszy", (Evidence("exact", "nowszy", 1.0, "exact"),), 1.0),))
    assert [found.stored.key for found in ahead.retrieve(plan, Filters(), 9).candidates] == ["KWP-POZ-001"]


def test_pages_of_one_point_in_time_show_one_state(mirror: Mirror) -> None:
    first = find(Question(limit=4, keep_snapshot=True))
    publish_new()
    catalogue.append(catalogue.tombstone(catalogue.CHILD))
    indexer.catch_up(on=TODAY)
    mirror.catch_up(on=TODAY, wait=True)
    pages, seen = [first], names(first)
    while pages[-1].next_offset:
        pages.append(find(Question(limit=4, offset=pages[-1].next_offset, snapshot=first.snapshot, keep_snapshot=True)))
        seen += names(pages[-1])

    assert first.snapshot
    assert not any(page.degraded for page in pages)
    assert len(seen) == len(set(seen)) == 9
    assert "UW-PAS-002" in seen
    assert "US-KAS-001" in names(find(Question(limit=50)))


def test_a_forgotten_point_in_time_shows_the_present_state(mirror: Mirror) -> None:
    snapshot = mirror.engine().snapshot()
    mirror.client.close_point_in_time(id=snapshot)

    found = find(Question(limit=4, offset=4, snapshot=snapshot))
    assert (len(found.hits), found.degraded) == (4, False)


def test_verification_on_the_server_finds_every_kind_of_difference(mirror: Mirror) -> None:
    engine = ElasticsearchEngine(mirror.client, mirror.address.alias, version=900)
    foreign = msgspec.structs.replace(catalogue.GUN, symbol="KWP-OBC-001", key="KWP-OBC-001")
    changed = msgspec.structs.replace(catalogue.ADULT, title="Podmieniony tytuł")
    honest = next(document for document in engine.documents() if document.key == "UW-PAS-001")
    forged = build(ServiceSource(card=changed, sha256="0" * 64, sequence=honest.sequence))
    engine.delete(["KWP-POZ-001"])
    engine.upsert(
        [
            replace(forged, source_hash=honest.source_hash),
            build(ServiceSource(card=foreign, sha256="0" * 64, sequence=1)),
        ]
    )

    assert {(found.key, found.reason) for found in differences_on_server(engine, on=TODAY)} == {
        ("KWP-POZ-001", "brakuje jej w indeksie"),
        ("KWP-OBC-001", "jest w indeksie, a nie obowiązuje w dzienniku"),
        ("UW-PAS-001", "zapis w indeksie nie zgadza się z treścią wydania"),
    }


@pytest.mark.parametrize("loss", ["alias", "index", "progress", "documents"])
def test_a_server_that_lost_something_is_filled_again(mirror: Mirror, loss: str) -> None:
    alias, client = mirror.address.alias, mirror.client
    if loss == "alias":
        client.indices.delete_alias(index="*", name=alias)
    elif loss == "documents":
        ElasticsearchEngine(client, alias, version=900).delete(["UW-PAS-001"])
    else:
        (index,) = [f"{alias}-progress"] if loss == "progress" else client.indices.get_alias(name=alias).body
        client.indices.delete(index=index)

    assert mirror.bring_up(on=TODAY, whole=True).rebuilt is True
    assert differences_on_server(mirror.engine(), on=TODAY) == []
    assert mirror.bring_up(on=TODAY, whole=True).rebuilt is False


def test_a_server_that_is_behind_does_not_answer(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_new()
    monkeypatch.setattr("search.server.GRACE_SECONDS", 0.0)
    behind = find(Question(text="kasa fiskalna"))
    mirror.catch_up(on=TODAY, wait=True)
    caught_up = find(Question(text="kasa fiskalna"))

    assert (names(behind)[0], behind.degraded) == ("US-KAS-001", True)
    assert (names(caught_up)[0], caught_up.degraded) == ("US-KAS-001", False)


def test_only_one_process_writes_to_the_server(mirror: Mirror) -> None:
    with generations.writing(indexer.index_root() / "server"), pytest.raises(IndexBusy, match="Inny proces"):
        mirror.catch_up(on=TODAY)


def test_an_index_that_is_not_ours_is_said_plainly(mirror: Mirror) -> None:
    engine = ElasticsearchEngine(mirror.client, f"{mirror.address.alias}-progress")
    engine.commit()

    with pytest.raises(EngineUnavailable, match=r"odrzucił zapis|nie do odczytania|incomplete|niepełna"):
        list(engine.documents())


def test_facets_and_filters_of_both_engines_agree(mirror: Mirror) -> None:
    generation = generations.current(indexer.index_root())
    assert generation is not None
    embedded = open_engine(generation)
    embedded.ensure()
    filters = [
        Filters(),
        Filters({"audience": ("przedsiębiorca",)}),
        Filters({"topic": ("podatki",), "office_type": ("US",)}),
    ]

    def counts(engine: Any) -> Iterator[Any]:
        for each in filters:
            yield engine.facets(Plan(""), each, FACETS), engine.retrieve(Plan(""), each, 50).total

    assert list(counts(mirror.engine())) == list(counts(embedded))


def test_a_corpus_of_files_is_measured_on_the_server_and_leaves_nothing_behind(
    settings: Settings, search_url: str, tmp_path: Path
) -> None:
    settings.SEARCH_URL = search_url
    cards, judged = tmp_path / "cards.jsonl", tmp_path / "judged.jsonl"
    cards.write_text(
        '{"id": "a", "title": "Paszport dla dziecka", "summary": "Wyrobisz paszport."}\n'
        '{"id": "b", "title": "Pozwolenie na broń", "keywords": ["giwera"]}\n',
        encoding="utf-8",
    )
    judged.write_text(
        '{"qid": "1", "query": "paszprotu dla dziecka", "qrels": {"a": 3}, "tags": ["typo"]}\n'
        '{"qid": "2", "query": "giwery", "qrels": {"b": 2}}\n',
        encoding="utf-8",
    )
    out = StringIO()
    call_command("search_quality", cards=cards, judgements=judged, engine="elasticsearch", json=True, stdout=out)

    found = json.loads(out.getvalue())
    assert (found["ndcg10"], found["zero"], found["tags"]["typo"]["mrr"]) == (1.0, 0.0, 1.0)
    client = mirror_of(search_url).client
    assert not [name for name in client.indices.get(index="*").body if "quality" in name]
