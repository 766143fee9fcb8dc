"""Edited chapters in print: footnotes, tables, pictures, changes and the imprint, tagged and where a reader expects them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from exporters.pdf.building import build
from exporters.pdf.jobs import html_job, perform
from exporters.pdf.refusals import RefusedPart
from exporters.pdf.store import fragment_store
from exporters.pdf.workers import Workers
from handbooks.published.handbook import Change, Handbook
from handbooks.published.prose import Block, Run
from tests.exporters.cards_for_tests import model_cards
from tests.exporters.pdf.editions_for_tests import LONG, chapter, handbook_edition, line, noted, picture
from tests.exporters.pdf.printed import bookmarks, letters, reader_of, roles, root_of, structure_text, text_of
from tests.exporters.pdf.test_books import publication_of

GOLDENS = Path(__file__).parent
BLOCKS = (
    Block(kind="heading", lines=(line("Śródtytuł"),)),
    Block(kind="paragraph", lines=((Run(kind="plain", text="Tekst "), Run(kind="strong", text="gruby")),)),
    Block(kind="paragraph", lines=(noted("Zdanie z przypisem.", "Treść pierwszego przypisu."),)),
    Block(kind="bullets", lines=(line("punkt"), noted("drugi punkt", "Treść drugiego przypisu."))),
    Block(kind="numbers", lines=(line("krok"),)),
    Block(kind="quote", lines=(line("Wskazówka w ramce."),)),
    Block(kind="table", header=(*line("Lewa"), *line("Prawa")), rows=((line("a"), line("b")),)),
    Block(kind="picture", picture=picture(), alternative="Granatowy kwadrat", lines=(line("Podpis obrazu"),)),
    Block(kind="picture", picture=picture(kind="JPEG"), alternative="Drugi kwadrat"),
)
CHANGES = (
    Change(kind="added", key="UST-BAD-001", title="Nowa karta", note="Weszła w życie ustawa."),
    Change(kind="removed", key="UST-XXX-001", title="Dawna karta"),
)


def printed(edition: Handbook, path: Path) -> bytes:
    cards = [card for card in model_cards() if card.office_type.code == "UST"][:1]
    with Workers(fragment_store()) as workers:
        build(publication_of(cards, edition), path, workers)
    return path.read_bytes()


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    edition = handbook_edition(chapter("cel", "Cel", *BLOCKS), number=2, changes=CHANGES)
    return printed(edition, tmp_path_factory.mktemp("chapters") / "a.pdf")


def test_a_footnote_is_a_note_with_a_name_at_the_foot_of_its_page(content: bytes) -> None:
    assert roles(content).count("/Note") == 2
    names: Any = root_of(content)["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert [str(name) for name in names[::2]] == ["rozdzial-cel-przypis-1", "rozdzial-cel-przypis-2"]
    page = next(page for page in text_of(content).split("\f") if "Śródtytuł" in page)
    assert page.index("drugi punkt") < page.index("1 Treść pierwszego przypisu.") < page.index("2 Treść drugiego")


def test_a_picture_is_a_figure_with_its_words_and_is_kept_once(content: bytes) -> None:
    found = structure_text(content)
    assert 'Figure "Granatowy kwadrat"' in found
    assert "Caption" in found
    assert content.count(b"/Subtype /Image") + content.count(b"/Subtype/Image") == 2


def test_tables_of_chapters_have_headers(content: bytes) -> None:
    text = structure_text(content)
    assert text.count("TH Column") >= 2


def test_the_imprint_tells_edition_funding_and_frozen_numbers(content: bytes) -> None:
    page = text_of(content).split("\f")[1].replace("\n", " ")
    for sentence in ("Wydanie 2 z dnia 1 stycznia 2026", "od 7 do 41", "Współfinansowano", "Wydawca: redakcja."):
        assert sentence in page


def test_changes_are_listed_with_pages_and_notes(content: bytes) -> None:
    everything = text_of(content).replace("\n", " ")
    assert "Porównanie z wydaniem 1." in everything
    assert "Weszła w życie ustawa." in everything
    assert "Dawna karta (UST-XXX-001)" in everything
    assert (2, "Zmiany od poprzedniego wydania") in bookmarks(content)


def test_a_first_edition_has_no_list_of_changes(tmp_path: Path) -> None:
    content = printed(handbook_edition(chapter("cel", "Cel")), tmp_path / "a.pdf")
    assert "Zmiany od poprzedniego wydania" not in text_of(content)
    assert letters(LONG) in letters(text_of(content))


def kept(name: str, shown: str) -> str:
    """A golden file; with `WRITE_GOLDENS=1` it is written first, and the difference is to be read before committing it."""
    if os.environ.get("WRITE_GOLDENS"):
        (GOLDENS / name).write_text(shown, encoding="utf-8")
    return (GOLDENS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("golden", "shown"), [("book.structure.txt", structure_text), ("book.pdf.txt", text_of)])
def test_a_book_looks_as_it_did(content: bytes, golden: str, shown: Any) -> None:
    assert shown(content) == kept(golden, shown(content))


def test_bookmarks_and_metadata_look_as_they_did(content: bytes) -> None:
    marks = "".join(f"{'  ' * (level - 1)}{title}\n" for level, title in bookmarks(content))
    assert marks == kept("book.bookmarks.txt", marks)
    packet = root_of(content)["/Metadata"].get_data().decode()
    told = "".join(f"{name} = {value}\n" for name, value in sorted((reader_of(content).metadata or {}).items()))
    told += f"\n{packet}\n"
    assert told == kept("book.metadata.txt", told)


def test_a_picture_that_claims_too_many_points_is_refused_before_it_is_unpacked() -> None:
    bomb = bomb_of(60_000)
    large = html_job(
        '<p><img src="picture:duzy" alt="x"></p>', name="Rozdział „Duży”", pictures={"duzy": bomb_of(3_000)}
    )
    with pytest.raises(RefusedPart, match=r"Rozdział „Duży”.*3000 × 3000"):
        perform(large)
    job = html_job('<p><img src="picture:bomba" alt="x"></p>', name="Rozdział „Bomba”", pictures={"bomba": bomb})
    with pytest.raises(RefusedPart, match=r"Rozdział „Bomba”.*Obraz ma za dużo punktów"):
        perform(job)


def test_a_broken_picture_is_refused_by_name() -> None:
    job = html_job('<p><img src="picture:a" alt="x"></p>', name="Rozdział „A”", pictures={"a": b"\x89PNG\r\n\x1a\nabc"})
    with pytest.raises(RefusedPart, match=r"Rozdział „A”: Obrazu nie można odczytać"):
        perform(job)


def bomb_of(side: int) -> bytes:
    """A tiny PNG file whose header claims a huge picture."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
