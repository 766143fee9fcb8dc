"""Cards as XML: nothing is lost, everything is valid, nothing that authors paste breaks the document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exporters.epuap import card_shapes
from exporters.epuap.addresses import NAMESPACE
from exporters.epuap.documents import render_card
from exporters.epuap.schemas import card_schema
from exporters.epuap.shapes import Child, Group, Part, Shape
from service_catalog.published.card import Card, RestrictedCard
from tests.exporters.cards_for_tests import filled, model_card, model_cards, office_card, office_reference, sha256_of
from tests.exporters.epuap.card_reader import read

GOLDEN = Path(__file__).parent / "card.xml"
SHA256 = "0123456789abcdef" * 4


def parsed(card: Card) -> etree._Element:
    return etree.fromstring(render_card(card, edition_sha256=SHA256))


def card_element(root: etree._Element) -> etree._Element:
    found = root.find(f".//{{{NAMESPACE}}}KartaUslugi")
    assert found is not None
    return found


def assert_valid(root: etree._Element) -> None:
    schema = card_schema()
    assert schema.validate(root), str(schema.error_log)


def test_a_card_with_every_field_filled_comes_back_unchanged() -> None:
    card = filled(Card)
    root = parsed(card)
    assert_valid(root)
    assert read(card_element(root), card_shapes.CARD) == card


@pytest.mark.parametrize("card", model_cards(), ids=lambda card: card.symbol)
def test_every_model_card_of_the_seeds_is_valid_and_comes_back_unchanged(card: Card) -> None:
    root = parsed(card)
    assert_valid(root)
    assert read(card_element(root), card_shapes.CARD) == card


def test_no_field_of_the_published_card_is_missing_from_the_table() -> None:
    assert _missing(card_shapes.CARD) == []


def _missing(shape: Shape) -> list[str]:
    named = {attribute.field for attribute in shape.attributes} | {shape.text} - {""}
    missing = []
    for part in _flat(shape.content):
        named.add(part.field)
        if isinstance(part, Child):
            missing += _missing(part.shape)
    fields = {field.name for field in msgspec.structs.fields(shape.struct)}
    return missing + sorted(f"{shape.struct.__name__}.{name}" for name in fields - named)


def _flat(parts: tuple[Part, ...]) -> list[Any]:
    flat: list[Any] = []
    for part in parts:
        if isinstance(part, Group):
            flat += _flat(part.content)
        elif hasattr(part, "field"):
            flat.append(part)
    return flat


def test_every_code_of_a_closed_set_has_a_polish_word() -> None:
    def literals(shape: Shape) -> list[tuple[set[str], set[str]]]:
        types = {field.name: field.type for field in msgspec.structs.fields(shape.struct)}
        worded = [*shape.attributes, *(part for part in _flat(shape.content) if getattr(part, "words", None))]
        found = [
            (set(get_args(types[entry.field])), set(entry.words))
            for entry in worded
            if entry.words and isinstance(get_args(types[entry.field])[0], str)
        ]
        for part in _flat(shape.content):
            if isinstance(part, Child):
                found += literals(part.shape)
        return found

    found = literals(card_shapes.CARD)
    assert len(found) >= 6
    assert all(codes == words for codes, words in found)


def test_the_document_is_readable_and_stays_as_it_is() -> None:
    """The golden file is meant to be read; a wanted change of it is a change of the format."""
    card = office_card(model_card("UW-PAS-001"), office_reference(), local_notes=("Ksero jest na parterze.",))
    assert render_card(card, edition_sha256=sha256_of(card)).decode() == GOLDEN.read_text(encoding="utf-8")


def test_equal_editions_give_equal_bytes_and_another_edition_another_identifier() -> None:
    card = model_card("UW-PAS-001")
    again = msgspec.json.decode(msgspec.json.encode(card), type=Card)
    assert render_card(card, edition_sha256=SHA256) == render_card(again, edition_sha256=SHA256)
    assert render_card(card, edition_sha256=SHA256) != render_card(card, edition_sha256="f" * 64)


def test_the_order_in_which_origins_were_noted_does_not_show() -> None:
    noted = {"fees": "office", "channels": "office_record"}
    one, other = (
        msgspec.structs.replace(model_card("UW-PAS-001"), origins=dict(pairs))
        for pairs in (noted.items(), reversed(noted.items()))
    )
    assert render_card(one, edition_sha256=SHA256) == render_card(other, edition_sha256=SHA256)


def test_bytes_are_utf8_without_bom_with_lf_line_ends_and_no_recipient() -> None:
    content = render_card(filled(Card), edition_sha256=SHA256)
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="')
    assert b"\r" not in content
    assert content.endswith(b"</ku:Dokument>\n")
    assert b"Adresaci" not in content


_AWKWARD = (
    ("cudzysłów \" i ' oraz <b>&amp;</b> ]]>", "cudzysłów \" i ' oraz <b>&amp;</b> ]]>"),
    ("emoji 🛂 i znak złożony e\u0301", "emoji 🛂 i znak złożony e\u0301"),
    ("znaki\x00 ster\x0bujące\x1f\ufffe", "znaki sterujące"),
    ("koniec\r\nwiersza", "koniec\r\nwiersza"),
)


@pytest.mark.parametrize(("text", "expected"), _AWKWARD)
def test_awkward_text_survives_in_elements_and_attributes(text: str, expected: str) -> None:
    card = msgspec.structs.replace(
        model_card("UW-PAS-001"),
        who=text,
        fees=(msgspec.structs.replace(model_card("UW-PAS-001").fees[0], kind=text),),
    )
    back = read(card_element(parsed(card)), card_shapes.CARD)
    assert back.who == expected
    assert back.fees[0].kind == expected


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_gives_a_well_formed_document_with_the_same_text(text: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-002"), summary=text, exemptions=(text or "x",), pickup=text)
    back = read(card_element(parsed(card)), card_shapes.CARD)
    assert back.summary == _NOT_IN_XML.sub("", text)
    assert back.pickup == _NOT_IN_XML.sub("", text)


def test_what_only_consultants_read_has_no_place_in_the_table() -> None:
    restricted = {field.name for field in msgspec.structs.fields(RestrictedCard)}
    named = {entry.field for entry in (*card_shapes.CARD.attributes, *_flat(card_shapes.CARD.content))}
    assert restricted.isdisjoint(named)
