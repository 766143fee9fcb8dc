"""Outline and named destinations of a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporters.pdf.objects import numbers, reference, text_string
from exporters.pdf.output import BookFile

NAMES_IN_LEAF = 200
OPEN_LEVELS = 1
"""Entries down to this level show their children when the book is opened."""


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the whole book."""

    level: int
    label: str
    page: int
    x: float
    y: float


@dataclass
class _Item:
    entry: OutlineEntry
    number: int
    kids: list[_Item] = field(default_factory=list)


def outline(file: BookFile, number: int, entries: Sequence[OutlineEntry]) -> None:
    """Write the outline under the given number. An entry deeper than its predecessor allows moves up."""
    first = file.take(len(entries))
    top: list[_Item] = []
    open_items: list[_Item] = []
    for place, entry in enumerate(entries):
        item = _Item(entry, first + place)
        del open_items[max(entry.level - 1, 0) :]
        (open_items[-1].kids if open_items else top).append(item)
        open_items.append(item)
    file.put(number, b"<</Type/Outlines%b>>" % _ends(top, 0))
    _write_items(file, top, number, 1)


def _write_items(file: BookFile, items: list[_Item], parent: int, level: int) -> None:
    for place, item in enumerate(items):
        entry = item.entry
        neighbours = b"/Prev %b" % reference(items[place - 1].number) if place else b""
        neighbours += b"/Next %b" % reference(items[place + 1].number) if place + 1 < len(items) else b""
        file.put(
            item.number,
            b"<</Title%b/Parent %b/Dest[%b /XYZ %b 0]%b%b>>"
            % (
                text_string(entry.label),
                reference(parent),
                reference(entry.page),
                numbers((entry.x, entry.y)),
                neighbours,
                _ends(item.kids, level),
            ),
        )
        _write_items(file, item.kids, item.number, level + 1)


def _ends(kids: list[_Item], level: int) -> bytes:
    """First, last and the number of entries shown below; negative when they are folded."""
    if not kids:
        return b""
    shown = len(kids) + (sum(len(kid.kids) for kid in kids) if level < OPEN_LEVELS else 0)
    count = shown if level <= OPEN_LEVELS else -len(kids)
    return b"/First %b/Last %b/Count %d" % (reference(kids[0].number), reference(kids[-1].number), count)


def destination_tree(file: BookFile, number: int, places: dict[str, bytes]) -> None:
    """Write the tree of named destinations under the given number."""
    names = sorted(places, key=text_string)
    blocks = [names[start : start + NAMES_IN_LEAF] for start in range(0, len(names), NAMES_IN_LEAF)]
    first = file.take(len(blocks))
    for place, block in enumerate(blocks):
        pairs = b" ".join(text_string(name) + places[name] for name in block)
        limits = text_string(block[0]) + text_string(block[-1])
        file.put(first + place, b"<</Limits[%b]/Names[%b]>>" % (limits, pairs))
    file.put(number, b"<</Kids[%b]>>" % b" ".join(reference(first + place) for place in range(len(blocks))))
