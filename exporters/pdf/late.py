"""What is written on the pages of a book when its page numbers are known: numbers in slots, footers, thumb marks.

Late text is set with the metrics of our faces, without kerning. Lengths are in points from the bottom left corner of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from exporters.pdf.assets import Variant
from exporters.pdf.faces import face
from exporters.pdf.fragment import Slot
from exporters.pdf.objects import number, numbers

MILLIMETRE = 72 / 25.4
REGULAR, BOLD = "F1", "F3"
GREY = (0.3, 0.3, 0.3)
NAVY = (0.043, 0.239, 0.4)
WHITE = (1.0, 1.0, 1.0)
BLACK = (0.0, 0.0, 0.0)
Ink = tuple[str, float, tuple[float, float, float]]
"""Face, size and colour of late text."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where late text stands on a page and how large it is."""

    side_margin: float = 24 * MILLIMETRE
    footer_height: float = 12 * MILLIMETRE
    footer_size: float = 8.5
    thumb_width: float = 8 * MILLIMETRE
    thumb_height: float = 14 * MILLIMETRE
    thumb_top: float = 30 * MILLIMETRE
    thumb_bottom: float = 40 * MILLIMETRE
    thumb_sign_size: float = 11
    thumb_text_size: float = 7.5
    ink: tuple[float, float, float] = GREY
    thumb_ink: tuple[float, float, float] = NAVY


