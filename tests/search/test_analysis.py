from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import MorfeuszLemmatiser, SimplemmaLemmatiser


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Świadczenie 800+ na dziecko", ["świadczenie", "800+", "na", "dziecko"]),
        ("500 plus", ["500+"]),
        ("PIT-37, PB-16a i SD-Z2", ["pit-37", "pb-16a", "i", "sd-z2"]),
        ("usługowo-handlowy", ["usługowo", "handlowy"]),
        ("„Karta” (nowa)/stara…", ["karta", "nowa", "stara"]),
        ("!!! --- +", []),
    ],
)
def test_tokens_keep_codes_whole_and_drop_the_rest(text: str, expected: list[str]) -> None:
    assert analysis.tokens(text) == expected


def test_composed_and_decomposed_text_are_the_same_words() -> None:
    decomposed = unicodedata.normalize("NFD", "ŻÓŁĆ źrebię")

    assert analysis.words(decomposed) == analysis.words("żółć źrebię")


def test_all_lemmas_of_a_form_stand_together() -> None:
    assert analysis.word("zaświadczenie").lemmas == ("zaświadczenie", "zaświadczyć")
    assert analysis.word("paszportów").lemmas == ("paszport",)
    assert analysis.word("niezaleganiu").lemmas == ("zalegać",)


def test_an_unknown_word_is_its_own_lemma() -> None:
    unknown = analysis.word("paszprot")

    assert (unknown.lemmas, unknown.known) == (("paszprot",), False)


def test_a_code_is_found_without_its_hyphen() -> None:
    assert "pit37" in analysis.word("pit-37").lemmas
    assert "800" in analysis.word("800+").lemmas


@pytest.mark.parametrize(
    ("text", "expected"), [("Zażółć GĘŚLĄ jaźń", "zazolc gesla jazn"), ("Łódź", "lodz"), ("Škoda é", "skoda e")]
)
def test_folding_drops_diacritics(text: str, expected: str) -> None:
    assert analysis.folded(text) == expected


@given(st.text(max_size=80))
def test_any_text_can_be_analysed(text: str) -> None:
    for word in analysis.words(text):
        assert word.lemmas
        assert " " not in word.surface
        assert len(word.surface) <= analysis.LONGEST_TOKEN


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert analysis.folded(analysis.folded(text)) == analysis.folded(text)


def test_the_fallback_finds_lemmas_too() -> None:
    fallback = SimplemmaLemmatiser()

    assert fallback.lemmas("paszportów") == ("paszport",)
    assert fallback.lemmas("xyzabc") == ()
    assert fallback.forms("paszport") == ()


def test_morfeusz_gives_whole_paradigms() -> None:
    assert {"paszportem", "paszporcie", "paszportami"} <= set(MorfeuszLemmatiser().forms("paszport"))


def test_the_version_names_the_lemmatiser_and_changes_with_it() -> None:
    without_morfeusz = (
        "import sys; sys.modules['morfeusz2'] = None; from search import analysis;"
        "print(analysis.ANALYSIS_VERSION, analysis.LEMMATISER.__name__)"
    )
    printed = subprocess.run([sys.executable, "-c", without_morfeusz], capture_output=True, text=True, check=True)

    assert analysis.ANALYSIS_VERSION.endswith("-morfeusz2")
    assert printed.stdout.split() == [
        analysis.ANALYSIS_VERSION.replace("morfeusz2", "simplemma"),
        "SimplemmaLemmatiser",
    ]
