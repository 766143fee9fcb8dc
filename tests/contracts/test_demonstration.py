"""The whole demonstration catalogue: its numbers, its invariants, and that loading again changes nothing."""

from __future__ import annotations

import datetime
from collections import Counter
from io import StringIO
from typing import Any

import msgspec
import pytest
from django.core.management import call_command

from importers.sources.demo.reading import office_file
from life_events.published import reading as life_events
from publication.calendar import today
from publication.models import Edition, EditionKind
from publication.reading import editions, head_sequence
from publication.verification import first_damage
from service_catalog.authoring.drafts import counts
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.published import reading
from tests.service_catalog.test_presentation import LOCKED

pytestmark = pytest.mark.django_db


def test_the_numbers_are_those_of_the_project() -> None:
    assert counts() == {
        "offices": 100,
        "model_cards": 691,  # 690 of the catalogue and one of a hotline type
        "office_cards": 2996,
        "local_cards": 63,
        "not_offered": 62,
    }
    assert len(reading.office_types(on=today())) == 27
    events = life_events.life_events(on=today())
    assert len(events) == 25
    assert sum(len(stage.steps) for event in events for stage in event.stages) == 230


def test_cards_per_office_sum_to_the_total() -> None:
    keys = (
        editions()
        .of_kind(EditionKind.CARD)
        .filter(key__contains="/")
        .readable(on=today())
        .values_list("key", flat=True)
    )
    per_office = Counter(key.split("/")[1] for key in keys)
    assert sum(per_office.values()) == 3059
    wanted = Counter(entry.cards_total for entry in office_file().offices)
    assert Counter(per_office.values()) == wanted


def test_loading_again_changes_nothing() -> None:
    before = head_sequence()
    call_command("load_demo", stdout=StringIO())
    assert head_sequence() == before


def test_the_log_is_whole() -> None:
    assert first_damage() is None


def test_a_locked_field_of_every_office_card_equals_its_model() -> None:
    models = {card.symbol: card for _, card in reading.all_cards(on=today()) if card.kind == "model"}
    for _, card in reading.all_cards(on=today()):
        if card.kind != "office":
            continue
        for name in LOCKED:
            assert getattr(card, name) == getattr(models[card.symbol], name), (card.key, name)


def test_every_card_has_the_eight_core_answers() -> None:
    for _, card in reading.all_cards(on=today()):
        answers = {
            "kto": card.who,
            "kiedy": card.when,
            "gdzie i jak": card.channels,
            "dokumenty": card.documents,
            "ile trwa": card.handling_time,
            "co dostanę": card.outcome.text,
            "odwołanie": card.appeal,
        }
        assert all(answers.values()), (card.key, [name for name, answer in answers.items() if not answer])


def test_a_fee_with_a_payee_has_an_account_at_every_office() -> None:
    for _, card in reading.all_cards(on=today()):
        if card.kind != "model":
            for fee in card.fees:
                assert not fee.payee or (len(fee.account) == 26 and fee.account_owner), card.key


def test_every_related_card_and_life_event_step_leads_somewhere() -> None:
    symbols = {card.symbol for _, card in reading.all_cards(on=today())}
    for _, card in reading.all_cards(on=today()):
        assert all(not related.symbol or related.symbol in symbols for related in card.related), card.key
    for event in life_events.life_events(on=today()):
        for stage in event.stages:
            for step in stage.steps:
                assert step.symbol in symbols if step.symbol else (step.outside or step.service), event.code


def test_stored_bytes_are_canonical() -> None:
    for edition in editions().of_kind(EditionKind.CARD).order_by("sequence")[:400]:
        stored = bytes(edition.payload)
        assert msgspec.json.encode(msgspec.json.decode(stored), order="sorted") == stored, edition.key
        assert msgspec.json.encode(reading.decode_card(edition), order="sorted") == stored, edition.key


def test_every_page_of_the_demonstration_passes_its_own_validation() -> None:
    """A full load skips validation for speed; an editor must be able to save every page it made."""
    kinds: list[Any] = [OfficePage, ModelCard, LocalCard]
    for model in kinds:
        for page in model.objects.all():
            page.full_clean()
    for page in OfficeCard.objects.select_related("model_card")[:300]:
        page.full_clean()


def test_every_row_of_the_demonstration_passes_its_own_validation() -> None:
    cards: list[Any] = [*ModelCard.objects.all(), *LocalCard.objects.all()]
    for card in cards:
        for name in (
            "channels",
            "documents",
            "fees",
            "client_deadlines",
            "handling_times",
            "appeals",
            "legal_bases",
            "relations",
        ):
            for row in getattr(card, name).all():
                row.full_clean(exclude=["card"])
    offices: list[Any] = list(OfficePage.objects.all())
    for office in offices:
        for name in ("units", "accounts", "jurisdictions", "service_points"):
            for row in getattr(office, name).all():
                row.full_clean(exclude=["office"])


def test_cards_can_be_read_on_a_past_day_and_not_before_they_began() -> None:
    past = editions().of_kind(EditionKind.CARD).readable(on=datetime.date(2025, 6, 1)).count()
    assert 0 < past < Edition.objects.filter(kind=EditionKind.CARD).count()
