"""Uncertain places read as an author would say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.uncertain_places import PLACES, in_words, listed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("legal_basis", "podstawa prawna"),
        ("legal_basis – numery art. 16a–16d", "podstawa prawna – numery art. 16a–16d"),
        ("fees: sprawdzić stawkę", "opłaty: sprawdzić stawkę"),
        ("documents[6] – czy oryginał", "dokumenty (pozycja 7) – czy oryginał"),
        ("client_deadlines[2].valid_from", "terminy dla klienta (pozycja 3)"),
        ("governance.valid_from – data", "obowiązuje od – data"),
        ("KRS art. 20d – numer", "KRS art. 20d – numer"),
        ("opłaty – kwota za kopię", "opłaty – kwota za kopię"),
    ],
)
def test_a_place_is_named_in_words(line: str, said: str) -> None:
    assert in_words(line) == said


def test_all_places_stand_in_one_list() -> None:
    assert listed(["fees", " ", "who – do potwierdzenia"]) == "opłaty, kto – do potwierdzenia"


@given(st.sampled_from(sorted(PLACES)), st.text(alphabet="aąć 1.,;–", max_size=20))
def test_naming_twice_changes_nothing_and_keeps_the_reason(field: str, reason: str) -> None:
    said = in_words(f"{field} – {reason}")
    assert in_words(said) == said
    assert said.removeprefix(PLACES[field]) == f" – {reason}".rstrip()
    assert "_" not in said
