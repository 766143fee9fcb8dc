"""The file of a book while it is written: objects one after another, their places remembered for the cross-reference stream."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from functools import cache
from typing import BinaryIO, Protocol

from exporters.pdf.objects import reference

HEADER = b"%PDF-1.7\n%\xc5\x82\xc3\xb3\n"
ENTRY = struct.Struct(">BIBH")
"""Type, offset or number of the object stream, and index in it (three bytes): `/W [1 4 3]`."""
LINES_AT_ONCE = 512
TABLE_LEVEL = 5
"""How hard the cross-reference stream is packed. Its lines are so alike that level 9 takes fifty times longer and gains nothing."""


class Sink(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""


def entry(kind: int, where: int, index: int = 0) -> bytes:
    """One line of the cross-reference stream."""
    return ENTRY.pack(kind, where, index >> 16, index & 0xFFFF)


def packed_entries(stream: int, count: int) -> bytes:
    """The lines of the cross-reference stream for `count` objects that follow each other in an object stream."""
    lines = bytearray(_packed_lines(-(-count // LINES_AT_ONCE))[: count * ENTRY.size])
    for column, byte in enumerate(stream.to_bytes(4, "big"), start=1):
        lines[column :: ENTRY.size] = bytes([byte]) * count
    return bytes(lines)


@cache
def _packed_lines(blocks: int) -> bytes:
    """Lines of packed objects whose stream is still missing: only it differs from one part of a book to the next."""
    return b"".join(entry(2, 0, place) for place in range(blocks * LINES_AT_ONCE))


def packed_index(numbers: range, offsets: Sequence[int]) -> bytes:
    """The beginning of an object stream: its objects and where they begin after it."""
    pairs = [value for pair in zip(numbers, offsets, strict=True) for value in pair]
    return b"%d %d " * len(numbers) % tuple(pairs)


class BookFile:
    """Writes a PDF from front to back. Nothing written is read again, so memory does not grow with the book."""

    def __init__(self, out: BinaryIO | Sink, fixed: int) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self._table = bytearray(ENTRY.size * (fixed + 1))
        self.position = 0
        self.next_number = fixed + 1
        self._table[: ENTRY.size] = entry(0, 0)
        self._write(HEADER)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self.position += len(data)

    def take(self, count: int) -> int:
        """Reserve `count` object numbers in a row; returns the first."""
        first = self.next_number
        self.next_number += count
        self._table.extend(bytes(ENTRY.size * count))
        return first

    def put(self, number: int, content: bytes) -> None:
        """Write one object of its own."""
        self._note(number, entry(1, self.position))
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def put_packed(self, number: int, numbers: range, offsets: list[int], text: bytes, *, level: int) -> None:
        """Write an object stream that holds the objects `numbers`, which begin at `offsets` in `text`."""
        index = packed_index(numbers, offsets)
        packed = zlib.compress(index + text, level)
        self.put(
            number,
            b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
            % (len(numbers), len(index), len(packed), packed),
        )
        entries = packed_entries(number, len(numbers))
        start = numbers.start * ENTRY.size
        self._table[start : start + len(entries)] = entries

    def _note(self, number: int, line: bytes) -> None:
        self._table[number * ENTRY.size : (number + 1) * ENTRY.size] = line

    def finish(self, *, root: int, information: int) -> None:
        """Write the cross-reference stream and the end of the file. The identifier is a hash of everything before it."""
        number = self.take(1)
        start = self.position
        self._note(number, entry(1, start))
        identifier = self._hash.hexdigest()[:32].encode("ascii")
        packed = zlib.compress(bytes(self._table), TABLE_LEVEL)
        self._write(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 3]/Root %b/Info %b/ID[<%b><%b>]/Filter/FlateDecode/Length %d>>\n"
            b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (
                number,
                self.next_number,
                reference(root),
                reference(information),
                identifier,
                identifier,
                len(packed),
                packed,
                start,
            )
        )
