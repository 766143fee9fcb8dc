"""Printed cards: every answer is there, tagged, in our fonts, the same on every run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_django import Settings

from exporters.pdf import documents
from exporters.pdf.documents import card_pdf
from exporters.pdf.jobs import Variant
from exporters.pdf.printed_words import printed_texts
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import filled, model_card, office_card, office_reference, sha256_of
from tests.exporters.pdf.printed import bookmarks, fonts, letters, reader_of, roles, root_of, text_of

GOLDEN = Path(__file__).parent / "card.pdf.txt"
DEMO_LINE = "treść przykładowa, nie jest informacją prawną"


def printed_card(card: Card, *, variant: Variant = "full") -> bytes:
    """The PDF of a card under the hash of its edition."""
    return card_pdf(card, edition_sha256=sha256_of(card), variant=variant)


@pytest.fixture(scope="module")
def card() -> Card:
    return office_card(model_card("UW-PAS-001"), office_reference(), local_notes=("Ksero jest na parterze.",))


@pytest.fixture(scope="module")
def content(card: Card) -> bytes:
    return printed_card(card)


NOT_PRINTED = ("key", "kind", "keywords", "origins", "more_topics", "service")
"""Fields of a card that are not text for its reader: identity, search words, where a value comes from."""


def test_the_text_of_every_answer_is_printed() -> None:
    card = filled(Card)
    printed = letters(text_of(printed_card(card)))
    missing = [text for text in _answers(card) if letters(text) not in printed]
    assert missing == []
    assert letters(card.keywords.everyday[0].text) not in printed


def _answers(card: Card) -> list[str]:
    """All texts a reader must find. Codes, slugs and identifiers that stand for something else are left out."""
    silent = {
        "eli", "consolidated_eli", "display", "act", "topic_slug", "category_slug", "group_slug", "event", "basis", "parent",
        "currency", "payee", "code", "remedy", "calendar", "unit", "direction", "roll", "satisfied_by", "anchor", "kind",
        "teryt", "nip", "regon", "epuap_address", "short_name", "town", "confirmed_on", "opens", "closes", "amount", "cost",
        "account", "type", "requirement", "actor", "availability", "available_from", "available_to", "date_from", "date_to",
        "valid_from", "valid_to", "legal_state_date", "last_verified", "next_review", "local_average_on", "language",
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
    printed = letters(text_of(printed_card(card)))
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
    assert "Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ." in text_of(printed_card(card))


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


def test_only_our_fonts_are_used_and_all_are_inside(content: bytes) -> None:
    found = fonts(content)
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
    assert printed_card(card) == content
    assert card_pdf(card, edition_sha256="f" * 64) != content


def test_a_kept_card_and_one_laid_out_anew_are_equal(
    content: bytes, card: Card, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIRECTORY = tmp_path
    assert printed_card(card) == content
    assert len(list(tmp_path.rglob("*.fragment"))) == 1
    assert printed_card(card) == content


def test_a_damaged_fragment_is_laid_out_again(content: bytes, card: Card, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path
    printed_card(card)
    (kept,) = tmp_path.rglob("*.fragment")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert printed_card(card) == content


def test_the_page_for_the_counter_is_one_page_of_check_boxes() -> None:
    card = model_card("UW-PAS-001")
    content = printed_card(card, variant="visit")
    assert len(reader_of(content).pages) == 1
    text = text_of(content)
    assert text.count("☐") == len(card.documents) + len(card.forms) + len(card.before_you_start)
    assert letters(card.documents[0].name) in letters(text)
    assert roles(content).count("/H1") == 1


@pytest.mark.parametrize(("documents", "pages"), [(6, 1), (26, 1), (34, 1), (120, 3)])
def test_one_visit_has_one_page_while_print_can_be_read(documents: int, pages: int) -> None:
    """More documents are set more densely; nobody's list is cut short to fit."""
    passport = model_card("UW-PAS-001")
    required = [
        msgspec.structs.replace(passport.documents[0], name=f"Załącznik numer {number}") for number in range(documents)
    ]
    content = printed_card(msgspec.structs.replace(passport, documents=tuple(required)), variant="visit")
    assert len(reader_of(content).pages) == pages
    printed = text_of(content)
    assert [document.name for document in required if document.name not in printed] == []


def test_large_print_holds_the_same_texts_in_letters_of_at_least_18_points(card: Card) -> None:
    """Running heads and page numbers are no text of the card."""
    sizes: set[float] = set()

    def visit(text: str, matrix: Any, text_matrix: list[float], font: Any, size: float) -> None:
        in_text_area = 28 * 72 / 25.4 < text_matrix[5] < 272 * 72 / 25.4
        if text.strip() and in_text_area:
            sizes.add(round(abs(size * text_matrix[3] * matrix[3]), 1))

    content = printed_card(card, variant="large")
    for page in reader_of(content).pages:
        page.extract_text(visitor_text=visit)
    assert sizes
    assert min(sizes) >= 18
    assert letters(card.summary) in letters(text_of(content))


def test_the_fallback_in_one_piece_prints_the_same_texts(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "without_fragments", lambda: True)
    content = printed_card(card)
    assert b'pdfuaid:part="1"' in root_of(content)["/Metadata"].get_data()
    printed = letters(text_of(content))
    assert [text for text in printed_texts(card) if letters(text) not in printed] == []


def test_two_transfers_show_two_accounts_and_who_owns_them() -> None:
    accounts = ("95124020929329920006200000", "12101010230000261395100000")
    fees = tuple(
        msgspec.structs.replace(model_card("UW-PAS-001").fees[0], account=account, account_owner=owner)
        for account, owner in zip(accounts, ("Miasto Rzeszów", "Urząd Wojewódzki"), strict=True)
    )
    text = text_of(printed_card(msgspec.structs.replace(model_card("UW-PAS-001"), fees=fees)))
    assert "Miasto Rzeszów: rachunek 95 1240 2092 9329 9200 0620 0000" in text
    assert "Urząd Wojewódzki: rachunek 12 1010 1023 0000 2613 9510 0000" in text


def test_the_demonstration_line_stands_only_in_the_demonstration(card: Card, settings: Settings) -> None:
    settings.DEMO = True
    assert DEMO_LINE in text_of(printed_card(card))
    settings.DEMO = False
    assert DEMO_LINE not in text_of(printed_card(card))


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
    printed = letters(text_of(printed_card(card)))
    expected = "[znak U+1F6C2]" if text == "🛂" else text.replace("\x00\x0b ", "")
    assert letters(expected) in printed
