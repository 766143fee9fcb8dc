from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis, synonyms
from search.forms import FormIndex, FormSegment, collect, segment_bytes
from search.phrases import Target
from search.planner import Planner
from search.spelling import MOST_RESTORED, restored
from search.synonyms import SHIPPED_SYNONYMS, Synonym, read_synonyms

FREQUENCIES = {
    "zaświadczenie": 40, "dowód": 60, "dochód": 12, "pit": 9, "karta": 30, "pobyt": 20, "broń": 9, "myśliwy": 2,
    "paszport": 20, "sanepidowska": 2, "książeczka": 3, "pot": 4, "trawa": 30, "prawo": 5, "jazda": 4,
}  # fmt: skip
TOGETHER = {frozenset({"prawo", "jazda"}): 3}


def planner(frequencies: Mapping[str, int] = FREQUENCIES, *found: Synonym) -> Planner:
    segment = FormSegment(Path("formy"), segment_bytes(collect(frequencies, frequencies)))
    return Planner(
        forms=FormIndex.of([segment]),
        frequency=lambda lemma: frequencies.get(lemma, 0),
        occurs=lambda lemma: lemma in frequencies,
        documents=100,
        vocabulary=synonyms.compiled(found, []),
        together=lambda first, second: TOGETHER.get(frozenset({first, second}), 0),
    )


PLANNER = planner()


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [
        ("pitem", "pit"),
        ("pitu", "pit"),
        ("PIT-em", "pit"),
        ("sanepidowskie", "sanepidowska"),
        ("mysliwska", "myśliwski"),
        ("zaswiadczeniami", "zaświadczenie"),
    ],
)
def test_a_right_form_is_understood_and_not_corrected(typed: str, lemma: str) -> None:
    plan = PLANNER.plan(f"{typed} paszport")

    assert lemma in plan.clauses[0].lemmas()
    assert plan.did_you_mean == ""


def test_the_form_that_sounds_alike_is_meant_before_a_commoner_one() -> None:
    assert PLANNER.plan("dohodach").did_you_mean == "dochodach"


def test_the_form_that_stands_beside_the_other_words_is_meant_before_a_commoner_one() -> None:
    assert PLANNER.plan("xrawa").did_you_mean == "trawa"
    assert PLANNER.plan("xrawa jazdy").did_you_mean == "prawa jazdy"


@pytest.mark.parametrize(
    ("typed", "right"), [("kartapobytu", "karta pobytu"), ("paszportkarty", "paszport karty"), ("kartaxyz", "")]
)
def test_two_words_typed_as_one_are_told_apart(typed: str, right: str) -> None:
    plan = PLANNER.plan(typed)

    assert plan.did_you_mean == right
    assert len(plan.clauses) == (2 if right else 1)


def test_a_misspelling_of_the_register_is_the_right_word() -> None:
    named = planner(FREQUENCIES | {"pasport": 1}, Synonym("pasport", "błąd pisowni", Target("termin", "paszport")))
    wrong, right = named.plan("pasport"), named.plan("paszport")

    assert wrong.clauses == right.clauses
    assert wrong.did_you_mean == "paszport"


def test_a_misspelling_of_two_words_is_neither() -> None:
    both = [Synonym("poat", "błąd pisowni", Target("termin", target)) for target in ("pot", "pit")]
    assert planner(FREQUENCIES, *both).vocabulary.spellings == {}


def test_a_symbol_may_be_typed_with_spaces() -> None:
    named = planner(FREQUENCIES | {"uw-pas-001": 1, "uwpas001": 1})
    (clause,) = named.plan("uw pas 001").clauses

    assert "uw-pas-001" in clause.lemmas()


def test_a_literal_plan_has_no_typing_errors_and_no_relatives() -> None:
    literal = Planner(
        forms=PLANNER.forms,
        frequency=PLANNER.frequency,
        occurs=PLANNER.occurs,
        documents=100,
        vocabulary=PLANNER.vocabulary,
        literal=True,
    ).plan("paszprot")

    assert "paszport" in PLANNER.plan("paszprot").clauses[0].lemmas()
    assert "paszport" not in literal.clauses[0].lemmas()
    assert literal.did_you_mean == "paszport"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FREQUENCIES)), st.data())
def test_no_form_of_a_dictionary_word_is_ever_corrected(lemma: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(analysis.paradigm(lemma) or [lemma]))

    assert PLANNER.plan(form).did_you_mean == ""
    assert PLANNER.plan(analysis.folded(form)).did_you_mean == ""


def test_spelling_rules_leave_out_no_diacritics_that_polish_words_have() -> None:
    words = {word for each in read_synonyms(SHIPPED_SYNONYMS) for word in analysis.words(each.phrase) if word.known}
    forms = {form for word in words for lemma in word.lemmas for form in analysis.paradigm(lemma) if form[1:].isalpha()}
    marks = {
        form: sum(letter != plain for letter, plain in zip(form, analysis.folded(form), strict=True)) for form in forms
    }
    missed = [
        form
        for form, count in marks.items()
        if 1 <= count <= MOST_RESTORED and form not in set(restored(analysis.folded(form), count))
    ]

    assert len(forms) > 20_000
    assert missed == []
