"""The checks of a finished book find what veraPDF passes over."""

from __future__ import annotations

import msgspec
import pytest

from exporters.pdf.checking import check_book
from exporters.pdf.documents import card_pdf
from exporters.pdf.faces import faces, read_back
from exporters.pdf.jobs import card_job
from exporters.pdf.planned import PlannedPart
from exporters.pdf.refusals import FaultyBook
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import model_card, sha256_of


@pytest.fixture(scope="module")
def card() -> Card:
    return model_card("UW-PAS-001")


@pytest.fixture(scope="module")
def content(card: Card) -> bytes:
    return card_pdf(card, edition_sha256=sha256_of(card))


def part(card: Card) -> PlannedPart:
    return PlannedPart(job=card_job(card, edition_sha256=sha256_of(card)), card=card)


def test_a_whole_card_passes(card: Card, content: bytes) -> None:
    check_book(content, parts=[part(card)])


def test_a_missing_text_is_found_and_the_card_is_named(card: Card, content: bytes) -> None:
    changed = msgspec.structs.replace(card, who="Tego zdania nie ma na wydruku.")
    with pytest.raises(FaultyBook, match=r"UW-PAS-001.*Tego zdania nie ma"):
        check_book(content, parts=[part(changed)])


@pytest.mark.parametrize(
    "text", ["Sala 12\u2011A", "A\u2010B", "O\ufb01cyna i gra\ufb03ka", "5 \u03bcm", "100 \u2126, \u2206t"]
)
def test_characters_that_share_a_glyph_with_others_are_found(card: Card, text: str) -> None:
    """Texts pasted from other programs have them: hyphens that do not break, ligatures, signs of units."""
    changed = msgspec.structs.replace(card, who=text)
    check_book(card_pdf(changed, edition_sha256=sha256_of(changed)), parts=[part(changed)])


def test_all_faces_give_the_same_characters_back() -> None:
    tables = [{sign: one.texts[glyph] for sign, glyph in one.glyphs.items()} for one in faces().values()]
    assert all(table == tables[0] for table in tables)
    assert read_back("ą\u2011\ufb01") == "ą-fi"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/FontFile2 ", b"/FontFileX "),
        (b"/ExtGState<<", b"/ExtGStatX<<"),
        (b"/StructTreeRoot ", b"/StructTreeRooX "),
        (b"/Names<<", b"/NameX<<"),
    ],
)
def test_a_damaged_file_is_refused(card: Card, content: bytes, old: bytes, new: bytes) -> None:
    assert old in content
    with pytest.raises(FaultyBook):
        check_book(content.replace(old, new), parts=[part(card)])
