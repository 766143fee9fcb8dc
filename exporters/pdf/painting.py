"""Pages drawn by WeasyPrint into content streams, with marked content remembered and slots cut out.

The stream is WeasyPrint's own, so everything is drawn as it always is; this class only watches. Operators are a list until the end,
so a slot or a mark is found by its place in the list.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.pdf.stream import Stream

from exporters.pdf.faces import face_names_by_content, faces
from exporters.pdf.fragment import Slot

POINTS_PER_PIXEL = 0.75
SLOT = "data-slot"


class UnexpectedFont(RuntimeError):
    """A page uses a font that is not vendored: its text could differ from machine to machine."""


class UnsupportedDrawing(RuntimeError):
    """A page uses something that fragments cannot carry: transparency, patterns, shadings."""


@dataclass
class Mark:
    """A marked piece of content: the box it came from and where its opening operators stand in the list."""

    box: Any
    mcid: int
    start: int


@dataclass
class UsedFonts:
    """Fonts of one fragment: WeasyPrint's font objects by its keys, and the glyph texts per face."""

    fonts: dict[Any, Any] = field(default_factory=dict)
    repeated: dict[str, dict[int, str]] = field(default_factory=dict)
    """Glyphs of lines that were drawn from memory, per face."""

    def add(self, glyphs: Mapping[str, Mapping[int, str]]) -> None:
        """Count glyphs per face as used."""
        for face, texts in glyphs.items():
            used = self.repeated.setdefault(face, {})
            for glyph, text in texts.items():
                used.setdefault(glyph, text)

    def glyphs(self) -> dict[str, dict[int, str]]:
        """Per face the glyphs used; their text only where the face itself does not tell it."""
        found: dict[str, dict[int, str]] = {}
        drawn = [(font.hash, font.to_unicode) for font in self.fonts.values()]
        for face, texts in (*drawn, *self.repeated.items()):
            plain = faces()[face].texts
            used = found.setdefault(face, {})
            for glyph, text in texts.items():
                used.setdefault(glyph, "" if glyph in plain else text)
        return {name: dict(sorted(found[name].items())) for name in sorted(found)}


class WatchedStream(Stream):
    """A content stream that knows its marks and slots. One per page."""

    def __init__(self, page: int, used: UsedFonts, *arguments: Any) -> None:
        super().__init__(used.fonts, *arguments, compress=False)
        self.page = page
        self.used = used
        self.marks: list[Mark] = []
        self.slots: list[Slot] = []
        self.pictures: dict[str, bytes] = {}
        self._font: tuple[str, float] = ("", 0.0)

    def add_font(self, pango_font: Any) -> Any:
        """WeasyPrint's font, renamed to our resource name and given the exact widths. Raises `UnexpectedFont`."""
        font, size = super().add_font(pango_font)
        if font.hash not in faces():
            known = face_names_by_content().get(_digest(font.file_content))
            if known is None:
                raise UnexpectedFont(
                    f"Wydruk używa czcionki spoza projektu: {font.family}. Popraw exporters/pdf/book.css."
                )
            font.hash = known
            font.widths = faces()[known].widths
        self.refuse_missing_glyphs(font)
        return font, size

    def refuse_missing_glyphs(self, *fonts: Any) -> None:
        """Raise `UnexpectedFont` when one of the fonts met a character for which it has no glyph."""
        missing = sorted({code for font in fonts for code in font.missing})
        if missing:
            raise UnexpectedFont(f"Czcionka nie ma znaków: {', '.join(map(chr, missing))}.")

    def add_image(self, image: Any, interpolate: bool, ratio: float) -> str:
        """Keep the picture as a finished object, under a name made of its bytes. Raises `UnsupportedDrawing`."""
        drawn = image.get_x_object(interpolate, 1)
        if "SMask" in drawn.extra:
            raise UnsupportedDrawing(
                "Obraz jest przezroczysty, a norma PDF/UA na to nie pozwala. Zapisz go na białym tle."
            )
        content = bytes(drawn.data)
        name = f"I{hashlib.sha256(content).hexdigest()[:20]}"
        self.pictures[name] = content
        return name

    def set_font_size(self, font: str, size: float) -> None:
        """Remember the font, also when it is the one already set."""
        self._font = (font, size)
        super().set_font_size(font, size)

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark content; a box of a slot element is measured and its drawing is dropped."""
        start = len(self.stream)
        is_slot = isinstance(box, TextBox) and box.element is not None and SLOT in box.element.attrib
        with super().marked(box, tag):
            yield
        mcid = self._tags[box]["mcid"]
        if is_slot:
            del self.stream[start:]
            self._current_color = self._current_alpha = self._current_font = self._old_font = None
            self.slots.append(self._slot(box, mcid))
            start = -1
        self.marks.append(Mark(box, mcid, start))

    def _slot(self, box: Any, mcid: int) -> Slot:
        matrix = self.ctm
        x, y = matrix.transform_point(box.position_x, box.position_y + box.baseline)
        font, size = self._font
        red, green, blue = box.style["color"].to("srgb").coordinates
        attributes = box.element.attrib
        return Slot(
            page=self.page,
            mcid=mcid,
            target=attributes["data-target"].removeprefix("#"),
            x=x,
            y=y,
            width=box.width * POINTS_PER_PIXEL,
            face=font,
            size=size * POINTS_PER_PIXEL,
            color=(red, green, blue),
            align=attributes[SLOT],
            before=attributes.get("data-before", ""),
        )

    def make_artifact(self, mark: Mark) -> None:
        """Turn marked content into an artifact, in place: `/Span <</MCID 1>> BDC` becomes `/Artifact <<>> BDC`."""
        if mark.start >= 0:
            self.stream[mark.start : mark.start + 2] = [b"/Artifact", b"<</Type/Pagination>>"]

    def content(self) -> bytes:
        """The finished stream object, with the graphic state restored at its end."""
        pieces = [piece if isinstance(piece, bytes) else _piece(piece) for piece in self.stream]
        packed = zlib.compress(b"\n".join([b"q", *pieces, b"Q"]), 9)
        return b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)


def _piece(piece: Any) -> bytes:
    return bytes(piece.data) if isinstance(piece, pydyf.Object) else str(piece).encode("ascii")


_digests: dict[int, tuple[bytes, str]] = {}


def _digest(content: bytes) -> str:
    """SHA-256 of a font file. The four files come again and again, so they are recognised by comparing first."""
    known = _digests.get(len(content))
    if known is None or known[0] != content:
        known = (content, hashlib.sha256(content).hexdigest())
        _digests[len(content)] = known
    return known[1]


def new_resources() -> pydyf.Dictionary:
    """Resources of one fragment, as WeasyPrint's streams expect them."""
    return pydyf.Dictionary(
        {
            "ExtGState": pydyf.Dictionary(),
            "XObject": pydyf.Dictionary(),
            "Pattern": pydyf.Dictionary(),
            "Shading": pydyf.Dictionary(),
            "ColorSpace": b"",
        }
    )


def states(resources: pydyf.Dictionary) -> dict[str, bytes]:
    """Graphic states by name. Raises `UnsupportedDrawing` for resources other than plain states."""
    for kind in ("XObject", "Pattern", "Shading"):
        if resources[kind]:
            raise UnsupportedDrawing(f"Część wydruku zawiera element rodzaju {kind}, którego wydruk nie przenosi.")
    found = {}
    for name, state in sorted(resources["ExtGState"].items()):
        if set(state) - {"ca", "CA"}:
            raise UnsupportedDrawing("Część wydruku używa przezroczystości, której norma PDF/UA zabrania.")
        found[name] = bytes(state.data)
    return found
