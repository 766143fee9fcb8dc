"""What is kept of one rendered part of a book: everything that does not depend on the place of the part in the book.

Objects of a fragment are numbered from its base: 0 the object stream, 1..n the content streams of its n pages, n+1..2n the late
streams (page numbers, written when the book is put together), then its node of the page tree, its pages, its structure elements,
its leaf of the parent tree and its links. Lengths are in points, y grows upwards. What a head holds in great numbers consists of
texts and numbers only, so Python need not search it for cycles (`gc=False`).
"""

from __future__ import annotations

import zlib
from typing import Protocol

import msgspec

PAGE_TREE = 2
STRUCTURE = 3
DOCUMENT = 4
RESOURCES = 6
"""Numbers of objects to which fragments refer and which stand at the same place in every book; see `assembly`."""


class Slot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Text that waits for the page number of `target`; empty when the target is not in the book.

    `flow` slots stand one after another: each begins where the one before it in the same line ended. `before` is printed before
    the number.
    """

    page: int
    mcid: int
    target: str
    x: float
    y: float
    width: float
    face: str
    size: float
    color: tuple[float, float, float]
    align: str
    before: str


class Link(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link. `target` is an anchor; `address` is where it leads when the anchor is not in the book. `slot` is -1 or the
    number of the slot that decides how wide it is.
    """

    page: int
    rectangle: tuple[float, float, float, float]
    target: str
    address: str
    contents: str
    slot: int


class Anchor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place to which links lead."""

    name: str
    page: int
    x: float
    y: float


class Bookmark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry of the outline; `level` counts from 1 inside the fragment."""

    level: int
    label: str
    page: int
    x: float
    y: float


class Head(msgspec.Struct, frozen=True):
    """What must be known of every fragment before the first byte of a book is written. `size` is that of its pages.

    `glyphs`: per face the glyphs used, with the text of those that stand for more than one character. `states`: graphic states
    by name. `missing`: characters that no face can print and that were printed as words instead. `identifiers`: names of structure
    elements (footnotes) with their relative object numbers. `pictures`: names of the pictures in the body. `proof`: what the
    fragment has been proven to print, see `proving`; empty when nothing has been proven.
    """

    pages: int
    size: tuple[float, float]
    objects: int
    running: tuple[bool, ...]
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    slots: tuple[Slot, ...]
    links: tuple[Link, ...]
    roots: tuple[int, ...]
    leaf: int
    glyphs: dict[str, dict[int, str]]
    states: dict[str, bytes]
    missing: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, int], ...] = ()
    pictures: tuple[str, ...] = ()
    proof: str = ""

    @property
    def page_node(self) -> int:
        """Relative number of the node of the page tree; the pages follow it."""
        return 2 * self.pages + 1


class Body(msgspec.Struct, frozen=True):
    """Ready bytes. `template` with `gaps` is the object stream without its links; `offsets` are those of its objects.

    `headings` are the places among the gaps that hold the level of a heading instead of an object number. `pictures` are whole
    objects by name; a book holds each of them once.
    """

    contents: tuple[bytes, ...]
    template: bytes
    gaps: tuple[int, ...]
    headings: tuple[int, ...]
    offsets: tuple[int, ...]
    pictures: dict[str, bytes] = {}

    def relocated(self, base: int, shift: int) -> bytes:
        """The text of the object stream, without links, in a book where the fragment begins at object `base` and its headings
        are `shift` levels lower.
        """
        gaps = [base + gap for gap in self.gaps]
        for place in self.headings:
            gaps[place] += shift - base
        return zlib.decompress(self.template) % tuple(gaps)


class Fragment(msgspec.Struct, frozen=True):
    """Head and body together."""

    head: Head
    body: Body


class FragmentSource(Protocol):
    """A fragment wherever it is kept. Reading raises `store.DamagedFragment` when it is not what was kept."""

    def head(self) -> Head:
        """The head."""

    def body(self) -> Body:
        """The body."""

    def whole(self) -> Fragment:
        """Both."""
