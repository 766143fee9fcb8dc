"""The effective card: each field's policy (section 2.4), for any words of an office."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.presentation import ChannelWords, OfficeContribution, Price, effective_card, effective_restricted
from service_catalog.published.card import Fee, RestrictedCard, SpecialNeed, Step
from tests.service_catalog.builders import model_card, office

TEXTS = st.text(min_size=1, max_size=20)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)

CONTRIBUTIONS = st.builds(
    OfficeContribution,
    point=st.sampled_from(["", "Delegatura", "nie ma takiego"]),
    unit=st.sampled_from(["", "OP", "nie ma takiej"]),
    phone=st.sampled_from(["", "+48 1"]),
    booking=st.sampled_from(["", "telefonicznie"]),
    pickup=st.sampled_from(["", "w okienku"]),
    payment_methods=LISTS,
    local_notes=LISTS,
    internal_note=st.sampled_from(["", "tajne"]),
    prices=st.lists(st.builds(Price, code=st.sampled_from(["kopia", "inny"]), amount=st.just("2.50")), max_size=2).map(
        tuple
    ),
    channel_words=st.lists(
        st.builds(ChannelWords, channel=st.sampled_from(["osobiście", "internet", "konsul"]), text=TEXTS), max_size=2
    ).map(tuple),
    keywords_everyday=LISTS,
    before_you_start=LISTS,
    steps=st.lists(st.builds(Step, actor=st.just("client"), text=TEXTS, local=st.just(True)), max_size=2).map(tuple),
    mistakes=LISTS,
    special_needs=st.lists(st.builds(SpecialNeed, group=TEXTS, text=TEXTS, local=st.just(True)), max_size=2).map(tuple),
)

LOCKED = (
    "symbol", "office_type", "service", "title", "official_name", "summary", "topic", "life_events", "audience", "who", "when",
    "jurisdiction", "documents", "forms", "exemptions", "client_deadlines", "handling_time", "outcome", "appeal",
    "consequence_of_missing", "legal_basis", "related", "legal_state_date", "valid_from", "valid_to", "version",
)  # fmt: skip
APPENDED = ("client_groups", "before_you_start", "steps", "mistakes", "special_needs", "variants")


@given(CONTRIBUTIONS)
def test_a_locked_field_always_equals_the_model(said: OfficeContribution) -> None:
    model, card = model_card(), effective_card(model_card(), said, office())
    for name in LOCKED:
        assert getattr(card, name) == getattr(model, name), name
    assert [channel.url for channel in card.channels] == [channel.url for channel in model.channels]
    assert [(fee.kind, fee.payee) for fee in card.fees] == [(fee.kind, fee.payee) for fee in model.fees]
    assert [fee.amount for fee in card.fees if not fee.code] == [fee.amount for fee in model.fees if not fee.code]


@given(CONTRIBUTIONS)
def test_appended_lists_keep_the_model_first_and_mark_the_rest_as_local(said: OfficeContribution) -> None:
    model, card = model_card(), effective_card(model_card(), said, office())
    for name in APPENDED:
        ours, theirs = getattr(card, name), getattr(model, name)
        assert ours[: len(theirs)] == theirs, name
        assert all(entry.local for entry in ours[len(theirs) :]), name


@given(CONTRIBUTIONS)
def test_every_origin_is_true(said: OfficeContribution) -> None:
    card = effective_card(model_card(), said, office())
    silent = effective_card(model_card(), OfficeContribution(), office())
    for name, value in msgspec.structs.asdict(card).items():
        if value != getattr(silent, name) and name != "origins":
            assert "office" in {origin for field, origin in card.origins.items() if field.split(".")[0] == name}, name


def test_fees_go_to_different_payees() -> None:
    card = effective_card(model_card(), OfficeContribution(), office())
    owners = {fee.kind: fee.account_owner for fee in card.fees}
    assert owners == {
        "opłata paszportowa": "Urząd uw-rzeszow",
        "opłata skarbowa": "Miasto Rzeszów",
        "cennik urzędu": "Urząd uw-rzeszow",
    }


def test_the_office_sets_a_price_only_where_the_model_leaves_it_open() -> None:
    said = OfficeContribution(prices=(Price(code="kopia", amount="1.50"), Price(code="", amount="999.00")))
    fees = effective_card(model_card(), said, office()).fees
    assert [(fee.amount, fee.local) for fee in fees] == [("140.00", False), ("17.00", False), ("1.50", True)]


def test_place_unit_and_contact_come_from_the_office_or_its_record() -> None:
    small = office(units=office().units[:1], service_points=office().service_points[:1])
    silent = effective_card(model_card(), OfficeContribution(), small)
    assert silent.place is not None and silent.place.name == "Biuro obsługi klienta"
    assert silent.contact is not None and silent.contact.phone == "+48 17 555 00 01"
    assert silent.origins["place"] == "office_record"
    chosen = effective_card(model_card(), OfficeContribution(point="Delegatura", unit="OP"), office())
    assert chosen.place is not None and chosen.place.name == "Delegatura"
    assert chosen.contact is not None and chosen.contact.phone == "+48 17 555 00 00"
    assert chosen.channels[0].place.startswith("Delegatura, ul. Krótka 1")
    assert chosen.fees[0].methods == ("karta",)


@given(st.sampled_from(["", "Zamknięta delegatura"]), st.sampled_from(["", "WSO"]))
def test_no_client_is_sent_to_a_place_or_unit_that_nobody_chose(point: str, unit: str) -> None:
    card = effective_card(model_card(), OfficeContribution(point=point, unit=unit), office())
    assert (card.place, card.responsible_unit) == (None, None)
    assert card.contact is not None and card.contact.phone == office().phone
    assert card.channels[0].place == card.channels[0].booking == ""


def test_a_unit_that_is_gone_is_not_replaced_by_the_only_other_one() -> None:
    small = office(units=office().units[:1], service_points=office().service_points[:1])
    card = effective_card(model_card(), OfficeContribution(point="Delegatura", unit="OP"), small)
    assert (card.place, card.responsible_unit) == (None, None)
    assert card.contact is not None and card.contact.phone == office().phone


def test_a_channel_closed_by_the_model_cannot_be_opened_by_the_office() -> None:
    closed = model_card(channels=(msgspec.structs.replace(model_card().channels[0], available=False),))
    said = OfficeContribution(channel_words=(ChannelWords(channel="osobiście", available=True),))
    assert effective_card(closed, said, office()).channels[0].available is False


def test_a_local_card_stays_local_and_a_fee_without_payee_has_no_account() -> None:
    free = Fee(kind="bez opłat", amount="0.00", currency="PLN")
    card = effective_card(model_card(kind="local", fees=(free,)), OfficeContribution(), office())
    assert (card.kind, card.key, card.fees[0].account) == ("local", "UW-PAS-001/uw-rzeszow", "")


def test_the_internal_note_is_in_the_restricted_part_only() -> None:
    said = OfficeContribution(internal_note="tylko dla konsultanta")
    assert "tylko dla konsultanta" not in msgspec.json.encode(effective_card(model_card(), said, office())).decode()
    assert effective_restricted(RestrictedCard(transfer="UW"), said).internal_note == "tylko dla konsultanta"
