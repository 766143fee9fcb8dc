"""The renderer opens nothing but its own assets and stops at foreign fonts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pytest_django import Settings

from exporters.pdf.assets import ASSETS, FOLDER, FONT_FAMILY, PRINT_SHEET, TEMPLATES, printed_files, style_version
from exporters.pdf.documents import card_pdf
from exporters.pdf.fetcher import AssetFetcher, RefusedAddress
from exporters.pdf.renderer import BookData, UnexpectedFont, UnprintableBook, refuse_foreign_fonts, render_book
from tests.exporters.cards_for_tests import model_card, sha256_of
from tests.exporters.pdf.printed import colors_of_sheet, fill_colors

DATA = BookData(title="Próba", subject="Próba", published_on="2026-01-01", digest="0" * 64, kind="card")

FOREIGN = [
    "file:///etc/hostname",
    "http://127.0.0.1:1/x.png",
    "https://example.org/x.css",
    "ftp://example.org/x",
    "data:text/css,p{}",
    "asset:../pdf/renderer.py",
    "asset:/etc/hostname",
    "asset:fonts/LICENSE",
    "/etc/hostname",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_the_fetcher_refuses_everything_but_assets(url: str) -> None:
    with pytest.raises(RefusedAddress, match="Wolno używać tylko plików"):
        AssetFetcher().fetch(url)


@pytest.mark.parametrize("name", ASSETS)
def test_the_fetcher_gives_assets(name: str) -> None:
    assert AssetFetcher().fetch(f"asset:{name}").read() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://127.0.0.1:1/x.png", "data:image/svg+xml,<svg/>"])
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}" alt="x">',
        '<p style="background: url({})">x</p>',
        '<link rel="stylesheet" href="{}">',
        '<object data="{}"></object>',
        "<style>@import url({});</style>",
        "<style>@font-face {{ font-family: x; src: url({}); }} p {{ font-family: x; }}</style><p>x</p>",
    ],
)
def test_a_part_that_asks_for_a_foreign_address_is_not_printed(html: str, url: str) -> None:
    with pytest.raises(UnprintableBook, match="odwołuje się do adresu"):
        render_book([f"<h1>Próba</h1>{html.format(url)}"], DATA)


def test_a_foreign_font_stops_the_printing() -> None:
    """WeasyPrint lists the fonts it used; one that is not ours would look different on every machine."""

    def document(*families: str) -> SimpleNamespace:
        return SimpleNamespace(fonts={family: SimpleNamespace(family=family) for family in families})

    refuse_foreign_fonts(document(FONT_FAMILY), None)
    with pytest.raises(UnexpectedFont, match="DejaVu Sans"):
        refuse_foreign_fonts(document(FONT_FAMILY, "DejaVu Sans"), None)


def test_the_style_version_depends_on_the_demonstration_setting(settings: Settings) -> None:
    settings.DEMO = True
    demonstration = style_version()
    settings.DEMO = False
    assert style_version() != demonstration


def test_a_card_has_the_colors_of_the_sheet_that_it_shares_with_the_site() -> None:
    card = model_card("UW-PAS-001")
    shared = colors_of_sheet(PRINT_SHEET.read_text(encoding="utf-8"))
    assert len(shared) >= 5
    assert shared <= fill_colors(card_pdf(card, edition_sha256=sha256_of(card)))


def test_the_style_version_covers_every_file_that_decides_about_print() -> None:
    covered = printed_files()
    assert len({path.name for path in covered}) == len(covered)
    assert {
        PRINT_SHEET,
        TEMPLATES / "card.html",
        *FOLDER.glob("*.py"),
        *FOLDER.glob("*.css"),
        *FOLDER.glob("fonts/*.ttf"),
    } <= set(covered)
