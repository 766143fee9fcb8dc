"""Reads a finished PDF back, independently of the code that wrote it: objects by number, as plain Python values.

It understands what this package writes: one cross-reference stream, deflated streams, object streams, no encryption.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    rb"\s*(?:(?P<ref>\d+)\s+\d+\s+R(?![A-Za-z])|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|/(?P<name>[^\s<>\[\]()/%{}]*)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[0-9A-Fa-f\s]*)>|\((?P<text>(?:\\.|[^\\()])*)\)|(?P<word>true|false|null))",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_UNESCAPED = {b"n": b"\n", b"r": b"\r"}


class UnreadablePdf(ValueError):
    """The file is not what this package writes."""


@dataclass(frozen=True)
class Ref:
    """A reference to an object."""

    number: int


@dataclass(frozen=True)
class Name:
    """A name, without its slash."""

    text: str


@dataclass(frozen=True)
class StreamObject:
    """A stream: its dictionary and its unpacked bytes."""

    entries: dict[str, Any]
    content: bytes


class PdfFile:
    """The objects of a PDF, read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._packed: dict[int, tuple[bytes, list[int]]] = {}
        start = int(content[content.rindex(b"startxref") :].split()[1])
        table = self._stream_at(start)
        self.trailer = table.entries
        self._entries = _entries(table)

    def get(self, value: Any) -> Any:
        """The value itself, or the object it refers to."""
        return self.object(value.number) if isinstance(value, Ref) else value

    def object(self, number: int) -> Any:
        """The object with this number. Raises `UnreadablePdf`."""
        if not 0 < number < len(self._entries):
            raise UnreadablePdf(f"Nie ma obiektu {number}.")
        kind, where, index = self._entries[number]
        if kind == 1:
            head = b"%d 0 obj\n" % number
            if not self._content.startswith(head, where):
                raise UnreadablePdf(f"Obiekt {number} nie leży tam, gdzie powinien.")
            return self._value_at(where + len(head))
        if kind == 2:
            text, offsets = self._object_stream(where)
            return parse(text, offsets[index])[0]
        raise UnreadablePdf(f"Obiekt {number} jest pusty.")

    def _object_stream(self, number: int) -> tuple[bytes, list[int]]:
        if number not in self._packed:
            stream = self.object(number)
            first = stream.entries["First"]
            pairs = [int(piece) for piece in stream.content[:first].split()]
            offsets = [first + offset for offset in pairs[1::2]]
            if offsets != sorted(offsets):
                raise UnreadablePdf(f"Obiekty w strumieniu {number} nie leżą po kolei.")
            self._packed[number] = (stream.content, offsets)
        return self._packed[number]

    def _stream_at(self, start: int) -> StreamObject:
        value = self._value_at(self._content.index(b"obj", start) + 4)
        if not isinstance(value, StreamObject):
            raise UnreadablePdf("Nie ma tablicy odsyłaczy pliku.")
        return value

    def _value_at(self, start: int) -> Any:
        value, end = parse(self._content, start)
        if isinstance(value, dict) and self._content.startswith(b"\nstream\n", end):
            begin = end + len(b"\nstream\n")
            raw = self._content[begin : begin + value["Length"]]
            return StreamObject(value, zlib.decompress(raw) if "Filter" in value else raw)
        return value


def _entries(table: StreamObject) -> list[tuple[int, int, int]]:
    """Lines of the cross-reference stream: type, where, index."""
    widths = table.entries["W"]
    step, found = sum(widths), []
    for start in range(0, len(table.content), step):
        fields, place = [], start
        for width in widths:
            fields.append(int.from_bytes(table.content[place : place + width], "big"))
            place += width
        found.append((fields[0], fields[1], fields[2]))
    return found


def parse(text: bytes, start: int) -> tuple[Any, int]:
    """The value that begins at `start`, and where it ends. Raises `UnreadablePdf`."""
    stack: list[list[Any]] = [[]]
    match = _TOKEN.match
    place = start
    while True:
        found = match(text, place)
        if found is None:
            raise UnreadablePdf(f"Niezrozumiały zapis: {text[place : place + 40]!r}.")
        place = found.end()
        kind = found.lastgroup
        if kind == "open":
            stack.append([])
            continue
        if kind == "close":
            values = stack.pop()
            value: Any = values if found["close"] == b"]" else _dictionary(values)
        else:
            value = _simple(kind, found)
        stack[-1].append(value)
        if len(stack) == 1:
            return value, place


def _dictionary(values: list[Any]) -> dict[str, Any]:
    return {key.text: value for key, value in zip(values[::2], values[1::2], strict=True)}


def _simple(kind: str | None, found: re.Match[bytes]) -> Any:
    """A value that is no container."""
    if kind == "ref":
        return Ref(int(found["ref"]))
    if kind == "number":
        piece = found["number"]
        return float(piece) if b"." in piece else int(piece)
    if kind == "name":
        return Name(found["name"].decode("ascii"))
    if kind == "hex":
        return _text(bytes.fromhex(found["hex"].decode("ascii")))
    if kind == "text":
        return _text(_ESCAPE.sub(lambda escape: _UNESCAPED.get(escape[1], escape[1]), found["text"]))
    return {b"true": True, b"false": False}.get(found["word"])


def _text(raw: bytes) -> str:
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
