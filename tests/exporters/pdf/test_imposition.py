"""Sheets of a booklet: folded in the middle and laid into each other, their pages come in order."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exporters.pdf.imposition import MOST_SHEETS_TO_STAPLE, SHEETS_IN_GATHERING, Pair, imposed, sides
from tests.exporters.pdf.printed import fonts, letters, reader_of, root_of
from tests.exporters.published_catalogue import ON, record_small_catalogue


def folded(printed: list[Pair]) -> list[int | None]:
    """Pages in the order in which a reader meets them when these sheets are laid into each other and folded."""
    sheets = list(zip(printed[::2], printed[1::2], strict=True))
    outwards = [page for front, back in sheets for page in (front[1], back[0])]
    backwards = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return outwards + backwards


@pytest.mark.parametrize("pages", [1, 4, 5, 8, 30, 4 * MOST_SHEETS_TO_STAPLE])
def test_the_pages_of_a_folded_booklet_come_in_order(pages: int) -> None:
    order = folded(list(sides(pages)))
    assert order[:pages] == list(range(pages))
    assert set(order[pages:]) <= {None}
    assert len(order) < pages + 4


@pytest.mark.parametrize("pages", [4 * MOST_SHEETS_TO_STAPLE + 1, 240])
def test_a_thick_booklet_is_made_of_gatherings(pages: int) -> None:
    printed = list(sides(pages))
    in_gathering = 2 * SHEETS_IN_GATHERING
    gatherings = [printed[start : start + in_gathering] for start in range(0, len(printed), in_gathering)]
    order = [page for gathering in gatherings for page in folded(gathering)]
    assert [page for page in order if page is not None] == list(range(pages))


def test_a_booklet_and_its_sheets_from_the_command(db: None, tmp_path: Path) -> None:
    record_small_catalogue()
    book, sheets = tmp_path / "a.pdf", tmp_path / "a-arkusze.pdf"
    said = io.StringIO()
    call_command("handbook", "UW", f"--out={book}", "--variant=booklet", "--impose", f"--on={ON}", stdout=said)
    assert str(sheets) in said.getvalue()
    content = sheets.read_bytes()
    assert content == imposed(book.read_bytes())

    pages = [letters(page.extract_text()) for page in reader_of(book.read_bytes()).pages]
    printed = reader_of(content).pages
    assert len(printed) == len(list(sides(len(pages))))
    for side, pair in zip(printed, sides(len(pages)), strict=True):
        width, height = (round(float(length)) for length in side.mediabox[2:])
        assert (width, height) == (842, 595)
        assert letters(side.extract_text()) == "".join(pages[page] for page in pair if page is not None)
    assert root_of(content)["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    assert "/StructTreeRoot" not in root_of(content)


def test_the_fonts_of_the_sheets_are_those_of_the_book(db: None, tmp_path: Path) -> None:
    record_small_catalogue()
    book = tmp_path / "a.pdf"
    call_command("handbook", "UW", f"--out={book}", "--variant=booklet", f"--on={ON}", stdout=io.StringIO())
    content = imposed(book.read_bytes())
    form = reader_of(content).pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    faces = next(iter(form.values())).get_object()["/Resources"]["/Font"]
    assert {str(face.get_object()["/BaseFont"]).partition("+")[2] for face in faces.values()} == set(
        fonts(book.read_bytes())
    )


def test_a_catalogue_has_sheets_too(db: None, tmp_path: Path) -> None:
    record_small_catalogue()
    book = tmp_path / "a.pdf"
    arguments = (f"--out={book}", "--variant=booklet", "--impose", f"--on={ON}")
    call_command("printed_catalogue", "uw-rzeszow", *arguments, stdout=io.StringIO())
    assert (tmp_path / "a-arkusze.pdf").read_bytes() == imposed(book.read_bytes())


@pytest.mark.parametrize("command", [("handbook", "UW"), ("printed_catalogue", "uw-rzeszow")])
def test_only_a_booklet_has_sheets(db: None, tmp_path: Path, command: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="--variant booklet"):
        call_command(*command, f"--out={tmp_path / 'a.pdf'}", "--impose")
    assert list(tmp_path.iterdir()) == []