A4_LAYOUT = Layout()
LAYOUTS: dict[Variant, Layout] = {
    "full": A4_LAYOUT,
    "visit": A4_LAYOUT,
    "large": Layout(footer_size=14, thumb_sign_size=16, thumb_text_size=12, ink=BLACK, thumb_ink=BLACK),
    "booklet": Layout(
        side_margin=15 * MILLIMETRE,
        footer_height=9 * MILLIMETRE,
        footer_size=7.5,
        thumb_width=6 * MILLIMETRE,
        thumb_height=10 * MILLIMETRE,
        thumb_top=22 * MILLIMETRE,
        thumb_bottom=28 * MILLIMETRE,
        thumb_sign_size=9,
        thumb_text_size=6.5,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Thumb:
    """The mark of a chapter at the outer edge: the `place`-th of `count` marks, with a short sign and a name."""

    place: int
    count: int
    sign: str
    name: str


@dataclass
class LateGlyphs:
    """Glyphs that the late text of a book used, per face: they must be embedded too. `thumbs` are marks that are drawn already."""

    used: dict[str, set[int]] = field(default_factory=dict)
    thumbs: dict[tuple[Thumb, int, tuple[float, float]], bytes] = field(default_factory=dict)

    def encoded(self, name: str, text: str) -> bytes:
        """The text as glyph numbers. Raises `KeyError` for a character the face lacks."""
        glyphs = [face(name).glyph(character) for character in text]
        self.used.setdefault(name, set()).update(glyphs)
        return b"<" + b"".join(b"%04x" % glyph for glyph in glyphs) + b">"


@dataclass(frozen=True)
class Printed:
    """Where the text of a slot ended up: from `left` to `right`; nothing was printed when they are equal."""

    left: float
    right: float


class LatePage:
    """The late stream of one page."""

    def __init__(self, glyphs: LateGlyphs, layout: Layout = A4_LAYOUT) -> None:
        self._glyphs = glyphs
        self._layout = layout
        self._pieces: list[bytes] = []

    def slots(self, slots: Sequence[Slot], page_of: Callable[[str], int | None]) -> list[Printed]:
        """Print page numbers into slots; `page_of` tells the page of a target, None when it is not in the book."""
        printed: list[Printed] = []
        before: Slot | None = None
        for slot in slots:
            found = page_of(slot.target)
            text = "" if found is None else f"{slot.before}{found}"
            width = face(slot.face).width(text, slot.size)
            left = slot.x
            if slot.align == "right":
                left = slot.x + slot.width - width
            elif before is not None and _adjacent(before, slot):
                left = printed[-1].right
            printed.append(Printed(left, left + width))
            opening = b"/Span <</MCID %d>> BDC" % slot.mcid
            self._pieces += [opening, self._text(text, (slot.face, slot.size, slot.color), left, slot.y), b"EMC"]
            before = slot
        return printed

    def footer(self, page: int, pages: int, width: float) -> None:
        """The page number at the outer edge: right on odd pages, left on even ones."""
        layout, text = self._layout, f"strona {page} z {pages}"
        left = layout.side_margin
        if page % 2:
            left = width - layout.side_margin - face(REGULAR).width(text, layout.footer_size)
        ink = (REGULAR, layout.footer_size, layout.ink)
        self._artifact(b"Footer", self._text(text, ink, left, layout.footer_height))

    def thumb(self, mark: Thumb, page: int, size: tuple[float, float]) -> None:
        """The mark of the chapter at the outer edge, with its name running upwards beside it."""
        key = (mark, page % 2, size)
        if key not in self._glyphs.thumbs:
            self._glyphs.thumbs[key] = self._thumb(mark, page, size)
        self._artifact(b"Header", self._glyphs.thumbs[key])

    def _thumb(self, mark: Thumb, page: int, size: tuple[float, float]) -> bytes:
        """The operators of a mark: the same on all left pages of a chapter, and on all right ones."""
        width, height = size
        layout = self._layout
        step = (height - layout.thumb_top - layout.thumb_bottom - layout.thumb_height) / max(mark.count - 1, 1)
        step = min(step, layout.thumb_height * 1.15)
        bottom = height - layout.thumb_top - layout.thumb_height - step * mark.place
        left = width - layout.thumb_width if page % 2 else 0
        middle = left + layout.thumb_width / 2
        sign_left = middle - face(BOLD).width(mark.sign, layout.thumb_sign_size) / 2
        sign_ink = (BOLD, layout.thumb_sign_size, WHITE)
        sign = self._text(mark.sign, sign_ink, sign_left, bottom + layout.thumb_height / 2 - layout.thumb_sign_size / 3)
        corner = (left, bottom, layout.thumb_width, layout.thumb_height)
        box = b"%b rg %b re f" % (numbers(layout.thumb_ink), numbers(corner))
        name_width = face(REGULAR).width(mark.name, layout.thumb_text_size)
        turned = self._turned(mark.name, middle + layout.thumb_text_size / 3, bottom - 6 - name_width)
        return b"\n".join((box, sign, turned))

    def content(self) -> bytes:
        """All operators of the page."""
        return b"\n".join(self._pieces)

    def _artifact(self, subtype: bytes, operators: bytes) -> None:
        self._pieces += [b"/Artifact <</Type/Pagination/Subtype/%b>> BDC" % subtype, b"q", operators, b"Q", b"EMC"]

    def _text(self, text: str, ink: Ink, left: float, bottom: float) -> bytes:
        if not text:
            return b""
        glyphs = self._glyphs.encoded(ink[0], text)
        return b"%b 1 0 0 1 %b Tm %b Tj ET" % (_begun(ink), numbers((left, bottom)), glyphs)

    def _turned(self, text: str, left: float, bottom: float) -> bytes:
        """Text that runs upwards."""
        glyphs = self._glyphs.encoded(REGULAR, text)
        ink = (REGULAR, self._layout.thumb_text_size, self._layout.ink)
        return b"%b 0 1 -1 0 %b Tm %b Tj ET" % (_begun(ink), numbers((left, bottom)), glyphs)


@cache
def _begun(ink: Ink) -> bytes:
    """The operators before late text: colour and font. There are as many as there are kinds of late text in the style sheets."""
    name, size, color = ink
    return b"%b rg BT /%b %b Tf" % (numbers(color), name.encode("ascii"), number(size))


def _adjacent(before: Slot, slot: Slot) -> bool:
    """Whether a slot directly follows another one in the same line."""
    same_line = before.page == slot.page and abs(before.y - slot.y) < 0.1 and before.align == slot.align == "flow"
    return same_line and abs(before.x + before.width - slot.x) < 0.5
