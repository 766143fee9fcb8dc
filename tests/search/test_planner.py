from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.analysis import words
from search.forms import FormIndex, collect, write_segment
from search.planner import EXACT, FOLDED, FOLDED_OF_KNOWN_WORD, FUZZY, Clause, Planner

FREQUENCIES = {
    "zaświadczenie": 40, "zaświadczyć": 40, "zaswiadczenie": 1, "paszport": 5, "żądanie": 3, "zadanie": 2, "pit37": 1,
    "pit-37": 1, "dziecko": 9, "rejestracja": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Planner:
    path = tmp_path_factory.mktemp("planner") / "forms.bin"
    write_segment(path, collect(FREQUENCIES, FREQUENCIES))
    return Planner(
        forms=FormIndex([path]),
        frequency=lambda lemma: FREQUENCIES.get(lemma, 0),
        occurs=lambda lemma: lemma in FREQUENCIES,
        documents=100,
    )


def clause(planner: Planner, word: str) -> Clause:
    (found,) = planner.plan(word).clauses
    return found


def test_a_known_word_has_its_lemma_and_its_surface(planner: Planner) -> None:
    found = {(item.kind, item.term): item.weight for item in clause(planner, "paszportów").evidence}

    assert found == {("exact", "paszportów"): EXACT, ("lemma", "paszport"): 1.0}


def test_any_form_without_diacritics_is_no_typing_error(planner: Planner) -> None:
    plan = planner.plan("zaswiadczeniom")

    assert plan.clauses[0].lemmas()["zaświadczenie"] == FOLDED
    assert plan.did_you_mean == ""


def test_a_dictionary_word_may_stand_for_one_with_diacritics(planner: Planner) -> None:
    found = clause(planner, "zadania").lemmas()

    assert found["zadanie"] > found["żądanie"]
    assert found["żądanie"] == FOLDED_OF_KNOWN_WORD


def test_a_word_typed_with_diacritics_means_itself(planner: Planner) -> None:
    assert "zadanie" not in clause(planner, "żądania").lemmas()


@pytest.mark.parametrize(("typed", "lemma", "edits"), [("paszprot", "paszport", 1), ("rejstarcja", "rejestracja", 2)])
def test_a_mistyped_word_leads_to_the_nearest(planner: Planner, typed: str, lemma: str, edits: int) -> None:
    plan = planner.plan(typed)

    assert plan.clauses[0].lemmas()[lemma] == pytest.approx(FUZZY[edits])
    assert plan.did_you_mean == lemma


def test_a_rare_misspelling_weighs_as_much_as_its_rarity_allows(planner: Planner) -> None:
    found = clause(planner, "zaswiadczenie")

    assert found.lemmas()["zaświadczenie"] == FOLDED
    assert found.lemmas()["zaswiadczenie"] < 0.3
    assert found.rarity == clause(planner, "zaświadczenie").rarity


@pytest.mark.parametrize("typed", ["pit 37", "pit-37", "PIT 37"])
def test_a_code_in_two_words_is_one_clause(planner: Planner, typed: str) -> None:
    assert {"pit-37", "pit37"} <= clause(planner, typed).lemmas().keys()


def test_words_without_meaning_are_left_out_unless_nothing_else_is_there(planner: Planner) -> None:
    assert [found.word for found in planner.plan("dla dziecka").clauses] == ["dziecka"]
    assert [found.word for found in planner.plan("dla").clauses] == ["dla"]


def test_a_long_query_is_cut(planner: Planner) -> None:
    assert len(planner.plan("paszport " * 100).clauses) <= 24


def test_every_word_of_a_text_is_a_clause_of_its_own(planner: Planner) -> None:
    assert len(planner.plan("paszport dziecka").clauses) == len(words("paszport dziecka"))


def test_an_empty_plan_lists_everything_and_one_without_words_nothing(planner: Planner, tmp_path: Path) -> None:
    assert planner.plan("  ").lists_everything
    assert not planner.plan("!!!").lists_everything


@pytest.mark.parametrize(
    ("documents", "frequencies", "finding"),
    [
        (100_000, {"paszport": 2_000, "dziecko": 30_000}, (0,)),  # a common word only orders
        (100_000, {"paszport": 900, "dziecko": 30_000}, None),  # the other word finds too little
        (100_000, {"paszport": 20_000, "dziecko": 30_000}, None),  # nothing but common words
        (100_000, {"paszport": 2_000, "dziecko": 2_000}, None),  # no common word
        (700, {"paszport": 30, "dziecko": 300}, None),  # a small catalogue: every word finds
    ],
)
def test_a_common_word_finds_nothing_by_itself_when_other_words_find_enough(
    planner: Planner, documents: int, frequencies: dict[str, int], finding: tuple[int, ...] | None
) -> None:
    larger = replace(planner, documents=documents, frequency=lambda lemma: frequencies.get(lemma, 0))

    assert larger.plan("paszport dziecko").finding == finding
