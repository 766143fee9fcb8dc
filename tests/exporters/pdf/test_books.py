"""Printed books: cover, contents, chapters, cards and lists, put together from fragments, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_django import Settings

from exporters.pdf.assets import Variant
from exporters.pdf.building import build
from exporters.pdf.documents import publication_in_one_piece
from exporters.pdf.jobs import RefusedPart
from exporters.pdf.publications import CardEdition, Publication, handbook_publication, legal_state
from exporters.pdf.store import fragment_store
from exporters.pdf.word_index import cited_acts, glossary, polish_order, word_index
from exporters.pdf.workers import Workers
from handbooks.published.handbook import Handbook
from service_catalog.published.card import Card, Item, Keywords, RelatedCard
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import model_card, model_cards, sha256_of
from tests.exporters.pdf.editions_for_tests import chapter, handbook_edition
from tests.exporters.pdf.printed import bookmarks, fonts, laid_out_text, letters, reader_of, roles, root_of, text_of

SHA256 = "0123456789abcdef" * 4
OFFICE_TYPE = OfficeType(code="UST", name="urząd statystyczny", name_plural="urzędy statystyczne")


def publication_of(cards: Sequence[Card], edition: Handbook | None = None, variant: Variant = "full") -> Publication:
    editions = [CardEdition(card, sha256_of(card)) for card in cards]
    return handbook_publication(
        OFFICE_TYPE, editions, editions_sha256=SHA256, published_on="2026-01-01", edition=edition, variant=variant
    )


def built(publication: Publication, path: Path) -> bytes:
    with Workers(fragment_store()) as workers:
        build(publication, path, workers)
    return path.read_bytes()


@pytest.fixture(scope="module")
def statistics_cards() -> list[Card]:
    return [card for card in model_cards() if card.office_type.code == "UST"][:4]


@pytest.fixture(scope="module")
def book(statistics_cards: list[Card], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return built(publication_of(statistics_cards), tmp_path_factory.mktemp("book") / "a.pdf")


def test_a_book_is_tagged_and_named_and_has_only_our_fonts(book: bytes) -> None:
    root = root_of(book)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert {"/TOC", "/TOCI", "/Reference", "/Link", "/Table", "/LBody", "/Figure"} <= set(roles(book))
    assert all(name.startswith("Source-Sans-3") for name in fonts(book))
    assert all(fonts(book).values())


def test_a_handbook_has_cover_contents_chapters_cards_and_index(book: bytes, statistics_cards: list[Card]) -> None:
    pages = [page.replace("\n", " ") for page in text_of(book).split("\f")]
    assert "Podręcznik: katalog i karty usług – urząd statystyczny" in pages[0]
    assert "Wydanie z dnia 1 stycznia 2026" in pages[0]
    assert "Stan prawny na 1 stycznia 2026" in pages[0]
    assert "Stopka redakcyjna" in pages[1]
    assert "strona 2 z " in pages[1]
    assert "Spis treści" in pages[2]
    assert "Indeks słów potocznych" in pages[-1]
    everything = letters(" ".join(pages))
    for card in statistics_cards:
        assert letters(card.summary) in everything


def test_page_numbers_in_the_contents_are_those_of_the_cards(book: bytes, statistics_cards: list[Card]) -> None:
    pages = text_of(book).split("\f")
    contents = letters(laid_out_text(book, page=2)).replace(".", "")
    for card in statistics_cards:
        first = next(
            n for n, page in enumerate(pages, start=1) if letters(card.official_name) in letters(page) and n > 4
        )
        assert f"{letters(card.title).replace('.', '')}{first}" in contents


def test_bookmarks_of_a_handbook_are_book_chapters_and_cards(book: bytes, statistics_cards: list[Card]) -> None:
    found = bookmarks(book)
    assert found[0] == (1, "Podręcznik: katalog i karty usług – urząd statystyczny")
    assert {title for level, title in found if level == 3} == {card.title for card in statistics_cards}
    assert max(level for level, _ in found) == 3
    assert roles(book).count("/H1") == 1


def test_a_handbook_is_the_same_on_every_run_and_in_every_order(
    book: bytes, statistics_cards: list[Card], tmp_path: Path, settings: Settings
) -> None:
    """Also when all of it is laid out anew."""
    publication = publication_of(list(reversed(statistics_cards)))
    assert built(publication, tmp_path / "a.pdf") == book
    settings.DATA_DIRECTORY = tmp_path / "neu"
    assert built(publication, tmp_path / "b.pdf") == book


def test_one_changed_card_is_the_only_one_laid_out_again(
    book: bytes, statistics_cards: list[Card], tmp_path: Path
) -> None:
    first, *rest = statistics_cards
    changed = publication_of([msgspec.structs.replace(first, summary="Zupełnie nowe streszczenie."), *rest])
    with Workers(fragment_store()) as workers:
        result = build(changed, tmp_path / "a.pdf", workers)
    assert result.laid_out == 1
    assert "Zupełnie nowe streszczenie." in text_of((tmp_path / "a.pdf").read_bytes())


def test_a_refused_card_leaves_the_old_book_and_is_named(statistics_cards: list[Card], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"stary")
    first = msgspec.structs.replace(statistics_cards[0], summary="x" * 200_000)
    with pytest.raises(RefusedPart, match=f"{first.symbol}.*summary"):
        built(publication_of([first]), path)
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a.pdf", b"stary")]


def test_references_inside_the_book_have_page_numbers_and_others_lead_to_the_site(
    statistics_cards: list[Card], tmp_path: Path
) -> None:
    first, second, *_ = statistics_cards
    related = tuple(
        RelatedCard(service=name, symbol=symbol, type="see")
        for name, symbol in (("Sprawa w tej książce", second.symbol), ("Sprawa gdzie indziej", "UW-PAS-001"))
    )
    content = built(publication_of([msgspec.structs.replace(first, related=related), second]), tmp_path / "a.pdf")
    reader = reader_of(content)
    everything = "\n".join(laid_out_text(content, page=page) for page in range(len(reader.pages)))
    inside = next(line for line in everything.splitlines() if "Sprawa w tej książce" in line)
    outside = next(line for line in everything.splitlines() if "Sprawa gdzie indziej" in line)
    assert letters(inside).endswith(tuple(f",s.{number}" for number in range(3, 20)))
    assert letters(outside).endswith(letters("(UW-PAS-001)"))
    addresses = [
        str(action["/URI"])
        for page in reader.pages
        for link in page.get("/Annots", [])
        if (action := link.get_object().get("/A")) is not None
    ]
    assert any(address.endswith("/karta/UW-PAS-001/") for address in addresses)


def test_edited_chapters_stand_around_the_cards(statistics_cards: list[Card], tmp_path: Path) -> None:
    edition = handbook_edition(chapter("cel", "Cel podręcznika"), chapter("slownik", "Słownik", after=True))
    content = built(publication_of(statistics_cards[:1], edition), tmp_path / "a.pdf")
    titles = [title for level, title in bookmarks(content) if level == 2]
    assert titles.index("Cel podręcznika") < titles.index(statistics_cards[0].topic.topic) < titles.index("Słownik")


def test_the_fallback_in_one_piece_has_the_same_cards(statistics_cards: list[Card]) -> None:
    content = publication_in_one_piece(publication_of(statistics_cards[:2]))
    everything = letters(text_of(content))
    assert all(letters(card.summary) in everything for card in statistics_cards[:2])
    assert bookmarks(content)[0] == (1, "Podręcznik: katalog i karty usług – urząd statystyczny")
    assert max(level for level, _ in bookmarks(content)) == 3
    assert f"strona 2 z {len(reader_of(content).pages)}" in text_of(content)


@pytest.mark.parametrize(("variant", "width", "smallest"), [("booklet", 148, 6.0), ("large", 210, 18.0)])
def test_books_are_printed_as_booklets_and_in_large_letters(
    variant: Variant, width: float, smallest: float, statistics_cards: list[Card], tmp_path: Path
) -> None:
    sizes: set[float] = set()

    def visit(text: str, matrix: Any, text_matrix: list[float], font: Any, size: float) -> None:
        height = text_matrix[5] * 25.4 / 72
        thumb = text.strip().isdigit()
        if text.strip() and not thumb and 30 < height < 270 and text_matrix[1] == 0:
            sizes.add(round(abs(size * text_matrix[3] * matrix[3]), 1))

    edition = handbook_edition(chapter("cel", "Cel"))
    content = built(publication_of(statistics_cards[:1], edition, variant), tmp_path / "a.pdf")
    reader = reader_of(content)
    assert round(float(reader.pages[0].mediabox.width) * 25.4 / 72) == width
    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    assert min(sizes) >= smallest
    if variant == "large":
        assert colours(content) <= {"0 0 0", "1 1 1"}


def colours(content: bytes) -> set[str]:
    """All fill colours of the pages."""
    found = set()
    for page in reader_of(content).pages:
        streams: Any = page.get_contents()
        found.update(re.findall(r"([\d.]+ [\d.]+ [\d.]+) rg", streams.get_data().decode("latin-1")))
    return found


def test_chapters_follow_the_polish_alphabet() -> None:
    def card(topic: str, title: str) -> Card:
        placed = model_card("UW-PAS-001")
        return msgspec.structs.replace(
            placed, title=title, topic=msgspec.structs.replace(placed.topic, topic=topic), symbol=title
        )

    chapters = publication_of(
        [card("Żywność", "a"), card("Łąki", "b"), card("Las", "ź"), card("Las", "zz"), card("Zwierzęta", "c")]
    ).topics
    assert [chapter.title for chapter in chapters] == ["Las", "Łąki", "Zwierzęta", "Żywność"]
    assert [entry.title for entry in chapters[0].cards] == ["zz", "ź"]


def test_the_index_joins_equal_words_and_sorts_them_in_polish() -> None:
    def card(symbol: str, *words: str) -> tuple[str, Card]:
        keywords = Keywords(everyday=tuple(Item(text=word) for word in words))
        return symbol, msgspec.structs.replace(model_card("UW-PAS-001"), symbol=symbol, keywords=keywords)

    sections = word_index([card("A", "las", "sad", "łąka"), card("B", "śnieg", "las", "las ")])
    assert [section.letter for section in sections] == ["L", "Ł", "S", "Ś"]
    assert [(entry.words, entry.targets) for entry in sections[0].entries] == [("las", ("A", "B"))]
    assert sorted(["ćma", "czapka", "dom", "cukier"], key=polish_order) == ["cukier", "czapka", "ćma", "dom"]


def test_official_names_are_listed_with_everyday_words() -> None:
    card = model_card("UW-PAS-001")
    (entry,) = glossary([("a", card)])
    assert entry.official == card.official_name
    assert entry.everyday[0] == card.keywords.everyday[0].text
    assert glossary([("a", msgspec.structs.replace(card, keywords=Keywords()))]) == ()


def test_each_act_is_listed_once_with_every_card_that_cites_it() -> None:
    card = model_card("UW-PAS-001")
    acts = cited_acts([("a", card), ("b", card)])
    assert [act.targets for act in acts] == [("a", "b")] * len({act.act for act in card.legal_basis})
    assert [act.title for act in acts] == sorted((act.title for act in acts), key=polish_order)


def test_the_legal_state_of_a_book_is_a_span_of_days() -> None:
    first = model_card("UW-PAS-001")
    assert legal_state([first, msgspec.structs.replace(first, legal_state_date="2025-06-01")]) == (
        "2025-06-01",
        "2026-01-01",
    )
    assert legal_state([]) == ("", "")
