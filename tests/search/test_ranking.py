from __future__ import annotations

import pytest

from search.documents import SearchDocument, ServiceSource, build
from search.engines.protocol import Candidate, StoredDocument
from search.planner import Clause, Evidence, Plan
from search.ranking import RERANKED, matched_fields, rank
from tests.search import catalogue


def document(symbol: str, title: str, summary: str = "Opis.") -> SearchDocument:
    card = catalogue.card(symbol, title, summary, catalogue.TAXES)
    return build(ServiceSource(card=card, sha256="0" * 64, sequence=1))


def candidate(found: SearchDocument, score: float) -> Candidate:
    return Candidate(StoredDocument(found.key, 1, found.source_hash, found.teaser, found.numbers), score)


def plan(*lemmas: str) -> Plan:
    clauses = tuple(Clause(lemma, (Evidence("lemma", lemma, 1.0, "lemma"),), 2.0) for lemma in lemmas)
    return Plan(" ".join(lemmas), clauses)


def test_the_score_of_the_engine_counts_by_the_share_of_satisfied_words() -> None:
    both, one = document("US-AAA-001", "Opłata za psa"), document("US-AAA-002", "Opłata za kota")
    ranked = {
        item.candidate.stored.key: item
        for item in rank(plan("opłata", "pies"), [candidate(one, 10), candidate(both, 10)])
    }

    assert (ranked["US-AAA-001"].coverage, ranked["US-AAA-001"].stage_one) == (1.0, 10.0)
    assert ranked["US-AAA-002"].coverage == 0.5
    assert ranked["US-AAA-002"].stage_one == pytest.approx(6.0)


def test_a_word_in_the_title_outranks_one_in_the_summary() -> None:
    title, summary = document("US-AAA-001", "Pies"), document("US-AAA-002", "Zwierzę", "Masz psa.")
    ranked = rank(plan("pies"), [candidate(summary, 1), candidate(title, 1)])

    assert [item.candidate.stored.key for item in ranked] == ["US-AAA-001", "US-AAA-002"]


def test_equal_scores_are_ordered_by_key() -> None:
    same = [candidate(document(f"US-AAA-00{number}", "Pies"), 1) for number in (3, 1, 2)]

    assert [item.candidate.stored.key[-1] for item in rank(plan("pies"), same)] == ["1", "2", "3"]


def test_only_the_first_candidates_change_their_order() -> None:
    weak = candidate(document("US-AAA-001", "Kot"), 1)
    strong = candidate(document("US-AAA-002", "Pies"), 1)
    ranked = rank(plan("pies"), [weak] * RERANKED + [strong])

    assert ranked[-1].candidate is strong


def test_matched_fields_name_where_the_words_stand() -> None:
    found = document("US-AAA-001", "Pies", "Masz kota.")

    assert matched_fields(plan("kot"), candidate(found, 1).stored) == ("summary",)
    assert matched_fields(plan("pies"), candidate(found, 1).stored)[0] == "title"
    assert matched_fields(plan("koń"), candidate(found, 1).stored) == ()
