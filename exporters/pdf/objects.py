"""PDF syntax: strings, numbers, and segments of objects whose numbers are filled in when a book is put together.

A segment is written once, when a fragment is made, and copied into every book. References inside it are relative; they are kept
apart from the literal bytes from the first moment on, so nothing is ever searched for in finished text.
"""

from __future__ import annotations

import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Iterable

NUMBER_WIDTH = 7
"""Object numbers are written with leading zeros, so that the length of a segment does not depend on its place in the book."""
MOST_OBJECTS = 10**NUMBER_WIDTH
"""Numbers of objects stay below this."""

_ESCAPES = {ord("("): r"\(", ord(")"): r"\)", ord("\\"): "\\\\", ord("\r"): r"\r", ord("\n"): r"\n"}


def text_string(text: str) -> bytes:
    """A text string: ASCII as it is, everything else as UTF-16."""
    if text.isascii():
        return f"({text.translate(_ESCAPES)})".encode("ascii")
    return b"<" + (BOM_UTF16_BE + text.encode("utf-16-be")).hex().encode("ascii") + b">"


def number(value: float) -> bytes:
    """A number with at most three decimals and no exponent."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")


def numbers(values: Iterable[float]) -> bytes:
    """Numbers between spaces."""
    return b" ".join(number(value) for value in values)


def reference(object_number: int) -> bytes:
    """A reference to an object of the finished book."""
    return b"%07d 0 R" % object_number


def stream(content: bytes, entries: bytes = b"", *, level: int = 6) -> bytes:
    """A deflated stream object without its `obj` frame."""
    packed = zlib.compress(content, level)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(packed), packed)


class Segment:
    """Literal bytes with gaps for numbers, in the order in which they are written."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.gaps: list[int] = []
        self.length = 0
        """Bytes of the finished text."""

    def literal(self, piece: bytes) -> None:
        """Bytes that stay as they are."""
        self._pieces.append(piece.replace(b"%", b"%%"))
        self.length += len(piece)

    def gap(self, relative: int) -> None:
        """A number to be filled in: the base of the fragment plus `relative`."""
        self._pieces.append(b"%07d")
        self.gaps.append(relative)
        self.length += NUMBER_WIDTH

    def digit(self, value: int) -> None:
        """A single digit to be filled in: the level of a heading."""
        self._pieces.append(b"%d")
        self.gaps.append(value)
        self.length += 1

    def reference(self, relative: int) -> None:
        """A reference to an object of the same fragment."""
        self.gap(relative)
        self.literal(b" 0 R")

    def template(self) -> bytes:
        """The text for the `%` operator of bytes."""
        return b"".join(self._pieces)
