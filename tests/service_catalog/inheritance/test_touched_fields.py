"""The three-way comparison never reports an untouched field and always reports a touched one."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.inheritance.impact import InheritingOffice, impact, impact_sentence
from service_catalog.inheritance.touched_fields import FIELD_LABELS, own_words, touched_fields
from service_catalog.presentation import ChannelWords, OfficeContribution, Price
from service_catalog.published.card import (
    ActCitation,
    Card,
    Channel,
    DeadlineRule,
    Fee,
    Item,
    Keywords,
    SpecialNeed,
    Step,
    Variant,
)
from tests.service_catalog.builders import TODAY, model_card

words = st.sampled_from(["", "Zrób zdjęcie.", "Przyjdź.", "Weź numer."])
texts = st.lists(words.filter(bool), max_size=3).map(tuple)
items = texts.map(lambda found: tuple(Item(text=text) for text in found))
steps = st.lists(
    st.builds(Step, actor=st.sampled_from(["client", "office"]), text=words, duration=words), max_size=2
).map(tuple)
needs = st.lists(st.builds(SpecialNeed, group=words, text=words), max_size=2).map(tuple)
variants = st.lists(st.builds(Variant, kind=st.just("etr"), url=words, language=st.just("pl")), max_size=2).map(tuple)
codes = st.sampled_from(["kopia", "wypis"])
channels = st.sampled_from(["osobiście", "poczta", "internet"])
laws = st.none() | st.builds(ActCitation, act=st.just("KPA"), title=words, consolidated=words)
fees = st.lists(
    st.builds(
        Fee, code=codes | st.just(""), kind=words, amount=st.sampled_from([None, "5.00", "6.00"]), currency=st.just("PLN"),
        payee=st.just("urząd"), methods=texts, legal_basis=laws,
    ),
    max_size=3,
).map(tuple)  # fmt: skip
rules = st.lists(
    st.builds(
        DeadlineRule, text=words, anchor=words, n=st.integers(0, 3), unit=st.just("day"), direction=st.just("within"),
        calendar=st.just("KPA57"), roll=st.just("none"), satisfied_by=st.just(""), computed=st.just(False), legal_basis=laws,
    ),
    max_size=2,
).map(tuple)  # fmt: skip
MODEL_PARTS: dict[str, Any] = {
    "keywords": st.builds(Keywords, everyday=items, official=texts, misspellings=items),
    "client_groups": items,
    "before_you_start": items,
    "steps": steps,
    "mistakes": items,
    "special_needs": needs,
    "variants": variants,
    "fees": fees,
    "handling_time": rules,
    "channels": st.lists(
        st.builds(Channel, channel=channels, available=st.booleans(), text=words, url=words), max_size=3
    ).map(tuple),
    "title": words,
    "who": words,
    "documents": st.just(()),
}
cards = st.fixed_dictionaries(MODEL_PARTS).map(lambda parts: model_card(**parts))
contributions = st.builds(
    OfficeContribution,
    booking=words,
    pickup=words,
    payment_methods=texts,
    average_days=st.none() | st.integers(1, 9),
    local_notes=texts,
    prices=st.lists(st.builds(Price, code=codes, amount=st.just("7.00")), max_size=2).map(tuple),
    channel_words=st.lists(st.builds(ChannelWords, channel=channels, text=words), max_size=2).map(tuple),
    keywords_everyday=texts,
    keywords_misspellings=texts,
    client_groups=texts,
    before_you_start=texts,
    steps=steps,
    mistakes=texts,
    special_needs=needs,
    variants=variants,
)


def what_the_model_says(card: Card, field: str, item: str) -> Any:
    """The oracle: the part of a model card on which an office's field stands."""
    if field.startswith("keywords_"):
        return getattr(card.keywords, field.removeprefix("keywords_"))
    if field == "payment_methods":
        return [fee.methods for fee in card.fees if fee.methods]
    if field == "local_average_days":
        return [msgspec.structs.replace(rule, legal_basis=None) for rule in card.handling_time]
    if field == "booking":
        return [channel.available for channel in card.channels if channel.channel == "osobiście"]
    if field == "prices":
        return [(fee.kind, fee.amount, fee.payee) for fee in card.fees if fee.code == item]
    if field == "channel_words":
        return [(channel.available, channel.text) for channel in card.channels if channel.channel == item]
    return getattr(card, field)


