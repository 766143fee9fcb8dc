"""The catalogue of an office and the catalogue of life events."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree

from exporters.epuap import catalogue_shapes
from exporters.epuap.addresses import NAMESPACE
from exporters.epuap.documents import life_event_catalogue, office_catalogue
from exporters.epuap.schemas import card_schema
from life_events.published.life_event import LifeEvent
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from tests.exporters.cards_for_tests import filled, model_cards, office_card, office_record, office_reference
from tests.exporters.epuap.card_reader import read
from tests.exporters.published_catalogue import life_event

SHA256 = "ab" * 32


def found(root: etree._Element, path: str) -> etree._Element:
    element = root.find(f".//{{{NAMESPACE}}}{path}")
    assert element is not None
    return element


def assert_valid(root: etree._Element) -> None:
    schema = card_schema()
    assert schema.validate(root), str(schema.error_log)


def test_an_office_with_every_field_filled_is_divided_between_two_elements_without_loss() -> None:
    office = filled(Office)
    root = etree.fromstring(b"".join(office_catalogue(office, [], editions_sha256=SHA256)))
    assert_valid(root)
    address = msgspec.to_builtins(read(found(root, "Uslugodawca"), catalogue_shapes.PROVIDER))
    record = msgspec.to_builtins(read(found(root, "DaneUrzedu"), catalogue_shapes.OFFICE_RECORD))
    together = {name: record.get(name) or address.get(name) for name in record | address}
    assert together == msgspec.to_builtins(office)


def test_a_life_event_with_every_field_filled_comes_back_unchanged() -> None:
    event = filled(LifeEvent)
    root = etree.fromstring(b"".join(life_event_catalogue([event], editions_sha256=SHA256)))
    assert_valid(root)
    assert read(found(root, "Zdarzenie"), catalogue_shapes.LIFE_EVENT) == event


def test_a_catalogue_holds_its_cards_in_the_order_given() -> None:
    cards = [office_card(card, office_reference()) for card in model_cards() if card.office_type.code == "UST"]
    root = etree.fromstring(b"".join(office_catalogue(office_record(), cards, editions_sha256=SHA256)))
    assert_valid(root)
    keys = [element.get("id") for element in root.iter(f"{{{NAMESPACE}}}KartaUslugi")]
    assert keys == [card.key for card in cards]
    assert len(keys) > 10


def test_a_catalogue_is_written_card_by_card_and_never_held_as_a_whole() -> None:
    taken: list[str] = []

    def watched() -> Iterator[Card]:
        for card in model_cards()[:5]:
            taken.append(card.key)
            yield card

    pieces = office_catalogue(office_record(), watched(), editions_sha256=SHA256)
    next(pieces)
    assert taken == []
    next(pieces)
    assert len(taken) == 1


def test_an_empty_catalogue_and_no_life_events_are_still_valid() -> None:
    assert_valid(etree.fromstring(b"".join(office_catalogue(office_record(), [], editions_sha256=SHA256))))
    assert_valid(etree.fromstring(b"".join(life_event_catalogue([], editions_sha256=SHA256))))


def test_lines_of_an_introduction_become_paragraphs() -> None:
    root = etree.fromstring(b"".join(life_event_catalogue([life_event()], editions_sha256=SHA256)))
    paragraphs = [element.text for element in root.iter(f"{{{NAMESPACE}}}Akapit")]
    assert paragraphs == ["Zanim wyjedziesz.", "Sprawdź dokumenty."]
