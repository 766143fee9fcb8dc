"""The gate of a whole card."""

from __future__ import annotations

from cms.plain_language.card_gate import CardField, check_card
from cms.plain_language.measures import Counts

PLAIN = "Złóż wniosek w urzędzie. Weź ze sobą dowód. "
HARD = "Przedsiębiorca otrzymuje potwierdzenie dokumentacji. "


def test_the_card_is_the_sum_of_its_fields() -> None:
    report = check_card([CardField("Kto", "Każdy."), CardField("Kroki", "Złóż wniosek.\nZapłać.", is_list=True)])
    assert [field.counts.words for field in report.fields] == [1, 3]
    assert report.counts == sum((field.counts for field in report.fields), Counts())
    assert report.counts.sentences == 3


def test_bands_and_what_they_ask_of_the_author() -> None:
    green = check_card([CardField("Opis", PLAIN * 20)])
    assert (green.band, green.needs_reason, green.blocked, green.unstable) == ("zielony", False, False, False)
    amber = check_card([CardField("Opis", PLAIN * 20 + HARD * 12)])
    assert (amber.band, amber.needs_reason, amber.blocked) == ("bursztynowy", True, False)
    red = check_card([CardField("Opis", HARD * 30)])
    assert (red.band, red.needs_reason, red.blocked) == ("czerwony", False, True)


def test_a_sentence_over_30_words_blocks_a_green_card() -> None:
    report = check_card([CardField("W skrócie", PLAIN * 20), CardField("Kto", "kot " * 31)])
    assert report.band == "zielony"
    assert report.blocked
    assert not report.needs_reason
    assert [label for label, _ in report.blocking] == ["Kto"]


def test_strict_band_goes_by_base_forms() -> None:
    text = "Płacisz pracownikami i ministerstwami. " * 30
    assert check_card([CardField("Opis", text)]).band == "czerwony"
    assert (
        check_card([CardField("Opis", text)], strict=True).counts.fog_strict
        < 12
        < check_card([CardField("Opis", text)]).counts.fog
    )


def test_the_heaviest_sentence_is_named_first_with_its_field() -> None:
    report = check_card([CardField("Opis", PLAIN * 5), CardField("Rada", "Weź dowód. " + HARD)])
    first = report.look_first[0]
    assert (first.label, first.text, first.words, first.hard_words) == ("Rada", HARD.strip(), 4, 4)
    without = check_card([CardField("Opis", PLAIN * 5), CardField("Rada", "Weź dowód.")])
    assert round(report.counts.fog - without.counts.fog, 6) == round(first.weight, 6)


def test_short_cards_are_flagged_and_empty_ones_do_not_fail() -> None:
    assert check_card([CardField("Opis", PLAIN)]).unstable
    empty = check_card([])
    assert (empty.band, empty.look_first, empty.blocked) == ("zielony", (), False)


def test_an_abbreviation_is_named_once_on_a_card_and_not_when_another_field_explains_it() -> None:
    twice = check_card([CardField("Kto", "Klient WIOŚ."), CardField("Kiedy", "Zapytaj WIOŚ.")])
    assert [len(field.hints) for field in twice.fields] == [1, 0]
    explained = check_card([CardField("Kto", "Tłumacz PJM."), CardField("Rada", "Polski język migowy (PJM) to język.")])
    assert [len(field.hints) for field in explained.fields] == [0, 0]


def test_places_are_named_by_item_or_line() -> None:
    report = check_card(
        [CardField("Kroki", "Zapłać.\nWizyta.", is_list=True, role="step"), CardField("Opis", "Tak.\nNiniejszy tekst.")]
    )
    steps, text = report.fields
    assert steps.place_of(steps.hints[0].start) == "pozycja 2"
    assert text.place_of(text.swaps[0].start) == "wiersz 2"
