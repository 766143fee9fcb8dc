from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from search.highlighting import SNIPPET, Highlighter
from search.planner import Clause, Evidence, Plan

PLAN = Plan("paszport", (Clause("paszprot", (Evidence("lemma", "paszport", 0.8, "fuzzy"),), 1.0),))


def test_all_forms_of_the_meant_word_are_marked() -> None:
    marked = Highlighter(PLAN).marked("Paszporty, paszportem i PASZPORT; nie: dowód")

    assert marked == "<mark>Paszporty</mark>, <mark>paszportem</mark> i <mark>PASZPORT</mark>; nie: dowód"


def test_a_long_text_is_cut_around_the_found_word() -> None:
    snippet = Highlighter(PLAN).snippet("słowo " * 100 + "paszport " + "koniec " * 100)

    assert snippet.startswith("…słowo")
    assert "<mark>paszport</mark>" in snippet
    assert snippet.endswith("koniec…")


def test_a_long_text_without_the_word_shows_its_beginning() -> None:
    assert Highlighter(PLAN).snippet("Początek " + "słowo " * 100).startswith("Początek słowo")


@given(text=st.text(max_size=600))
def test_a_snippet_is_a_part_of_the_text_with_marks_only(text: str) -> None:
    snippet = Highlighter(PLAN).snippet(text)
    plain = re.sub(r"</?mark>", "", snippet)

    assert "<" not in plain
    assert len(html.unescape(plain)) <= max(SNIPPET, 0) + 2 or len(text) <= SNIPPET
