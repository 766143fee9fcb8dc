"""Files that rendering may open: the style sheet and the fonts of this package, under the scheme `asset:`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FOLDER = Path(__file__).parent
SCHEME = "asset:"
FONT_FAMILY = "Source Sans 3"
REGULAR_FONT = "fonts/SourceSans3_400Regular.ttf"
ASSETS = {
    "book.css": "text/css",
    REGULAR_FONT: "font/ttf",
    "fonts/SourceSans3_400Regular_Italic.ttf": "font/ttf",
    "fonts/SourceSans3_700Bold.ttf": "font/ttf",
    "fonts/SourceSans3_700Bold_Italic.ttf": "font/ttf",
}
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "exporters" / "pdf"


class RefusedAddress(FatalURLFetchingError):
    """A template asks for something that is not an asset of this package. Rendering stops: it is a mistake in the template."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `asset:` addresses from the table above and refuses every other address, `file:` and `http:` included."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The content of an asset. Raises `RefusedAddress`."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in ASSETS:
            raise RefusedAddress(
                f"Szablon wydruku odwołuje się do adresu „{url}”. Wolno używać tylko plików z exporters/pdf/."
            )
        return URLFetcherResponse(url, (FOLDER / name).read_bytes(), {"Content-Type": ASSETS[name]})


def style_version() -> str:
    """Hash over everything but the editions that decides about the bytes of a PDF: part of every cache key."""
    return hashlib.sha256(f"{_files_digest()} {settings.DEMO}".encode()).hexdigest()[:16]


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    modules = FOLDER.glob("*.py")
    for path in sorted([*modules, *(FOLDER / name for name in ASSETS), *TEMPLATES.glob("*.html")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
