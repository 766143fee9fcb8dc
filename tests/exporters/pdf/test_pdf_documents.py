"""Printed cards and handbooks: every answer is there, tagged, in our fonts, the same on every run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_django import Settings

from exporters.pdf.documents import card_pdf, chapters_of, handbook, legal_state
from exporters.pdf.word_index import polish_order, word_index
from service_catalog.published.card import Card, Item, Keywords
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import filled, model_card, model_cards, office_card, office_reference
from tests.exporters.pdf.printed import bookmarks, fonts, letters, reader_of, roles, root_of, text_of

GOLDEN = Path(__file__).parent / "card.pdf.txt"
SHA256 = "0123456789abcdef" * 4
OFFICE_TYPE = OfficeType(code="UST", name="urząd statystyczny", name_plural="urzędy statystyczne")
DEMO_LINE = "treść przykładowa, nie jest informacją prawną"


@pytest.fixture(scope="module")
def card() -> Card:
    return office_card(model_card("UW-PAS-001"), office_reference(), local_notes=("Ksero jest na parterze.",))


@pytest.fixture(scope="module")
def content(card: Card) -> bytes:
    return card_pdf(card, edition_sha256=SHA256)


@pytest.fixture(scope="module")
def statistics_cards() -> list[Card]:
    return [card for card in model_cards() if card.office_type.code == "UST"][:4]


@pytest.fixture(scope="module")
def book(statistics_cards: list[Card]) -> bytes:
    return handbook(OFFICE_TYPE, statistics_cards, editions_sha256=SHA256, published_on="2026-01-01")


NOT_PRINTED = ("key", "kind", "keywords", "origins", "more_topics", "service")
"""Fields of a card that are not text for its reader: identity, search words, where a value comes from."""


def test_the_text_of_every_answer_is_printed() -> None:
    card = filled(Card)
    printed = letters(text_of(card_pdf(card, edition_sha256=SHA256)))
    missing = [text for text in _answers(card) if letters(text) not in printed]
    assert missing == []
    assert letters(card.keywords.everyday[0].text) not in printed


def _answers(card: Card) -> list[str]:
    """All texts a reader must find. Codes, slugs and identifiers that stand for something else are left out."""
    silent = {
        "eli", "consolidated_eli", "display", "act", "topic_slug", "category_slug", "group_slug", "event", "basis", "parent",
        "currency", "payee", "code", "remedy", "calendar", "unit", "direction", "roll", "satisfied_by", "anchor", "kind", "teryt",
        "nip", "regon", "epuap_address", "short_name", "town", "confirmed_on", "opens", "closes", "amount", "account", "type",
        "requirement", "actor", "availability", "available_from", "available_to", "date_from", "date_to", "valid_from", "valid_to",
        "legal_state_date", "last_verified", "next_review", "local_average_on", "language",
    }  # fmt: skip

    def texts(value: Any, name: str) -> list[str]:
        if isinstance(value, str):
            return [] if name in silent else [value]
        if isinstance(value, tuple):
            return [text for item in value for text in texts(item, name)]
        if isinstance(value, msgspec.Struct):
            return [text for inner in value.__struct_fields__ for text in texts(getattr(value, inner), inner)]
        return []

    shown = [name for name in card.__struct_fields__ if name not in NOT_PRINTED]
    found = [text for name in shown for text in texts(getattr(card, name), name)]
    appeal = card.appeal[0]
    repeated = [text for text in found if "deadline." in text and ".text" not in text]
    repeated += [
        text
        for text in found
        if text.startswith("Card.fees") and "legal_basis.units" not in text and "legal_basis" in text
    ]
    assert appeal.deadline is not None
    return [text for text in found if text not in repeated and text != card.office_type.name]


@pytest.mark.parametrize("symbol", ["UW-PAS-001", "UW-PAS-002", "KO-SKA-001", "PINB-UPR-001"])
def test_cards_of_the_seeds_are_printed_whole(symbol: str) -> None:
    card = model_card(symbol)
    printed = letters(text_of(card_pdf(card, edition_sha256=SHA256)))
    expected = [
        card.title,
        card.official_name,
        card.summary,
        card.who,
        card.when,
        card.jurisdiction.text,
        card.outcome.text,
    ]
    expected += [step.text for step in card.steps] + [document.name for document in card.documents]
    expected += [rule.text for rule in (*card.client_deadlines, *card.handling_time)]
    expected += [remedy.text for remedy in card.appeal] + [
        item.text for item in (*card.mistakes, *card.before_you_start)
    ]
    assert [text for text in expected if letters(text) not in printed] == []


def test_the_printed_text_is_readable_and_stays_as_it_is(content: bytes) -> None:
    """The golden file is meant to be read: words, order and line breaks of a printed card."""
    assert text_of(content) == GOLDEN.read_text(encoding="utf-8")


def test_polish_letters_are_printed_as_they_are() -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), summary="Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ.")
    assert "Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ." in text_of(card_pdf(card, edition_sha256=SHA256))


def test_the_document_is_tagged_and_named(content: bytes, card: Card) -> None:
    root = root_of(content)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    metadata = reader_of(content).metadata
    assert metadata is not None
    assert metadata.title == f"{card.title} ({card.symbol})"


def test_the_structure_has_one_main_heading_lists_and_tables(content: bytes) -> None:
    found = roles(content)
    assert found.count("/H1") == 1
    assert found.count("/H2") >= 10
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/LBody", "/P"} <= set(found)
    assert "/H3" not in found


def test_only_our_fonts_are_used_and_all_are_inside(content: bytes, book: bytes) -> None:
    for found in (fonts(content), fonts(book)):
        assert found
        assert all(name.startswith("Source-Sans-3") for name in found)
        assert all(found.values())


def test_sections_of_a_card_are_bookmarks(content: bytes, card: Card) -> None:
    found = bookmarks(content)
    assert found[0] == (1, card.title)
    assert {title for level, title in found if level == 2} >= {
        "Kto może załatwić", "Kiedy", "Gdzie i jak załatwić", "Jakie dokumenty", "Ile kosztuje", "Ile to trwa", "Co otrzymasz",
        "Jak się odwołać",
    }  # fmt: skip


def test_equal_editions_give_equal_bytes_and_another_edition_other_bytes(content: bytes, card: Card) -> None:
    assert card_pdf(card, edition_sha256=SHA256) == content
    assert card_pdf(card, edition_sha256="f" * 64) != content


def test_two_transfers_show_two_accounts_and_who_owns_them() -> None:
    accounts = ("95124020929329920006200000", "12101010230000261395100000")
    fees = tuple(
        msgspec.structs.replace(model_card("UW-PAS-001").fees[0], account=account, account_owner=owner)
        for account, owner in zip(accounts, ("Miasto Rzeszów", "Urząd Wojewódzki"), strict=True)
    )
    text = text_of(card_pdf(msgspec.structs.replace(model_card("UW-PAS-001"), fees=fees), edition_sha256=SHA256))
    assert "Miasto Rzeszów: rachunek 95 1240 2092 9329 9200 0620 0000" in text
    assert "Urząd Wojewódzki: rachunek 12 1010 1023 0000 2613 9510 0000" in text


def test_the_demonstration_line_stands_only_in_the_demonstration(card: Card, settings: Settings) -> None:
    settings.DEMO = True
    assert DEMO_LINE in text_of(card_pdf(card, edition_sha256=SHA256))
    settings.DEMO = False
    assert DEMO_LINE not in text_of(card_pdf(card, edition_sha256=SHA256))


AWKWARD = (
    "<script>alert(1)</script>",
    '<img src="file:///etc/hostname">',
    '"><a href="http://example.org">',
    "{{ 7 * 7 }}",
    "\x00\x0b x",
    "🛂",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_printed_as_text(text: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), title=text, summary=text, who=text, forms=())
    printed = letters(text_of(card_pdf(card, edition_sha256=SHA256)))
    expected = "[znak U+1F6C2]" if text == "🛂" else text.replace("\x00\x0b ", "")
    assert letters(expected) in printed


def test_a_handbook_has_cover_contents_chapters_cards_and_index(book: bytes, statistics_cards: list[Card]) -> None:
    pages = [page.replace("\n", " ") for page in text_of(book).split("\f")]
    assert "Podręcznik: katalog i karty usług – urząd statystyczny" in pages[0]
    assert "Wydanie z dnia 1 stycznia 2026" in pages[0]
    assert "Stan prawny na 1 stycznia 2026" in pages[0]
    assert "Spis treści" in pages[1]
    assert "strona 2 z " in pages[1]
    assert "Indeks słów potocznych" in pages[-1]
    everything = letters(" ".join(pages))
    for card in statistics_cards:
        assert letters(card.summary) in everything


def test_page_numbers_in_the_contents_are_those_of_the_cards(book: bytes, statistics_cards: list[Card]) -> None:
    pages = text_of(book).split("\f")
    contents = letters(pages[1]).replace(".", "")
    for card in statistics_cards:
        first = next(n for n, page in enumerate(pages, start=1) if f"\n{card.symbol}\n" in page)
        assert f"{letters(card.title).replace('.', '')}{first}" in contents


def test_bookmarks_of_a_handbook_are_book_chapters_and_cards(book: bytes, statistics_cards: list[Card]) -> None:
    found = bookmarks(book)
    assert found[0] == (1, "Podręcznik: katalog i karty usług – urząd statystyczny")
    assert {title for level, title in found if level == 3} == {card.title for card in statistics_cards}
    assert max(level for level, _ in found) == 3
    assert roles(book).count("/H1") == 1


def test_a_handbook_is_the_same_on_every_run_and_in_every_order(book: bytes, statistics_cards: list[Card]) -> None:
    cards = list(reversed(statistics_cards))
    assert handbook(OFFICE_TYPE, cards, editions_sha256=SHA256, published_on="2026-01-01") == book


def test_chapters_follow_the_polish_alphabet() -> None:
    def card(topic: str, title: str) -> Card:
        placed = model_card("UW-PAS-001")
        return msgspec.structs.replace(
            placed, title=title, topic=msgspec.structs.replace(placed.topic, topic=topic), symbol=title
        )

    chapters = chapters_of(
        [card("Żywność", "a"), card("Łąki", "b"), card("Las", "ź"), card("Las", "zz"), card("Zwierzęta", "c")]
    )
    assert [chapter.title for chapter in chapters] == ["Las", "Łąki", "Zwierzęta", "Żywność"]
    assert [entry.title for entry in chapters[0].cards] == ["zz", "ź"]


def test_the_index_joins_equal_words_and_sorts_them_in_polish() -> None:
    def card(symbol: str, *words: str) -> Card:
        keywords = Keywords(everyday=tuple(Item(text=word) for word in words))
        return msgspec.structs.replace(model_card("UW-PAS-001"), symbol=symbol, keywords=keywords)

    sections = word_index([card("B", "śnieg", "las", "las "), card("A", "las", "sad", "łąka")])
    assert [section.letter for section in sections] == ["L", "Ł", "S", "Ś"]
    assert [(entry.words, entry.symbols) for entry in sections[0].entries] == [("las", ("A", "B"))]
    assert sorted(["ćma", "czapka", "dom", "cukier"], key=polish_order) == ["cukier", "czapka", "ćma", "dom"]


def test_the_legal_state_of_a_book_is_a_span_of_days() -> None:
    first = model_card("UW-PAS-001")
    assert legal_state([first, msgspec.structs.replace(first, legal_state_date="2025-06-01")]) == (
        "2025-06-01",
        "2026-01-01",
    )
    assert legal_state([]) == ("", "")
