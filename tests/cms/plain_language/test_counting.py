"""Syllables, words, sentences and what is left out."""

from __future__ import annotations

import pytest

from cms.plain_language.morphology import MorfeuszMorphology, SimplemmaMorphology, is_hard_by_base_form
from cms.plain_language.sentences import read_passage
from cms.plain_language.syllables import is_hard, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("zaświadczenie", 4),
        ("dokumentacja", 5),
        ("województwo", 4),
        ("przedsiębiorca", 4),
        ("niezwłocznie", 3),
        ("Europa", 3),
        ("nauka", 3),
        ("pełnomocnictwo", 5),
        ("e-Doręczenia", 5),
        ("auto", 2),
        ("AUTO", 2),
        ("Żółw", 1),
        ("opinii", 3),
        ("historia", 3),
        ("w", 0),
        ("PKP", 0),
    ],
)
def test_syllables_by_the_counting_rules(word: str, count: int) -> None:
    assert syllables(word) == count


def test_numbers_and_codes_are_never_hard() -> None:
    assert is_hard("zaświadczenie")
    assert not is_hard("aaaa1")


def _sentences(text: str) -> list[str]:
    passage = read_passage(text)
    return [passage.text[sentence.start : sentence.end] for sentence in passage.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Zniżkę mają osoby z art. 21 ustawy.",
        "Złóż wniosek przed końcem 24. miesiąca.",
        "Urząd (np. gmina) działa od godz. 8 do 16.",
        "Zgłoś się do dr. J. Kowalskiego, tj. lekarza.",
        "Spółka z o.o. z Krakowa, m.in. Alfa, płaci.",
        "Obowiązuje od 2026 r. w całym kraju.",
        "Opłata to 5 tys. zł za rok.",
        "Szukasz… sam nie wiesz czego.",
        "Wejdź na gov.pl i wyślij wniosek.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert _sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Złóż wniosek. Zapłać.", 2),
        ("Masz pytanie? zadzwoń!", 2),
        ("Pierwsza rzecz\nDruga rzecz", 2),
        ("Obowiązuje od 2026 r. Zapłać 17 zł. Czekaj.", 3),
        ("Zajmie to 30 min. Potem czekaj.", 2),
        ("Masz prawo jazdy kategorii B. Złóż wniosek.", 2),
        ("Wejdź na gov.pl. Wybierz sprawę.", 2),
        ("Powiedział: „Złóż wniosek.” Potem wyszedł.", 2),
        ("Przyjdź do 15. Potem zamykamy.", 2),
        ("…\n?\n - \n", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: int) -> None:
    assert len(_sentences(text)) == parts


def test_marks_of_a_list_are_no_words() -> None:
    passage = read_passage("1. Złóż wniosek\n- Zapłać\n2) odbierz")
    assert [len(sentence.words) for sentence in passage.sentences] == [2, 1, 1]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Podstawą jest art. 127–129 § 2 pkt 3 lit. a ustawy", "Podstawą jest ustawy"),
        ("Tekst: Dz.U. z 2025 r. poz. 1691 obowiązuje", "Tekst obowiązuje"),
        ("Według ustawy z dnia 14 czerwca 1960 r. płacisz", "Według płacisz"),
        ("Przyjdź na ul. Marszałkowską 3/5, 00-624 Warszawa", "Przyjdź na"),
        ("Pisz: biuro@urzad.gov.pl albo https://gov.pl/a?b=1, AE:PL-12345-ABCDE-12", "Pisz albo"),
        ("Złóż PIT-37 albo AKC-U/S i SD-Z2", "Złóż albo i"),
        ("Cena | 17 zł | gotówka", ""),
        ("Zapłać 17 zł w kasie-banku", "Zapłać 17 zł w kasie-banku"),
    ],
)
def test_citations_addresses_codes_and_tables_are_not_measured(text: str, measured: str) -> None:
    words = [word.text for sentence in read_passage(text).sentences for word in sentence.words if word.measured]
    assert " ".join(words) == measured


def test_letters_with_separate_accents_are_the_same_words() -> None:
    assert [word.text for word in read_passage("wniose\u0301k").sentences[0].words] == ["wniosék"]
    assert [word.text for word in read_passage("za\u00adświad\u200bczenie").sentences[0].words] == ["zaświadczenie"]


@pytest.mark.parametrize(
    ("word", "hard"),
    [
        ("zaświadczenie", True),
        ("niezłożenia", True),
        ("działalności", False),
        ("paszportowego", True),
        ("urzędowego", True),
        ("pracownikami", False),
        ("obywatele", True),
        ("e-doręczenia", True),
        ("abrakadabra", True),
    ],
)
def test_strict_hardness_goes_by_the_base_form(word: str, hard: bool) -> None:
    assert is_hard_by_base_form(word, MorfeuszMorphology()) is hard


def test_the_fallback_knows_base_forms_as_well() -> None:
    fallback = SimplemmaMorphology()
    assert not is_hard_by_base_form("pracownikami", fallback)
    assert is_hard_by_base_form("województwem", fallback)
