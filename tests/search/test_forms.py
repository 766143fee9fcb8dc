from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search import analysis
from search.damage import IndexDamaged
from search.forms import FormIndex, FormSegment, collect, merged, write_segment

TEXT = "Zaświadczenie o niezaleganiu, paszport, żądanie i zadanie, dziecko, pozwolenie, rejestracja spółki"


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> FormIndex:
    path = tmp_path_factory.mktemp("forms") / "forms.bin"
    words = analysis.words(TEXT)
    write_segment(path, collect((lemma for word in words for lemma in word.lemmas), (word.surface for word in words)))
    return FormIndex([path])


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [
        ("zaswiadczeniami", "zaświadczenie"),
        ("dziecmi", "dziecko"),
        ("spolek", "spółka"),
        ("zadania", "żądanie"),
        ("zadania", "zadanie"),
    ],
)
def test_any_form_without_diacritics_leads_to_the_indexed_lemma(forms: FormIndex, typed: str, lemma: str) -> None:
    assert lemma in forms.lemmas(typed)


def test_a_word_that_is_not_indexed_is_not_found(forms: FormIndex) -> None:
    assert forms.lemmas("kombajn") == ()


@pytest.mark.parametrize(
    ("typed", "meant", "distance"),
    [
        ("paszprot", "paszport", 1),
        ("pszport", "paszport", 1),
        ("paszportt", "paszport", 1),
        ("dziekco", "dziecko", 1),
        ("zaswiadzcenei", "zaświadczenie", 2),
        ("pozwolneei", "pozwolenie", 2),
    ],
)
def test_the_nearest_form_is_what_was_meant(forms: FormIndex, typed: str, meant: str, distance: int) -> None:
    nearest = forms.neighbours(typed)

    assert (meant, distance) in [(near.spelling, near.distance) for near in nearest]
    assert nearest == sorted(nearest, key=lambda near: near.distance)


def test_short_words_are_not_corrected(forms: FormIndex) -> None:
    assert forms.neighbours("paz") == []


def test_two_errors_are_forgiven_in_long_words_only(forms: FormIndex) -> None:
    assert all(near.distance == 1 for near in forms.neighbours("dzeikoc"))


@given(data=st.data())
def test_one_edit_is_always_found(data: st.DataObject, forms: FormIndex) -> None:
    word = data.draw(st.sampled_from(["paszport", "dziecko", "zaswiadczenie", "rejestracja", "pozwolenie"]))
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnoprstuwyz"))
    kind = data.draw(st.sampled_from(["insert", "delete", "replace", "swap"]))
    typed = {
        "insert": word[:place] + letter + word[place:],
        "delete": word[:place] + word[place + 1 :],
        "replace": word[:place] + letter + word[place + 1 :],
        "swap": word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
    }[kind]
    found = {analysis.folded(near.spelling): near.distance for near in forms.neighbours(typed)}

    if typed == word or forms.lemmas(typed):
        return
    assert found.get(word) == OSA.distance(word, typed) == 1


def test_a_new_segment_adds_to_the_first(forms: FormIndex, tmp_path: Path) -> None:
    first, second = tmp_path / "1.bin", tmp_path / "2.bin"
    write_segment(first, collect(["paszport"], []))
    write_segment(second, collect(["kombajn"], []))
    both = FormIndex([first, second])

    assert both.lemmas("kombajnami") == ("kombajn",)
    assert both.lemmas("paszportami") == ("paszport",)


def test_a_segment_can_be_written_again_from_its_own_words(tmp_path: Path) -> None:
    first, second = tmp_path / "1.bin", tmp_path / "2.bin"
    write_segment(first, collect(["spółka"], ["spółek", "xyzabc"]))
    write_segment(second, merged([FormSegment(first).entries()]))

    assert second.read_bytes() == first.read_bytes()


def test_a_cut_segment_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "1.bin"
    write_segment(path, collect(["paszport"], []))
    for length in (0, 20, path.stat().st_size - 1):
        path.write_bytes(path.read_bytes()[:length])
        with pytest.raises(IndexDamaged, match="search_index rebuild"):
            FormIndex([path])


def test_an_empty_segment_answers(tmp_path: Path) -> None:
    write_segment(tmp_path / "0.bin", collect([], []))
    empty = FormIndex([tmp_path / "0.bin"])

    assert empty.lemmas("paszport") == ()
    assert empty.neighbours("paszport") == []
