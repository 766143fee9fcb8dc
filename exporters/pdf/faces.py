"""The four vendored font faces: which glyph prints a character, how wide it is, and which face a rendered font is.

Widths are in thousandths of the font size, as PDF wants them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from exporters.pdf.assets import FACES, FOLDER

SHARED_GLYPHS = {"\u00a0": " ", "\u00ad": "-", "\u2010": "-", "\u2011": "-"}
"""Characters that borrow the glyph of another one: text read back from a PDF has the plain character."""

LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
"""Characters that are several letters: text read back from a PDF has the letters."""


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """Measures of a face for its PDF descriptor, in thousandths of the font size."""

    bounds: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float


@dataclass(frozen=True, kw_only=True)
class Face:
    """One face. `name` is its name in PDF resources (F1 to F4), `asset` its file in this package."""

    name: str
    asset: str
    sha256: str
    glyphs: dict[str, int]
    texts: dict[int, str]
    widths: dict[int, int]
    metrics: Metrics

    def glyph(self, character: str) -> int:
        """The glyph of a character. Raises `KeyError` for one the face lacks."""
        return self.glyphs[character]

    def width(self, text: str, size: float) -> float:
        """Width of a text in the unit of `size`."""
        return sum(self.widths[self.glyphs[character]] for character in text) * size / 1000

    def content(self) -> bytes:
        """The whole font file."""
        return (FOLDER / self.asset).read_bytes()


@cache
def face(name: str) -> Face:
    """The face with this resource name. Raises `KeyError`."""
    asset = FACES[name]
    path = FOLDER / asset
    with TTFont(path, lazy=True) as font:
        order = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
        scale = 1000 / font["head"].unitsPerEm
        widths = {order[glyph]: round(advance * scale) for glyph, (advance, _) in font["hmtx"].metrics.items()}
        glyphs = {chr(code): order[glyph] for code, glyph in font.getBestCmap().items()}
        metrics = _metrics(font, scale)
    texts = {glyph: _plain(character) for character, glyph in sorted(glyphs.items(), reverse=True)}
    texts |= {glyphs[plain]: plain for plain in SHARED_GLYPHS.values()}
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Face(name=name, asset=asset, sha256=sha256, glyphs=glyphs, texts=texts, widths=widths, metrics=metrics)


def _plain(character: str) -> str:
    """The letters of a ligature; any other character as it is."""
    return unicodedata.normalize("NFKC", character) if character in LIGATURES else character


def _metrics(font: TTFont, scale: float) -> Metrics:
    head, horizontal, windows = font["head"], font["hhea"], font["OS/2"]
    return Metrics(
        bounds=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
        ascent=round(horizontal.ascent * scale),
        descent=round(horizontal.descent * scale),
        cap_height=round(windows.sCapHeight * scale),
        italic_angle=float(font["post"].italicAngle),
    )


@cache
def faces() -> dict[str, Face]:
    """All faces by resource name."""
    return {name: face(name) for name in FACES}


def read_back(text: str) -> str:
    """The text as it is read back from a PDF: of characters with one glyph only one comes back, of a ligature its letters."""
    return text if text.isascii() else text.translate(_read_back())


@cache
def _read_back() -> dict[int, str]:
    """Only characters that come back as others; all faces agree about them, which a test proves."""
    regular = face("F1")
    came_back = ((sign, regular.texts[glyph]) for sign, glyph in regular.glyphs.items())
    return {ord(sign): text for sign, text in came_back if text != sign}


@cache
def face_names_by_content() -> dict[str, str]:
    """Resource names by the SHA-256 of the font file: how a font that was used in rendering is recognised."""
    return {entry.sha256: name for name, entry in faces().items()}
