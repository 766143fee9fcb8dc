"""Files that rendering may open: the style sheet and the fonts of this package, under the scheme `asset:`.

This module does not import WeasyPrint, so that a web process pays for it only when it has to render.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from django.conf import settings

FOLDER = Path(__file__).parent
SCHEME = "asset:"
Variant = Literal["full", "visit", "large", "booklet"]
"""Ways to print: A4, one page for the counter (single cards), large print, A5 booklet (books)."""
BOOK_VARIANTS: tuple[Variant, ...] = ("full", "booklet", "large")
EXPECTED_WEASYPRINT = "70.0"
"""The version whose inner places fragments rest on; see `hooks`."""
FONT_FAMILY = "Source Sans 3"
REGULAR_FONT = "fonts/SourceSans3_400Regular.ttf"
FACES = {
    "F1": REGULAR_FONT,
    "F2": "fonts/SourceSans3_400Regular_Italic.ttf",
    "F3": "fonts/SourceSans3_700Bold.ttf",
    "F4": "fonts/SourceSans3_700Bold_Italic.ttf",
}
"""Faces by their name in PDF resources."""
SHEETS = ("book.css", "large.css", "visit.css", "booklet.css", "one_piece.css")
PICTURES = "picture:"
"""Scheme of pictures that come with the text of a part; they are no files."""
FONT_SETTINGS = "fonts/fonts.conf"
COLOR_PROFILE = "color/sRGB2014.icc"
ASSETS = {**dict.fromkeys(SHEETS, "text/css"), **dict.fromkeys(FACES.values(), "font/ttf")}
RENDERER = ("weasyprint", "pydyf", "fonttools", "pyphen", "segno")
"""Packages whose version decides about the bytes of a PDF."""
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "exporters" / "pdf"
PRINT_SHEET = Path(settings.BASE_DIR) / "static" / "public" / "print.css"
"""Typography that PDFs share with the printed pages of the site; the first sheet of every variant."""


def style_version() -> str:
    """Hash over everything but the editions that decides about the bytes of a PDF: part of every cache key."""
    printed = f"{_files_digest()} {settings.DEMO} {settings.PUBLIC_ADDRESS}"
    return hashlib.sha256(printed.encode()).hexdigest()[:16]


def printed_files() -> list[Path]:
    """Every file that decides about the bytes of a PDF: modules of this package, style sheets, templates, fonts."""
    own = (FOLDER / name for name in (*ASSETS, COLOR_PROFILE, FONT_SETTINGS))
    return sorted([*FOLDER.glob("*.py"), *own, PRINT_SHEET, *TEMPLATES.glob("*.html")], key=lambda path: path.name)


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    for path in printed_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for package in RENDERER:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()
