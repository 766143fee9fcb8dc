"""The only way in which rendering gets at files and pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PIL import Image
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from exporters.pdf.assets import ASSETS, FOLDER, PICTURES, SCHEME

PICTURE_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
MOST_PIXELS = 4_000_000
"""Width times height of a picture, by the header of its file: what claims more is never unpacked."""


class RefusedAddress(FatalURLFetchingError):
    """A template asks for something that is neither an asset nor a picture of the part, or a picture cannot be printed."""


class AssetFetcher(URLFetcher):
    """Answers `asset:` addresses from the table of assets and `picture:` addresses from memory.

    Every other address is refused, `file:` and `http:` included.
    """

    def __init__(self, pictures: Mapping[str, bytes] = MappingProxyType({})) -> None:
        super().__init__()
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The content of an asset or picture. Raises `RefusedAddress`."""
        picture = self._pictures.get(url.removeprefix(PICTURES)) if url.startswith(PICTURES) else None
        if picture is not None:
            return URLFetcherResponse(url, picture, {"Content-Type": picture_type(picture)})
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in ASSETS:
            raise RefusedAddress(
                f"Szablon wydruku odwołuje się do adresu „{url}”. Wolno używać tylko plików z exporters/pdf/."
            )
        return URLFetcherResponse(url, (FOLDER / name).read_bytes(), {"Content-Type": ASSETS[name]})


def picture_type(content: bytes) -> str:
    """Media type of a picture, told from its header alone. Raises `RefusedAddress` for a bomb or anything but PNG and JPEG."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(PICTURE_TYPES)) as opened:
            width, height = opened.size
            kind = PICTURE_TYPES[opened.format or ""]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedAddress("Obraz ma za dużo punktów, a drukujemy najwyżej 4 mln. Zmniejsz go.") from error
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise RefusedAddress("Obrazu nie można odczytać. Wgraj go jeszcze raz jako PNG albo JPEG.") from error
    if width * height > MOST_PIXELS:
        raise RefusedAddress(f"Obraz ma {width} × {height} punktów, a drukujemy najwyżej 4 mln. Zmniejsz go.")
    return kind
