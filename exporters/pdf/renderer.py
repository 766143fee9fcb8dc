"""From the HTML of parts to the bytes of one PDF. Knows nothing of cards.

Today all parts are laid out in one piece. The parts (cover, contents, one card) are the seam for rendering each of them once and
assembling books from kept fragments.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from exporters.pdf.assets import FOLDER, FONT_FAMILY
from exporters.pdf.fetcher import AssetFetcher, RefusedAddress
from exporters.pdf.templating import render_part

_ONE_AT_A_TIME = threading.Lock()
"""Pango and fontconfig are not safe for use by several threads of a web process at once."""


class UnexpectedFont(RuntimeError):
    """A page uses a font that is not vendored: its text could differ from machine to machine."""


class UnprintableBook(RuntimeError):
    """A part asks for a file or address that rendering may not open."""


@dataclass(frozen=True, kw_only=True)
class BookData:
    """Metadata of a PDF. `published_on` is an ISO date that stands for the wall clock, `digest` identifies the content."""

    title: str
    subject: str
    published_on: str
    digest: str
    kind: str


def render_book(parts: Iterable[str], data: BookData) -> bytes:
    """Lay the parts out one after another as PDF/UA-1. Equal arguments give equal bytes.

    Raises `UnprintableBook` and `UnexpectedFont`.
    """
    html = render_part("book", parts=list(parts), data=data)
    with _ONE_AT_A_TIME:
        return _written(html, data)


def _written(html: str, data: BookData) -> bytes:
    fonts, sheet = _style()
    try:
        content = HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(
            stylesheets=[sheet],
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
def _style() -> tuple[FontConfiguration, CSS]:
    """The font configuration and the parsed style sheet, once per process."""
    fonts = FontConfiguration()
    sheet = CSS(string=(FOLDER / "book.css").read_text(encoding="utf-8"), font_config=fonts, url_fetcher=AssetFetcher())
    return fonts, sheet
