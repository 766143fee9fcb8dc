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
Variant = Literal["full", "visit", "large"]
"""Ways to print a card: all of it, one page for the counter, large print."""
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
SHEETS = ("book.css", "large.css", "visit.css", "one_piece.css")
ASSETS = {**dict.fromkeys(SHEETS, "text/css"), **dict.fromkeys(FACES.values(), "font/ttf")}
RENDERER = ("weasyprint", "pydyf", "fonttools", "pyphen", "segno")
"""Packages whose version decides about the bytes of a PDF."""
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "exporters" / "pdf"


def style_version() -> str:
    """Hash over everything but the editions that decides about the bytes of a PDF: part of every cache key."""
    printed = f"{_files_digest()} {settings.DEMO} {settings.WAGTAILADMIN_BASE_URL}"
    return hashlib.sha256(printed.encode()).hexdigest()[:16]


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    modules = FOLDER.glob("*.py")
    for path in sorted([*modules, *(FOLDER / name for name in ASSETS), *TEMPLATES.glob("*.html")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for package in RENDERER:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()
