"""The language gate of a card, hints while typing, word swaps and simpler examples."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.plain_language.word_swaps import standing_swaps
from service_catalog.editor.examples import simpler_example
from service_catalog.editor.hints import MOST_SHOWN, hints_on_text
from service_catalog.editor.swaps import current_swaps, load_standing_swaps
from service_catalog.language import language_gate
from service_catalog.models import ModelCard, OfficeCard, WordSwap
from tests.service_catalog.builders import bring_catalogue

EASY = "Weź dowód i zdjęcie. Przyjdź do urzędu. Zapłać w kasie. Poczekaj na list. Odbierz paszport. "
HARD = "Zaświadczenie przedsiębiorcy dokumentuje prowadzenie działalności gospodarczej województwa. "


@pytest.fixture
def model_card(db: None) -> ModelCard:
    """A model card of the small catalogue."""
    bring_catalogue("uw-rzeszow")
    card: ModelCard = ModelCard.objects.get()
    return card


def gate_with(card: ModelCard, easy: int, hard: int) -> tuple[str, float]:
    card.who = EASY * easy + HARD * hard
    result = language_gate(card)
    return result.colour, result.fog


def test_bands_of_the_whole_card(model_card: ModelCard) -> None:
    colour, fog = gate_with(model_card, 10, 0)
    assert (colour, fog <= 9) == ("green", True)
    seen = {}
    for hard in range(40):
        colour, fog = gate_with(model_card, 10, hard)
        assert colour == ("green" if fog <= 9 else "amber" if fog <= 12 else "red")
        seen[colour] = fog
    assert set(seen) == {"green", "amber", "red"}


def test_a_card_with_few_words_is_judged_by_its_long_sentences_only(model_card: ModelCard) -> None:
    assert gate_with(model_card, 0, 3)[0] == "green"
    model_card.who = " ".join(["słowo"] * 31) + "."
    result = language_gate(model_card)
    assert (result.colour, result.unstable) == ("red", True)
    assert "ponad 30 słów" in result.sentences[0]


def test_amber_and_red_name_the_heaviest_sentences(model_card: ModelCard) -> None:
    model_card.who = EASY * 10 + HARD * 30
    result = language_gate(model_card)
    assert result.colour == "red"
    assert any("Zaświadczenie przedsiębiorcy" in sentence for sentence in result.sentences)
    assert len(result.sentences) <= 6


def test_words_for_staff_and_search_are_not_measured(model_card: ModelCard) -> None:
    before = language_gate(model_card).words
    model_card.transfer = model_card.keywords_official = model_card.official_name = HARD * 20
    assert language_gate(model_card).words == before


def test_an_office_is_judged_by_its_own_words(model_card: ModelCard) -> None:
    card = OfficeCard.objects.get()
    assert language_gate(card).words == 0
    card.pickup = "Odbierz w okienku."
    assert language_gate(card).words == 3


def test_hints_come_with_explanation_and_example() -> None:
    (hint,) = hints_on_text("Decyzja zostanie wydana.", role="text", is_list=False, swaps=())
    assert (hint.name, bool(hint.explanation), bool(hint.instead_of), bool(hint.better)) == (
        "Nie widać, kto działa („zostanie wydany”)", True, True, True,
    )  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_gives_few_hints(text: str) -> None:
    assert len(hints_on_text(text, role="text", is_list=False, swaps=())) <= MOST_SHOWN


@pytest.mark.django_db
def test_the_register_of_swaps_begins_with_the_standing_list_and_is_then_left_alone() -> None:
    assert load_standing_swaps() == len(standing_swaps())
    WordSwap.objects.filter(phrase="niniejszy").delete()
    WordSwap.objects.create(phrase="gzygzak", proposal="prosto")
    assert load_standing_swaps() == 0
    (hint,) = hints_on_text("Idź gzygzakiem.", role="text", is_list=False, swaps=current_swaps())
    assert hint.message == "Zamiast „gzygzakiem” napisz „prosto”."
    assert hints_on_text("Ten niniejszy.", role="text", is_list=False, swaps=current_swaps()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("phrase", ["słowo " * 13, "!!!", "NINIEJSZY"])
def test_a_swap_that_cannot_be_found_is_refused(phrase: str) -> None:
    WordSwap.objects.create(phrase="niniejszy", proposal="ten")
    with pytest.raises(ValidationError):
        WordSwap(phrase=phrase.strip(), proposal="x").full_clean()


def test_the_example_is_the_nearest_easy_passage_of_another_card(model_card: ModelCard) -> None:
    draft = ModelCard(title="Paszport dla dziecka")
    example = simpler_example(draft, "who", "Obywatel polski, który wnioskuje o wydanie dokumentu paszportowego.")
    assert example is None  # "Każdy obywatel polski." is too short to teach anything
    ModelCard.objects.filter(pk=model_card.pk).update(who="Każdy, kto jest obywatelem Polski i ma już 18 lat.")
    example = simpler_example(draft, "who", "Obywatel polski, który wnioskuje o wydanie dokumentu paszportowego.")
    assert example is not None
    assert (example.text, example.address) == (
        "Każdy, kto jest obywatelem Polski i ma już 18 lat.",
        "/karta/UW-PAS-001/",
    )
    assert simpler_example(model_card, "who", "Każdy.") is None
    assert simpler_example(draft, "nie_ma_takiego", "Każdy.") is None


@pytest.fixture
def central(client: Client, model_card: ModelCard) -> Client:
    """Somebody who may edit every page."""
    client.force_login(User.objects.create_superuser("redakcja", "r@urzad.example", "x"))
    return client


def test_hints_while_typing_are_answered_as_a_fragment(central: Client) -> None:
    answer = central.post(
        "/admin/karty/podpowiedzi/", {"tekst": "W przypadku utraty dowodu idź do gminy.\0", "rola": "text"}
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "<html" not in text
    assert "Jeśli zgubisz dowód, zgłoś to w gminie." in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("form", "status"), [({"rola": "inna"}, 400), ({}, 200), ({"tekst": "ą" * 300_000}, 200)])
def test_bad_questions_are_answered(central: Client, form: dict[str, str], status: int) -> None:
    assert central.post("/admin/karty/podpowiedzi/", form).status_code == status


def test_hints_are_not_for_everybody(client: Client, db: None) -> None:
    assert client.post("/admin/karty/podpowiedzi/", {"tekst": "x"}).status_code == 302
    assert client.get("/admin/karty/podpowiedzi/").status_code in {302, 405}


@pytest.mark.parametrize(
    "address", ["/admin/karty/{0}/przyklad/?pole=slug", "/admin/karty/{1}/braki/", "/admin/karty/9999/braki/"]
)
def test_unknown_cards_and_fields_are_not_found(central: Client, model_card: ModelCard, address: str) -> None:
    assert central.get(address.format(model_card.pk, model_card.get_parent().pk)).status_code == 404


def test_the_counter_is_answered_for_the_newest_version(central: Client, model_card: ModelCard) -> None:
    model_card.who = ""
    model_card.next_review = None
    model_card.save_revision(clean=False)
    text = central.get(f"/admin/karty/{model_card.pk}/braki/").content.decode()
    assert "Brakuje 2 z 28 odpowiedzi" in text
    assert 'data-goto="who"' in text


def test_the_help_page_explains_every_rule(central: Client) -> None:
    load_standing_swaps()
    text = central.get("/admin/karty/prosty-jezyk/").content.decode()
    assert "Słowo na -ąc albo -wszy" in text
    assert "niezwłocznie" in text
