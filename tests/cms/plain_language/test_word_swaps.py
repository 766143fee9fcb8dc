"""Word swaps: the list of the program, inflected forms, and lists given from outside."""

from __future__ import annotations

import pytest

from cms.plain_language.morphology import SimplemmaMorphology
from cms.plain_language.word_swaps import Swap, SwapListError, find_swaps, read_swaps, standing_swaps


@pytest.mark.parametrize("swap", standing_swaps(), ids=lambda swap: swap.phrase)
def test_every_phrase_of_the_list_is_found_as_it_stands(swap: Swap) -> None:
    text = swap.phrase.replace("#", "14").replace("*", "nim")
    for morphology in (None, SimplemmaMorphology()):
        assert [proposal.quotation for proposal in find_swaps(text, morphology=morphology)] == [text]


@pytest.mark.parametrize(
    ("text", "quotation", "proposal"),
    [
        ("Wezwano do tutejszego organu.", "tutejszego organu", "urząd"),
        ("Po uiszczeniu opłaty skarbowej.", "uiszczeniu opłaty", "zapłacić"),
        ("Trzeba dokonać wpłaty.", "dokonać wpłaty", "wpłacić"),
        ("Są zobowiązani do zapłaty.", "Są zobowiązani", "musi"),
        ("Nie uzupełniono braków formalnych wniosku.", "braków formalnych wniosku", "błędy we wniosku"),
        ("Złóż w terminie 30 dni od dnia zakupu.", "w terminie 30 dni od dnia", "masz 30 dni"),
        ("Wniosek pozostawiono bez rozpoznania.", "pozostawiono bez rozpoznania", "nie zająć się wnioskiem"),
        ("Wnioskodawcy czekają.", "Wnioskodawcy", "ty"),
    ],
)
def test_inflected_forms_are_found(text: str, quotation: str, proposal: str) -> None:
    found = find_swaps(text)
    assert [(item.quotation, item.proposal) for item in found] == [(quotation, proposal)]
    assert text[found[0].start : found[0].end] == quotation


def test_everyday_words_are_left_alone() -> None:
    assert not find_swaps("Złóż wniosek w urzędzie. Jest otwarty. Masz 14 dni. Używaj e-Doręczeń.")


def test_a_phrase_does_not_run_over_the_end_of_a_sentence() -> None:
    assert not find_swaps("Minął okres. Czasu nie ma.")


def test_the_list_can_come_from_elsewhere() -> None:
    found = find_swaps("Dokument przechowuje petent.", swaps=[Swap("petent", "klient")])
    assert [item.message for item in found] == ["Zamiast „petent” napisz „klient”."]
    assert not find_swaps("Niezwłocznie.", swaps=[])


def test_a_swap_without_proposal_says_to_leave_the_phrase_out() -> None:
    assert find_swaps("Jednocześnie informujemy o tym.")[0].message.startswith(
        "Zamiast „Jednocześnie informujemy” pomiń"
    )


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "nagłówka"),
        ("zwrot\tpropozycja\tuwaga\na\tb", "Wiersz 2 listy zamian ma 2 kolumn"),
        ("zwrot\tpropozycja\tuwaga\na\tb\t\nA\tc\t", "Wiersz 3 listy zamian: zwrot „A” już jest"),
        ("zwrot\tpropozycja\tuwaga\n!\tb\t", "od 1 do 12 słów"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(table: str, reason: str) -> None:
    with pytest.raises(SwapListError, match=reason):
        read_swaps(table)
