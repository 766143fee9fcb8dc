"""Dates and telephones that cannot be true keep a card and an office from readers."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.completeness import publication_obstacles
from service_catalog.models import ModelCard, OfficeCard, OfficePage, OfficePrice
from service_catalog.plausibility import is_phone
from tests.service_catalog.builders import add_local_card, bring_catalogue

ON = datetime.date(2026, 3, 2)
YESTERDAY, TOMORROW = ON - datetime.timedelta(days=1), ON + datetime.timedelta(days=1)


@pytest.fixture
def card(db: None) -> OfficeCard:
    """An office card with every required answer."""
    bring_catalogue("uw-rzeszow")
    page: OfficeCard = OfficeCard.objects.get()
    office = OfficePage.objects.get()
    page.service_point, page.responsible_unit = office.service_points.first(), office.units.first()
    page.contact_room = "12"
    page.prices.add(OfficePrice(code="kopia", amount=5))
    return page


def named(page: ModelCard | OfficeCard) -> list[str]:
    return [one.field for one in publication_obstacles(page, on=ON) if one.kind == "implausible"]


def test_a_card_that_ended_yesterday_is_not_published(card: OfficeCard) -> None:
    for page in (ModelCard.objects.get(), add_local_card("uw-rzeszow", live=False)):
        for day, expected in ((None, []), (ON, []), (YESTERDAY, ["valid_to"])):
            page.valid_to = day
            assert named(page) == expected
        (sentence,) = [one.sentence for one in publication_obstacles(page, on=ON) if one.field == "valid_to"]
        assert "1.03.2026" in sentence


@pytest.mark.parametrize("field", ["last_verified", "local_average_on"])
def test_nobody_has_checked_anything_tomorrow(card: OfficeCard, field: str) -> None:
    for day, expected in ((None, []), (YESTERDAY, []), (ON, []), (TOMORROW, [field])):
        setattr(card, field, day)
        assert named(card) == expected
    model = ModelCard.objects.get()
    model.legal_state_date, model.next_review = datetime.date(2031, 1, 1), datetime.date(2032, 1, 1)
    assert named(model) == ["legal_state_date"]


def test_a_telephone_is_a_number(card: OfficeCard) -> None:
    card.contact_phone = "nie mamy telefonu"
    assert named(card) == ["contact_phone"]
    card.contact_phone = "17 555 00 00 wew. 12"
    assert named(card) == []


def test_an_office_and_its_units_have_telephones_too(card: OfficeCard) -> None:
    office = OfficePage.objects.get()
    assert office.obstacles(on=ON) == []
    office.phone = "zajęty"
    units = list(office.units.all())
    units[0].phone = "brak"
    office.units = units
    assert [one.field for one in office.obstacles(on=ON)] == ["phone", "units"]


@pytest.mark.parametrize(
    "text",
    [
        "+48 17 555 00 00", "17 555-00-00", "(17) 555 00 00", "112", "19 524", "22 500 01 23, 22 500 01 24",
        "175550000 lub 175550001", "17 555 00 00 wew. 12", "+48175550000 w. 3",
    ],
)  # fmt: skip
def test_usual_ways_to_write_a_number_are_accepted(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["nie mamy telefonu", "12", "brak", "17 555 00 00 pani Ania", "wew. 12", "+", "1" * 40]
)
def test_other_texts_are_no_number(text: str) -> None:
    assert not is_phone(text)


@given(st.text(alphabet="0123456789 +()-/.,wewlubi", max_size=60))
def test_the_pattern_ends_on_any_text_and_wants_three_digits(text: str) -> None:
    assert not is_phone(text) or sum(letter.isdigit() for letter in text) >= 3
