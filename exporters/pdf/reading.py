"""Reads a finished PDF back, independently of the code that wrote it: objects by number, as plain Python values.

It understands what this package writes: one cross-reference stream, deflated streams, object streams, no encryption.
"""

from __future__ import annotations

import mmap
import re
import zlib
from codecs import BOM_UTF16_BE
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

_TOKEN = re.compile(
    rb"\s*(?:(?P<ref>\d+)\s+\d+\s+R(?![A-Za-z])|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|/(?P<name>[^\s<>\[\]()/%{}]*)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<text>\((?:\\.|[^\\()])*\))|(?P<word>true|false|null))",
    re.DOTALL,
)
STREAM = b"\nstream\n"
"""Stands between the dictionary of a stream and its bytes."""
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_UNESCAPED = {b"n": b"\n", b"r": b"\r"}


class UnreadablePdf(ValueError):
    """The file is not what this package writes."""


class Ref(msgspec.Struct, frozen=True):
    """A reference to an object."""

    number: int


class Name(msgspec.Struct, frozen=True):
    """A name, without its slash."""

    text: str


@dataclass(frozen=True)
class StreamObject:
    """A stream: its dictionary and its unpacked bytes."""

    entries: dict[str, Any]
    content: bytes


@dataclass(frozen=True)
class ObjectStream:
    """An unpacked object stream: the objects it holds, their text and where in it each begins."""

    numbers: tuple[int, ...]
    text: bytes
    offsets: tuple[int, ...]


class Objects(Protocol):
    """Objects of a PDF by number; `PdfFile` is one."""

    trailer: dict[str, Any]

    def get(self, value: Any) -> Any:
        """The value itself, or the object it refers to."""

    def object(self, number: int) -> Any:
        """The object with this number."""


class PdfFile:
    """The objects of a PDF, read when they are asked for. A mapped file is not loaded into memory."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        self._content = content
        self._object_streams: dict[int, ObjectStream] = {}
        mark = content.rfind(b"startxref")
        if mark < 0:
            raise UnreadablePdf("Plik nie ma końca.")
        table = self._stream_at(int(content[mark:].split()[1]))
        self.trailer = table.entries
        self._table: bytes = table.content
        self._widths: list[int] = table.entries["W"]
        self._row: int = sum(self._widths)

    @property
    def size(self) -> int:
        """Number of lines of the cross-reference stream; the first one belongs to no object."""
        return len(self._table) // self._row

    def get(self, value: Any) -> Any:
        """The value itself, or the object it refers to."""
        return self.object(value.number) if isinstance(value, Ref) else value

    def object(self, number: int) -> Any:
        """The object with this number. Raises `UnreadablePdf`."""
        kind, where, index = self._entry(number)
        if kind == 1:
            return read_object(self._content, self._after_head(number, where))
        if kind == 2:
            packed = self._object_stream(where)
            if packed.numbers[index] != number:
                raise UnreadablePdf(f"Obiekt {number} nie leży w strumieniu {where}.")
            return parse(packed.text, packed.offsets[index])[0]
        raise UnreadablePdf(f"Obiekt {number} jest pusty.")

    def raw(self, number: int) -> bytes:
        """An object of its own as it stands in the file, without its frame. Raises `UnreadablePdf` for one in an object stream."""
        kind, where, _ = self._entry(number)
        if kind != 1:
            raise UnreadablePdf(f"Obiekt {number} nie stoi osobno.")
        start = self._after_head(number, where)
        value, end = parse(self._content, start)
        if self._content[end : end + len(STREAM)] == STREAM:
            end += len(STREAM) + value["Length"] + len(b"\nendstream")
        return self._content[start:end]

    def rows(self, numbers: range) -> bytes:
        """The lines of the cross-reference stream for these objects, as they stand there."""
        return self._table[numbers.start * self._row : numbers.stop * self._row]

    def holds(self, number: int, content: bytes) -> bool:
        """Whether an object of its own has exactly this content. Raises `UnreadablePdf` when it is nowhere."""
        kind, where, _ = self._entry(number)
        start = self._after_head(number, where) if kind == 1 else 0
        whole = content + b"\nendobj\n"
        return kind == 1 and self._content[start : start + len(whole)] == whole

    def _object_stream(self, number: int) -> ObjectStream:
        """An object stream; it is kept, because its objects are asked for one after another."""
        if number not in self._object_streams:
            stream = self.object(number)
            first = stream.entries["First"]
            pairs = tuple(map(int, stream.content[:first].split()))
            numbers, offsets = pairs[::2], pairs[1::2]
            if list(offsets) != sorted(offsets):
                raise UnreadablePdf(f"Obiekty w strumieniu {number} nie leżą po kolei.")
            self._object_streams[number] = ObjectStream(numbers, stream.content[first:], offsets)
        return self._object_streams[number]

    def _entry(self, number: int) -> tuple[int, int, int]:
        """A line of the cross-reference stream: type, where, index."""
        if not 0 < number < self.size:
            raise UnreadablePdf(f"Nie ma obiektu {number}.")
        place, fields = number * self._row, []
        for width in self._widths:
            fields.append(int.from_bytes(self._table[place : place + width], "big"))
            place += width
        return fields[0], fields[1], fields[2]

    def _after_head(self, number: int, where: int) -> int:
        """Where the content of an object begins."""
        head = b"%d 0 obj\n" % number
        start = where + len(head)
        if self._content[where:start] != head:
            raise UnreadablePdf(f"Obiekt {number} nie leży tam, gdzie powinien.")
        return start

    def _stream_at(self, start: int) -> StreamObject:
        value = read_object(self._content, self._content.find(b"obj", start) + 4)
        if not isinstance(value, StreamObject):
            raise UnreadablePdf("Nie ma tablicy odsyłaczy pliku.")
        return value


def read_object(content: bytes | mmap.mmap, start: int = 0) -> Any:
    """The value that begins at `start`; a stream with its bytes unpacked. Raises `UnreadablePdf` and `zlib.error`."""
    value, end = parse(content, start)
    begin = end + len(STREAM)
    if isinstance(value, dict) and content[end:begin] == STREAM:
        raw = content[begin : begin + value["Length"]]
        return StreamObject(value, _unpacked(raw, value["Filter"]) if "Filter" in value else raw)
    return value


def _unpacked(raw: bytes, how: Any) -> bytes:
    """The bytes of a stream. JPEG pictures stay as they are."""
    names = {name.text for name in (how if isinstance(how, list) else [how])}
    if not names <= {"FlateDecode", "DCTDecode"}:
        raise UnreadablePdf(f"Nieznany sposób pakowania: {', '.join(sorted(names))}.")
    return zlib.decompress(raw) if "FlateDecode" in names else raw


def parse(text: bytes | mmap.mmap, start: int) -> tuple[Any, int]:
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
    if kind in {"hex", "text"}:
        return text_value(found[0].lstrip())
    return {b"true": True, b"false": False}.get(found["word"])


def text_value(written: bytes) -> str:
    """The text of a string, hexadecimal between angle brackets or plain between round ones."""
    raw = written[1:-1]
    if written.startswith(b"<"):
        raw = bytes.fromhex(raw.decode("ascii"))
    elif b"\\" in raw:
        raw = _ESCAPE.sub(lambda escape: _UNESCAPED.get(escape[1], escape[1]), raw)
    return raw[2:].decode("utf-16-be") if raw.startswith(BOM_UTF16_BE) else raw.decode("latin-1")
