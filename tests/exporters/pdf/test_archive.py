"""PDF/A-3b: the card in print with itself as XML and JSON inside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exporters.formats import archived_card
from exporters.pdf.documents import card_pdf
from publication.canonical import canonical_json
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import model_card, office_card, office_reference, sha256_of
from tests.exporters.pdf.printed import reader_of, root_of, text_of


@pytest.fixture(scope="module")
def card() -> Card:
    return office_card(model_card("UW-PAS-001"), office_reference())


@pytest.fixture(scope="module")
def content(card: Card) -> bytes:
    return archived_card(card, edition_sha256=sha256_of(card))


def test_the_card_is_inside_as_json_and_xml(card: Card, content: bytes) -> None:
    attached = {name: data[0] for name, data in reader_of(content).attachments.items()}
    assert sorted(attached) == ["UW-PAS-001.uw-rzeszow.json", "UW-PAS-001.uw-rzeszow.xml"]
    assert attached["UW-PAS-001.uw-rzeszow.json"] == canonical_json(card)
    assert json.loads(attached["UW-PAS-001.uw-rzeszow.json"])["symbol"] == "UW-PAS-001"
    assert attached["UW-PAS-001.uw-rzeszow.xml"].startswith(b"<?xml")


def test_the_file_claims_both_norms_and_has_a_colour_profile(content: bytes) -> None:
    root: Any = root_of(content)
    packet = root["/Metadata"].get_data()
    assert b'pdfaid:part="3" pdfaid:conformance="B"' in packet
    assert b'pdfuaid:part="1"' in packet
    assert len(root["/AF"]) == 2
    assert root["/OutputIntents"][0]["/DestOutputProfile"].get_object()["/N"] == 3
    assert {one.get_object()["/AFRelationship"] for one in root["/AF"]} == {"/Data"}


def test_the_pages_are_those_of_the_plain_file(card: Card, content: bytes) -> None:
    plain = card_pdf(card, edition_sha256=sha256_of(card))
    assert text_of(plain) == text_of(content)
    assert b"/OutputIntents" not in plain
    assert archived_card(card, edition_sha256=sha256_of(card)) == content
