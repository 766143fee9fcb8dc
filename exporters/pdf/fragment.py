"""What is kept of one rendered part of a book: everything that does not depend on the place of the part in the book.

Objects of a fragment are numbered from its base: 0 the object stream, 1..n the content streams of its n pages, n+1..2n the late
streams (page numbers, written when the book is put together), then its node of the page tree, its pages, its structure elements,
its leaf of the parent tree and its links. Lengths are in points, y grows upwards.
"""

from __future__ import annotations

import msgspec


class Slot(msgspec.Struct, frozen=True, array_like=True):
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


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link. `target` is an anchor; `address` is where it leads when the anchor is not in the book. `slot` is -1 or the
    number of the slot that decides how wide it is.
    """

    page: int
    rectangle: tuple[float, float, float, float]
    target: str
    address: str
    contents: str
    slot: int


class Anchor(msgspec.Struct, frozen=True, array_like=True):
    """A place to which links lead."""

    name: str
    page: int
    x: float
    y: float


class Bookmark(msgspec.Struct, frozen=True, array_like=True):
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
    elements (footnotes) with their relative object numbers. `pictures`: names of the pictures in the body.
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


class Fragment(msgspec.Struct, frozen=True):
    """Head and body together."""

    head: Head
    body: Body
