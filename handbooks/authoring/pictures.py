"""Pictures of chapters: checked from their header before anything is unpacked, made small, and kept inside the edition."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

from PIL import Image, UnidentifiedImageError

from handbooks.published.prose import Picture

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""Width times height, as the header of the file claims: what is larger is not unpacked."""
LONGEST_SIDE = 1600
"""Pixels: 17 cm of paper at 240 dots per inch."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
QUALITY = 85


class UnprintablePicture(ValueError):
    """A picture cannot be printed; the message says where it stands and why."""


def published_picture(image: Any, *, where: str) -> Picture:
    """A picture of Wagtail's library for an edition. Raises `UnprintablePicture`."""
    try:
        with image.file.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnprintablePicture(
            f"{where}: nie można odczytać pliku obrazu „{image.title}”. Wgraj go ponownie."
        ) from error
    return small_picture(content, where=f"{where}, obraz „{image.title}”")


def small_picture(content: bytes, *, where: str) -> Picture:
    """The picture as a PNG or JPEG file of at most 1600 pixels a side, without metadata. Raises `UnprintablePicture`."""
    if len(content) > MOST_BYTES:
        raise UnprintablePicture(f"{where}: plik ma ponad {MOST_BYTES // 1024 // 1024} MB. Zmniejsz obraz.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise UnprintablePicture(
                    f"{where}: obraz ma {width} × {height} punktów, a może mieć najwyżej {MOST_PIXELS // 1_000_000} mln. "
                    "Zmniejsz go."
                )
            return _written(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnprintablePicture(
            f"{where}: obraz ma za dużo punktów, a może mieć najwyżej {MOST_PIXELS // 1_000_000} mln. Zmniejsz go."
        ) from error
    except UnprintablePicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnprintablePicture(
            f"{where}: to nie jest obraz PNG, JPEG, WebP ani GIF, albo plik jest uszkodzony."
        ) from error


def _written(opened: Image.Image) -> Picture:
    """Photographs as JPEG, everything else as PNG on white paper: transparency is not allowed in the printed file."""
    photograph = opened.format == "JPEG"
    plain = opened.convert("RGBA")
    paper = Image.new("RGBA", plain.size, "white")
    paper.alpha_composite(plain)
    small = paper.convert("RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    if photograph:
        small.save(written, "JPEG", quality=QUALITY)
    else:
        small.save(written, "PNG", optimize=True)
    data = written.getvalue()
    return Picture(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="image/jpeg" if photograph else "image/png",
        width=small.width,
        height=small.height,
        data=base64.b64encode(data).decode("ascii"),
    )
