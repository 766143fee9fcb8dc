from __future__ import annotations

from typing import Any

import pytest

from search.documents import SearchDocument, ServiceSource, build
from search.engines.protocol import Candidate, StoredDocument
from search.planner import Clause, Evidence, Plan
from search.ranking import NEARLY, RERANKED, rank
from tests.search import catalogue


def document(symbol: str, title: str, summary: str = "Opis.", **more: Any) -> SearchDocument:
    card = catalogue.card(symbol, title, summary, catalogue.TAXES, **more)
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


def card(number: int, title: str, summary: str = "Opis.", group: str = "US-AAA") -> Candidate:
    return candidate(document(f"{group}-00{number}", title, summary), 1)


def order(found: list[Candidate], *lemmas: str) -> list[str]:
    return [item.candidate.stored.key for item in rank(plan(*lemmas), found)]


def test_the_general_card_of_the_group_goes_before_one_that_says_no_more_of_the_query() -> None:
    special, general = card(5, "Pies"), card(1, "Pies u weterynarza")

    assert order([special], "pies") + order([general], "pies") == ["US-AAA-005", "US-AAA-001"]
    assert order([special, general], "pies") == ["US-AAA-001", "US-AAA-005"]


@pytest.mark.parametrize(
    ("general", "score", "lemmas"),
    [
        (document("US-AAA-001", "Pies u weterynarza"), 1, ("pies",)),  # of another group
        (document("US-BBB-001", "Pies", "Kot."), 1.1, ("pies", "kot")),  # a word is not in its names
        (document("US-BBB-001", "Pies u weterynarza"), 1.5, ("pies", "weterynarz", "kot")),  # it lacks a word
        (document("US-BBB-001", "Wizyta", everyday=("pies",)), 1.1, ("pies",)),  # its title has no word of the query
    ],
)
def test_any_other_card_stays_behind_although_it_is_near(
    general: SearchDocument, score: float, lemmas: tuple[str, ...]
) -> None:
    names = "Pies i kot" if lemmas[-1:] == ("kot",) and len(lemmas) == 2 else "Pies"
    special = candidate(document("US-BBB-005", names, everyday=lemmas[1:2], who="Masz kota."), 1)
    first, second = rank(plan(*lemmas), [special, candidate(general, score)])

    assert first.candidate is special
    assert NEARLY * first.score < second.score < first.score


def test_only_the_first_candidates_change_their_order() -> None:
    weak = candidate(document("US-AAA-001", "Kot"), 1)
    strong = candidate(document("US-AAA-002", "Pies"), 1)
    ranked = rank(plan("pies"), [weak] * RERANKED + [strong])

    assert ranked[-1].candidate is strong


def test_matched_fields_name_where_the_words_stand() -> None:
    found = candidate(document("US-AAA-001", "Pies", "Masz kota."), 1)

    assert rank(plan("kot"), [found])[0].matched_fields == ("summary",)
    assert rank(plan("pies"), [found])[0].matched_fields[0] == "title"
    assert rank(plan("koń"), [found])[0].matched_fields == ()
