from __future__ import annotations

import json
import math
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import quality
from search.judged_register import fill, from_register
from search.models import JudgedQueryEntry
from search.quality import JudgedQuery

CARDS: list[dict[str, Any]] = [
    {"id": "a", "title": "Paszport dla dziecka", "summary": "Wyrobisz paszport.", "body": "", "keywords": ["dokument"]},
    {"id": "b", "title": "Pozwolenie na broń", "summary": "Egzamin i badania.", "body": "Komenda."},
]
JUDGEMENTS: list[dict[str, Any]] = [
    {"qid": "1", "query": "paszportu dla dzieci", "qrels": {"a": 3}, "tags": ["clean"]},
    {"qid": "2", "query": "pozwolenie na bron", "qrels": {"b": 2}, "tags": ["no_diacritics"]},
    {"qid": "3", "query": "kombajn", "qrels": {"b": 1}, "tags": ["clean"]},
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_gain_is_discounted_by_rank() -> None:
    assert quality.ndcg(["x", "a"], {"a": 3}) == pytest.approx(1 / math.log2(3))
    assert quality.ndcg(["a", "b"], {"a": 3, "b": 1}) == 1.0
    assert quality.reciprocal_rank(["x", "a"], {"a": 1}) == 0.5
    assert quality.recall(["a"], {"a": 3, "b": 2, "c": 1}) == 0.5


def test_own_corpus_and_judgements_give_the_figures_as_json(tmp_path: Path) -> None:
    cards, judgements = written(tmp_path / "c.jsonl", CARDS), written(tmp_path / "j.jsonl", JUDGEMENTS)
    out = StringIO()
    call_command("search_quality", cards=cards, judgements=judgements, json=True, stdout=out)
    printed = json.loads(out.getvalue())

    assert list(printed) == ["ndcg10", "mrr", "recall10", "fail10", "zero", "p50_ms", "p95_ms", "tags"]
    assert (printed["fail10"], printed["zero"]) == (pytest.approx(1 / 3, abs=1e-3), pytest.approx(1 / 3, abs=1e-3))
    assert printed["tags"]["no_diacritics"]["ndcg10"] == 1.0


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    cards = written(tmp_path / "c.jsonl", CARDS)
    judgements = written(tmp_path / "j.jsonl", [*JUDGEMENTS, {"qid": "4"}])

    with pytest.raises(CommandError, match="wiersz 4"):
        call_command("search_quality", cards=cards, judgements=judgements)


def test_the_own_set_has_two_parts_of_at_least_a_hundred() -> None:
    judged = quality.read_judgements(quality.SHIPPED)
    parts = [sum(query.part == part for query in judged) for part in quality.PARTS]

    assert min(parts) >= 100
    assert len({query.qid for query in judged}) == len(judged)


@pytest.mark.django_db
def test_the_register_holds_the_shipped_set_and_what_editors_made_of_it() -> None:
    call_command("load_judged_queries", verbosity=0)
    shipped = {query.qid: query for query in quality.read_judgements(quality.SHIPPED)}
    assert {query.qid: query for query in from_register()} == shipped
    assert len(shipped) >= 200

    entry = JudgedQueryEntry.objects.get(qid="q001")
    entry.query = "paszport na już"
    entry.save()
    JudgedQueryEntry.objects.get(qid="q002").delete()
    call_command("load_judged_queries", verbosity=0)
    kept = {query.qid: query for query in from_register()}
    assert kept["q001"].query == "paszport na już"
    assert "q002" not in kept
    call_command("load_judged_queries", again=True, verbosity=0)
    assert {query.qid for query in from_register()} == set(shipped)


@pytest.mark.usefixtures("indexed")
def test_without_files_the_register_is_measured_and_both_halves_are_reported() -> None:
    fill(
        [
            JudgedQuery(
                qid="a", query="paszport dla dziecka", grades={"UW-PAS-002": 3}, tags=("clean",), part="tuning"
            ),
            JudgedQuery(qid="b", query="pozwolenie na broń", grades={"UW-PAS-002": 3}, part="held_out"),
        ]
    )
    out = StringIO()
    call_command("search_quality", json=True, stdout=out)
    found = json.loads(out.getvalue())

    assert list(found) == ["ndcg10", "mrr", "recall10", "fail10", "zero", "p50_ms", "p95_ms", "tags"]
    assert (found["tags"]["tuning"]["ndcg10"], found["tags"]["held_out"]["ndcg10"]) == (1.0, 0.0)
    assert found["tags"]["clean"]["mrr"] == 1.0
    assert found["fail10"] == 0.5
    printed = StringIO()
    call_command("search_quality", stdout=printed)
    assert {"tuning", "held_out"} <= {line.split()[0] for line in printed.getvalue().splitlines()}


@pytest.mark.usefixtures("indexed")
def test_an_empty_register_says_how_to_fill_it() -> None:
    with pytest.raises(CommandError, match="load_judged_queries"):
        call_command("search_quality")


def test_elasticsearch_without_an_address_is_refused(tmp_path: Path) -> None:
    cards, judged = tmp_path / "cards.jsonl", tmp_path / "judged.jsonl"
    cards.write_text('{"id": "a", "title": "Paszport"}\n', encoding="utf-8")
    judged.write_text('{"qid": "1", "query": "paszport", "qrels": {"a": 3}}\n', encoding="utf-8")
    with pytest.raises(CommandError, match="SEARCH_URL"):
        call_command("search_quality", cards=cards, judgements=judged, engine="elasticsearch")
