"""JSON of exported documents: indented for one card that a person may open, compact for the members of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def indented(value: Any) -> bytes:
    """JSON with one space per level and a last line end; keys stay in the order of the value."""
    return msgspec.json.format(_encoder.encode(value), indent=1) + b"\n"


def compact(value: Any) -> bytes:
    """JSON without white space; keys stay in the order of the value."""
    return _encoder.encode(value)


def listed(start: bytes, members: Iterable[Any], end: bytes) -> Iterator[bytes]:
    """A document with one member per line between `start` and `end`, streamed."""
    yield start
    separator = b"\n"
    for member in members:
        yield separator + compact(member)
        separator = b",\n"
    yield b"\n" + end


def without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something: no None, no empty text, no empty list."""
    return {name: entry for name, entry in value.items() if entry is not None and entry not in ("", [], {})}
