"""What chat and voice answer: a card that is certain, or nothing that could be taken for an answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from search.finding import Question, find
from search.models import Hint, StopPhrase, SynonymEntry
from tests.search import catalogue

pytestmark = pytest.mark.usefixtures("indexed")


def answer(client: Client, question: str) -> Any:
    response = client.get("/api/v1/answer", {"q": question})
    assert response.status_code == 200, response.content
    return response.json()


def outside(phrase: str, sentence: str, *, is_outside: bool = True, address: str = "") -> None:
    Hint.objects.create(phrase=phrase, sentence=sentence, outside_catalogue=is_outside, address=address)


@pytest.mark.parametrize("question", ["paszport", "ile kosztuje paszport", "paszporty"])
def test_the_name_of_a_group_is_answered_by_its_general_card(client: Client, question: str) -> None:
    StopPhrase.objects.create(phrase="ile kosztuje")
    assert answer(client, question)["key"] == "UW-PAS-001"


def test_the_card_that_tells_every_word_answers(client: Client) -> None:
    assert answer(client, "paszport dla dziecka")["key"] == "UW-PAS-002"
    assert answer(client, "paszport dla dziecka z kosmosu")["no_answer"] is True


def test_a_card_that_only_mentions_a_word_of_its_field_is_no_answer(client: Client) -> None:
    """The word stands in the body of the card alone."""
    assert find(Question(text="szatnia")).total
    assert answer(client, "szatnia")["no_answer"] is True


def test_cards_that_are_nearly_as_good_are_choices_with_symbol_and_title(client: Client) -> None:
    found = answer(client, "zgłoś")

    assert (found["no_answer"], found["key"], found["fee"]) == (True, "", "")
    assert {"symbol": "US-SPA-001", "title": catalogue.INHERITANCE.title} in found["choices"]
    assert {"symbol": "UW-PAS-004", "title": catalogue.LOST.title} in found["choices"]


def test_one_word_is_too_little_for_a_card_that_is_about_more(client: Client) -> None:
    """ "odwiesić działalność" is a name of the card; "odwieszenie" alone may be about anything."""
    assert answer(client, "odwieszenie firmy")["key"] == "US-WZN-001"
    found = answer(client, "odwieszenie")

    assert (found["no_answer"], [choice["symbol"] for choice in found["choices"]]) == (True, ["US-WZN-001"])


def test_what_is_outside_the_catalogue_is_told_by_the_hint_and_never_by_a_card(client: Client) -> None:
    assert answer(client, "wyjazd do Anglii")["key"] == "UW-PAS-001"
    outside("wyjazd", "O wyjazdach mówi biuro podróży.", address="/zdarzenia/")
    found = answer(client, "wyjazd do Anglii")

    assert (found["no_answer"], found["key"], found["choices"]) == (True, "", [])
    assert (found["hint"], found["hint_address"]) == ("O wyjazdach mówi biuro podróży.", "/zdarzenia/")


def test_a_hint_outside_yields_to_a_card_whose_title_has_its_phrase_and_more(client: Client) -> None:
    outside("broń", "Broni nie ma w katalogu.")
    assert answer(client, "broń")["hint"] == "Broni nie ma w katalogu."
    assert answer(client, "pozwolenie na broń")["key"] == "KWP-POZ-001"


def test_a_hint_inside_the_catalogue_answers_only_when_it_is_about_all_that_was_typed(client: Client) -> None:
    outside("dziecko", "Zacznij od zdarzenia życiowego.", is_outside=False)
    assert answer(client, "dziecko")["hint"] == "Zacznij od zdarzenia życiowego."
    assert answer(client, "paszport dla dziecka")["key"] == "UW-PAS-002"


def test_another_word_of_the_dictionary_is_no_typing_error(client: Client) -> None:
    """ "brona" is a harrow: search forgives it as an error for "broń", an answer does not."""
    assert find(Question(text="pozwolenie na bronę")).hits[0].symbol == "KWP-POZ-001"
    assert answer(client, "pozwolenie na bronę")["no_answer"] is True


def test_a_mistyped_word_alone_is_asked_about(client: Client) -> None:
    found = answer(client, "paszprot")

    assert (found["no_answer"], found["did_you_mean"]) == (True, "paszport")


def test_a_mistyped_word_counts_beside_one_typed_rightly_and_the_answer_says_so(client: Client) -> None:
    found = answer(client, "paszprot dla dziecka")

    assert (found["key"], found["did_you_mean"]) == ("UW-PAS-002", "paszport dla dziecka")


def test_a_word_that_leads_to_a_service_is_its_name(client: Client) -> None:
    SynonymEntry.objects.create(phrase="giwera dziadka", target_kind="usługa", target="KWP-POZ-001")
    assert answer(client, "giwera po dziadku")["key"] == "KWP-POZ-001"
