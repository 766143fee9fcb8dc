"""What keeps a card from being published: each reason alone, and nothing for a whole card."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from publication.models import Edition
from service_catalog.authoring.publishing import record_model_cards
from service_catalog.completeness import (
    PLACEHOLDERS,
    Obstacle,
    missing_answers,
    publication_obstacles,
    required_answers,
)
from service_catalog.models import (
    CardForm,
    FormFamily,
    FormVersion,
    LegalAct,
    LinkCheck,
    ModelCard,
    OfficeCard,
    OfficePage,
    OfficePrice,
)
from tests.service_catalog.builders import CAUSE, MOMENT, bring_catalogue

ON = datetime.date(2026, 3, 2)


@pytest.fixture
def model_card(db: None) -> ModelCard:
    """A model card with every required answer."""
    bring_catalogue("uw-rzeszow")
    card: ModelCard = ModelCard.objects.get()
    card.next_review = datetime.date(2027, 1, 1)
    assert publication_obstacles(card, on=ON) == []
    return card


@pytest.fixture
def office_card(db: None) -> OfficeCard:
    """An office card with every required answer."""
    bring_catalogue("uw-rzeszow")
    card: OfficeCard = OfficeCard.objects.get()
    office = OfficePage.objects.get()
    card.service_point, card.responsible_unit = office.service_points.first(), office.units.first()
    card.contact_room = "12"
    card.prices.add(OfficePrice(code="kopia", amount=5))
    assert publication_obstacles(card, on=ON) == []
    return card


def found(card: ModelCard | OfficeCard) -> list[tuple[str, str]]:
    return [(one.field, one.kind) for one in publication_obstacles(card, on=ON)]


EMPTIED: dict[str, Callable[[Any], object]] = {
    "who": lambda card: setattr(card, "who", " "),
    "when": lambda card: setattr(card, "when", ""),
    "channels": lambda card: setattr(card, "channels", []),
    "documents": lambda card: setattr(card, "documents", []),
    "handling_times": lambda card: setattr(card, "handling_times", []),
    "outcome_text": lambda card: setattr(card, "outcome_text", ""),
    "appeals": lambda card: setattr(card, "appeals", []),
    "steps": lambda card: setattr(card, "steps", []),
    "legal_bases": lambda card: setattr(card, "legal_bases", []),
    "special_needs": lambda card: setattr(card, "special_needs", []),
    "keywords_everyday": lambda card: setattr(card, "keywords_everyday", "jedno\ndwa"),
    "consultant_answer": lambda card: setattr(card, "consultant_answer", ""),
    "next_review": lambda card: setattr(card, "next_review", None),
    "group": lambda card: setattr(card, "group_id", None),
}


@pytest.mark.parametrize("field", EMPTIED)
def test_a_missing_answer_is_named_with_its_field(model_card: ModelCard, field: str) -> None:
    before = len(required_answers(model_card, on=ON))
    EMPTIED[field](model_card)
    assert (field, "missing") in found(model_card)
    assert [name for name, _, _ in missing_answers(model_card, on=ON)] == [field]
    assert len(required_answers(model_card, on=ON)) == before


def test_a_fee_without_amount_and_words_is_no_answer(model_card: ModelCard) -> None:
    fee = model_card.fees.first()
    fee.amount = None
    model_card.fees = [fee]
    assert ("fees", "missing") in found(model_card)
    model_card.fees = []
    assert found(model_card) == []  # the page says: nothing to pay


def test_an_online_channel_needs_its_address(model_card: ModelCard) -> None:
    channels = list(model_card.channels.all())
    channels[1].url = ""
    model_card.channels = channels
    assert found(model_card) == [("channels", "missing")]


def test_uncertain_places_block_and_are_named_in_polish(model_card: ModelCard) -> None:
    model_card.uncertain = "legal_basis\nfees: sprawdzić stawkę"
    (obstacle,) = publication_obstacles(model_card, on=ON)
    assert obstacle.kind == "uncertain"
    assert "podstawa prawna, opłaty: sprawdzić stawkę" in obstacle.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Zapłać XX zł.", "Przyjdź do [...].", "Lorem ipsum dolor.", "Pokój ____", "[ … ] i dalej", "[do uzupełnienia]",
        "Kwota: [Uzupełnić po zmianie].", "Pokój (do uzupełnienia)", "Do uzupełnienia", "uzupełnić później", "Stawka: tbd", "…",
        "Pierwszy wiersz.\n...", "Zapłać … zł.", "<wpisz numer>",
    ],
)  # fmt: skip
def test_placeholders_are_found(model_card: ModelCard, text: str) -> None:
    model_card.who = text
    assert found(model_card) == [("who", "placeholder")]


@pytest.mark.parametrize("text", [
    "Dom z XX wieku.", "Zobacz rozdział XX ustawy.", "Rozmiar XXL.", "Weź [numerek].", "Wezwiemy Cię do uzupełnienia braków.",
    "Wniosek możesz uzupełnić na miejscu.", "Uzupełnij braki w 7 dni.", "W tytule (wpisz swoje nazwisko) podaj cel.",
    "Wpisz: „Jan …”.",
])  # fmt: skip
def test_roman_numbers_are_no_placeholders(model_card: ModelCard, text: str) -> None:
    model_card.who = text
    assert found(model_card) == []


@given(st.text(max_size=200))
def test_the_search_for_placeholders_ends_on_any_text(text: str) -> None:
    assert all(match[0] for match in PLACEHOLDERS.finditer(text))


def test_a_repealed_act_blocks_where_it_stands(model_card: ModelCard) -> None:
    LegalAct.objects.update(status=LegalAct.Status.REPEALED)
    assert found(model_card) == [("legal_bases", "repealed")]


def test_a_form_blocks_from_the_day_after_its_last_version(model_card: ModelCard) -> None:
    family = FormFamily(code="PB-1", title="Wniosek")
    family.versions = [FormVersion(version="1", valid_to=ON)]
    family.save()
    model_card.forms = [CardForm(family=family)]
    assert found(model_card) == []
    family.versions = [FormVersion(version="1", valid_to=ON - datetime.timedelta(days=1))]
    family.save()
    assert found(model_card) == [("forms", "expired")]


def test_a_dead_address_blocks_after_three_failures_or_when_it_is_gone(model_card: ModelCard) -> None:
    check = LinkCheck.objects.create(url="https://paszport.example", checked_at=timezone.now(), failures=2)
    assert found(model_card) == []
    LinkCheck.objects.update(failures=3)
    assert found(model_card) == [("channels", "link")]
    LinkCheck.objects.filter(pk=check.pk).update(failures=1, gone=True)
    assert found(model_card) == [("channels", "link")]


def test_a_hard_text_blocks_as_language_only(model_card: ModelCard) -> None:
    model_card.who = " ".join(["słowo"] * 31) + "."
    assert {kind for _, kind in found(model_card)} == {"language"}


def test_a_type_that_ended_blocks(model_card: ModelCard) -> None:
    model_card.office_type.valid_to = ON - datetime.timedelta(days=1)
    assert found(model_card) == [("", "closed")]


def test_an_office_answers_only_what_it_may(office_card: OfficeCard) -> None:
    asked = {one.field for one in required_answers(office_card, on=ON)}
    assert asked == {
        "service_point", "responsible_unit", "contact_phone", "contact_email", "contact_room", "privacy_notice_url",
        "accounts", "prices",
    }  # fmt: skip
    office_card.contact_room = ""
    office_card.responsible_unit = None
    office_card.prices.clear()
    assert [field for field, _ in found(office_card)] == ["responsible_unit", "contact_room", "prices"]


def test_a_closed_unit_blocks(office_card: OfficeCard) -> None:
    assert office_card.responsible_unit is not None
    office_card.responsible_unit.closed = True
    assert found(office_card) == [("responsible_unit", "closed")]


def test_a_missing_account_is_sent_to_the_office_record(office_card: OfficeCard) -> None:
    office = OfficePage.objects.get()
    office.accounts.filter(purpose="opłata skarbowa").delete()
    office.accounts.model.objects.filter(office=office, purpose="opłata skarbowa").delete()
    (obstacle,) = publication_obstacles(office_card, on=ON)
    assert obstacle == Obstacle(
        "accounts", "W danych urzędu nie ma rachunku miasta dla opłaty skarbowej. Dopisz go tam."
    )


def test_faults_of_the_model_stop_an_office_card_only_before_its_first_publication(office_card: OfficeCard) -> None:
    LegalAct.objects.update(status=LegalAct.Status.REPEALED)
    assert found(office_card) == []
    office_card.live = False
    assert found(office_card) == [("model_card", "repealed")]


def test_an_office_card_waits_for_its_model(office_card: OfficeCard) -> None:
    assert [one.field for one in publication_obstacles(office_card, on=datetime.date(2019, 1, 1))] == ["model_card"]


def test_asking_changes_nothing(model_card: ModelCard) -> None:
    before = Edition.objects.count(), model_card.serializable_data()
    publication_obstacles(model_card, on=ON)
    assert (Edition.objects.count(), model_card.serializable_data()) == before


def test_the_recorded_model_counts_not_the_one_being_written(office_card: OfficeCard) -> None:
    """A fee that the owner of the model adds for later is not asked for today."""
    model = ModelCard.objects.get()
    model.valid_from = ON + datetime.timedelta(days=30)
    model.fees = []
    model.save()
    record_model_cards([model], cause=CAUSE, moment=MOMENT)
    assert any(one.field == "prices" for one in required_answers(office_card, on=ON))
    assert not any(one.field == "prices" for one in required_answers(office_card, on=model.valid_from))
