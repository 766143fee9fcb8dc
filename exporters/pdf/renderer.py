"""Layout by WeasyPrint: fragments of books, and books in one piece. Knows nothing of cards.

In one piece is the plain way through WeasyPrint's public interface. It is used when the inner places that fragments need are not
where they were (see `hooks`), and as the baseline of measurements.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from exporters.pdf.assets import FOLDER, FONT_FAMILY, PRINT_SHEET
from exporters.pdf.book_data import BookData
from exporters.pdf.fetcher import AssetFetcher, RefusedAddress
from exporters.pdf.fragment import Fragment
from exporters.pdf.hooks import missing_hooks
from exporters.pdf.line_memory import LineMemory
from exporters.pdf.making import FragmentMaker
from exporters.pdf.painting import UnexpectedFont, UnsupportedDrawing
from exporters.pdf.qr_drawing import codes_drawn_directly
from exporters.pdf.style_memory import StyleMemory
from exporters.pdf.templating import render_part

__all__ = ["BookData", "UnexpectedFont", "UnprintableBook", "render_book", "render_fragment"]

_ONE_AT_A_TIME = threading.Lock()
"""Pango and fontconfig are not safe for use by several threads of a web process at once."""

SHEETS = {
    "full": ("book.css",),
    "large": ("book.css", "large.css"),
    "visit": ("book.css", "visit.css"),
    "booklet": ("book.css", "booklet.css"),
    "one_piece": ("book.css", "one_piece.css"),
}
"""Style sheets of each variant of print, in order, after `assets.PRINT_SHEET`."""


ONE_PAGE = frozenset({"visit"})
"""Variants that are to have one page."""
LEAST_FILLED = 0.2
"""Share of a last page below which it looks forgotten: some nine lines."""


class UnprintableBook(RuntimeError):
    """A part asks for a file or address that rendering may not open, or is nested too deeply to be laid out."""


def render_fragment(
    parts: Iterable[str],
    *,
    variant: str = "full",
    missing: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Fragment:
    """Lay out one part. `variant` is a key of `SHEETS`; `missing` is noted in the fragment; `pictures` are files by their hash.

    `parts` are the same part set ever more densely: the first that fills its pages well is taken, else the one with fewest pages.
    Raises `UnprintableBook` and `UnexpectedFont`.
    """
    assert not missing_hooks()
    with _ONE_AT_A_TIME:
        lines, styles = _memory(variant)
        try:
            with lines.at_work(), styles.at_work(), codes_drawn_directly():
                source, document = _best_filled(parts, variant, pictures)
                return FragmentMaker(document, source.etree_element).make(missing)
        except (RefusedAddress, UnsupportedDrawing) as refusal:
            raise UnprintableBook(str(refusal)) from refusal
        except RecursionError as error:
            raise UnprintableBook("Elementy są zagnieżdżone zbyt głęboko. Uprość treść.") from error


def _best_filled(parts: Iterable[str], variant: str, pictures: Mapping[str, bytes]) -> tuple[HTML, Document]:
    fonts, sheets = _style(variant)
    tried: list[tuple[HTML, Document]] = []
    for part in parts:
        html = render_part("fragment", part=part, variant=variant)
        source = HTML(string=html, url_fetcher=AssetFetcher(pictures))
        document = source.render(stylesheets=sheets, font_config=fonts)
        tried.append((source, document))
        if _fills_its_pages(document, variant):
            return tried[-1]
    return min(tried, key=lambda one: len(one[1].pages))


def _fills_its_pages(document: Document, variant: str) -> bool:
    """Whether the last page is the only one, or, where more pages are welcome, holds more than a few lines."""
    if len(document.pages) == 1:
        return True
    page = document.pages[-1]._page_box  # noqa: SLF001 the height of what stands on a page is not public
    return variant not in ONE_PAGE and page.children[0].height >= LEAST_FILLED * page.height


def render_book(parts: Iterable[str], data: BookData, pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Lay the parts out one after another as PDF/UA-1 in one piece. Equal arguments give equal bytes.

    Raises `UnprintableBook` and `UnexpectedFont`.
    """
    html = render_part("book", parts=list(parts), data=data)
    with _ONE_AT_A_TIME:
        return _written(html, data, pictures)


def _written(html: str, data: BookData, pictures: Mapping[str, bytes]) -> bytes:
    fonts, sheets = _style("one_piece")
    try:
        content = HTML(string=html, url_fetcher=AssetFetcher(pictures)).write_pdf(
            stylesheets=sheets,
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(data.digest.encode()).digest()[:16],
            finisher=refuse_foreign_fonts,
        )
    except RefusedAddress as refusal:
        raise UnprintableBook(str(refusal)) from refusal
    assert isinstance(content, bytes)
    return content


def refuse_foreign_fonts(document: Any, pdf: Any) -> None:
    """Stop when text was set in a font of the machine instead of ours."""
    foreign = sorted({font.family for font in document.fonts.values()} - {FONT_FAMILY})
    if foreign:
        raise UnexpectedFont(
            f"Wydruk używa czcionek spoza projektu: {', '.join(foreign)}. Popraw exporters/pdf/book.css."
        )


@cache
def _memory(variant: str) -> tuple[LineMemory, StyleMemory]:
    """What this process remembers of lines and styles of a variant."""
    return LineMemory(), StyleMemory()


@cache
def _style(variant: str) -> tuple[FontConfiguration, list[CSS]]:
    """The font configuration and the parsed style sheets of a variant, once per process."""
    fonts = FontConfiguration()
    paths = (PRINT_SHEET, *(FOLDER / name for name in SHEETS[variant]))
    sheets = [
        CSS(string=path.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=AssetFetcher()) for path in paths
    ]
    return fonts, sheets
