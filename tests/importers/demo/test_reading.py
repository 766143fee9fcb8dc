"""The data files of the demonstration add up and fit their shapes."""

from collections import Counter
from pathlib import Path

import pytest

from importers.sources.demo import reading
from importers.sources.demo.card_seeds import CardSeed
from importers.sources.demo.full_card_shapes import FullCard
from importers.sources.demo.not_offered import not_offered
from importers.sources.demo.office_codes import office_code

HOTLINE_TYPE = "MIN"


def test_catalogue_holds_690_models_and_one_card_of_a_hotline_type() -> None:
    cards: list[FullCard | CardSeed] = [*reading.full_cards(), *reading.model_card_seeds()]
    ids = [card.card_id for card in cards]
    types = Counter(card.office_type for card in cards)
    assert len(ids) == len(set(ids)) == 691
    assert types.pop(HOTLINE_TYPE) == 1
    assert types == {office_type.code: office_type.model_cards for office_type in reading.office_types()}


def test_offices_and_cards_add_up_to_the_published_totals() -> None:
    offices, totals = reading.offices(), reading.office_file().totals
    assert (len(reading.office_types()), len(offices)) == (27, 100) == (totals.types, totals.offices)
    assert sum(office.local_only for office in offices) == totals.local_only == 63
    assert sum(office.not_offered for office in offices) == totals.not_offered == 62
    assert sum(office.cards_total for office in offices) == totals.cards == 3059
    models = {office_type.code: office_type.model_cards for office_type in reading.office_types()}
    for office in offices:
        assert office.cards_total == models[office.type] - office.not_offered + office.local_only


def test_life_events_have_25_events_and_230_steps() -> None:
    steps = [step for event in reading.life_events() for stage in event.stages for step in stage.steps]
    totals = reading.life_event_file().totals
    assert (len(reading.life_events()), len(steps)) == (25, 230) == (totals.events, totals.placements)
    assert len({(step.service, step.provider) for step in steps}) == totals.unique_services


def test_other_registers_are_complete() -> None:
    assert len(reading.topics()) == 15
    assert sorted(topic.ivr_key for topic in reading.topics() if topic.ivr_key) == list(range(1, 10))
    assert [practice.code for practice in reading.good_practices()] == ["DP-001", "DP-002", "DP-003"]
    assert len(reading.voivodeships()) == 16


def test_fuller_entry_of_an_act_wins() -> None:
    acts = reading.acts()
    assert acts["KPA"].isap == "WDU19600300168"
    assert len(acts["KPA"].consolidated) == 2
    assert acts["AGROF"].isap is None
    assert list(acts) == sorted(acts)


def test_every_legal_reference_of_every_card_is_a_known_act() -> None:
    acts = reading.acts()
    cards: list[FullCard | CardSeed] = [*reading.full_cards(), *reading.model_card_seeds()]
    cards.extend(reading.local_card_seeds())
    assert {reference.act for card in cards for reference in card.legal_basis} <= acts.keys()


def test_62_cards_are_not_offered_and_none_of_them_is_exemplary() -> None:
    found = not_offered()
    exemplary = {card.card_id for card in reading.full_cards()}
    given_up = [card for cards in found.values() for card in cards]
    assert len(found) == 100
    assert len(given_up) == 62
    assert not exemplary & {card.card_id for card in given_up}
    assert len({card.reason for card in given_up}) == 62
    for office in reading.offices():
        cards = found[office_code(office)]
        assert len(cards) == office.not_offered
        assert all(card.card_id.startswith(f"{office.type}-") for card in cards)


def test_steps_of_life_events_stay_on_offer_in_most_offices() -> None:
    services = {step.service for event in reading.life_events() for stage in event.stages for step in stage.steps}
    in_events = {card.card_id for card in reading.model_card_seeds() if card.service in services}
    given_up = {card.card_id for cards in not_offered().values() for card in cards}
    assert len(given_up & in_events) <= 10


def test_unknown_field_is_refused_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "zepsute.jsonl"
    file.write_text('{"code": "18", "name": "a", "capital": "b"}\n{"code": "18", "nazwa": "a"}\n', encoding="utf-8")
    with pytest.raises(reading.DemoDataError, match=r"zepsute\.jsonl, wiersz 2"):
        list(reading.decoded_lines(file, reading.Voivodeship))