def places(said: OfficeContribution) -> set[tuple[str, str]]:
    """Every place in which the office has words of its own."""
    plain = {
        (field, "")
        for field in FIELD_LABELS
        if field not in {"prices", "channel_words", "local_average_days"} and getattr(said, field)
    }
    average = {("local_average_days", "")} if said.average_days is not None else set()
    prices = {("prices", price.code) for price in said.prices}
    return plain | average | prices | {("channel_words", one.channel) for one in said.channel_words}


@given(old=cards, new=cards, said=contributions)
def test_exactly_the_touched_places_are_reported(old: Card, new: Card, said: OfficeContribution) -> None:
    expected = {
        (field, item)
        for field, item in places(said)
        if what_the_model_says(old, field, item) != what_the_model_says(new, field, item)
    }
    found = touched_fields(old, new, said)
    assert [(one.field, one.item) for one in found if found.count(one) > 1] == []
    assert {(one.field, one.item) for one in found} == expected
    assert all(one.ours == own_words(said, one.field, one.item) for one in found)


@given(card=cards, said=contributions)
def test_the_same_model_touches_nothing(card: Card, said: OfficeContribution) -> None:
    assert touched_fields(card, card, said) == ()


@given(old=cards, new=cards)
def test_an_office_without_words_has_nothing_to_reconcile(old: Card, new: Card) -> None:
    assert touched_fields(old, new, OfficeContribution(point="Delegatura", unit="BOK", phone="1", room="2")) == ()


def test_a_new_consolidated_text_touches_nothing() -> None:
    fee = Fee(code="kopia", kind="cennik urzędu", amount=None, currency="PLN", payee="urząd",
              legal_basis=ActCitation(act="KPA", title="", consolidated="Dz.U. 2024 poz. 572"))  # fmt: skip
    newer = msgspec.structs.replace(
        fee, legal_basis=ActCitation(act="KPA", title="", consolidated="Dz.U. 2025 poz. 1691")
    )
    said = OfficeContribution(prices=(Price(code="kopia", amount="5.00"),))
    assert touched_fields(model_card(fees=(fee,)), model_card(fees=(newer,)), said) == ()


def test_a_price_whose_fee_vanished_is_shown_with_all_three_texts() -> None:
    said = OfficeContribution(prices=(Price(code="kopia", amount="5.00", valid_from="2026-01-01"),))
    (touched,) = touched_fields(model_card(), model_card(fees=()), said)
    assert (touched.field, touched.item, touched.new_model) == ("prices", "kopia", "")
    assert touched.old_model == "cennik urzędu: według cennika urzędu; na rachunek: urząd"
    assert touched.ours == "5,00 zł; od 2026-01-01"


@pytest.mark.parametrize(
    ("offices", "touched", "sentence"),
    [
        (8, 3, "Dotyczy 8 urzędów, 3 mają własne treści w zmienionych polach."),
        (1, 1, "Dotyczy 1 urzędu, 1 ma własne treści w zmienionych polach."),
        (40, 12, "Dotyczy 40 urzędów, 12 ma własne treści w zmienionych polach."),
        (40, 22, "Dotyczy 40 urzędów, 22 mają własne treści w zmienionych polach."),
        (16, 0, "Dotyczy 16 urzędów, żaden nie ma własnych treści w zmienionych polach."),
    ],
)
def test_the_impact_is_said_in_good_polish(offices: int, touched: int, sentence: str) -> None:
    assert impact_sentence(offices, touched) == sentence


def test_the_impact_names_offices_and_fields() -> None:
    offices = [
        InheritingOffice(code="a", name="Urząd A", card=1, said=OfficeContribution()),
        InheritingOffice(code="b", name="Urząd B", card=2, said=OfficeContribution(mistakes=("Nasz błąd.",))),
    ]
    found = impact(model_card(), model_card(mistakes=(Item(text="Nowy."),), who="Każdy."), offices, starts_on=TODAY)
    assert (found.offices, [office.name for office in found.touched]) == (2, ["Urząd B"])
    assert found.changed == ("kto może załatwić", "najczęstsze błędy")
    assert [one.field for one in found.touched[0].touched] == ["mistakes"]


def test_a_new_model_card_touches_nobody() -> None:
    office = InheritingOffice(code="a", name="A", card=1, said=OfficeContribution(mistakes=("x",)))
    assert impact(None, model_card(), [office], starts_on=TODAY).touched == ()
