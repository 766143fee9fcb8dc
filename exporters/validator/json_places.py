"""On which line each value of a JSON text stands."""

from __future__ import annotations

import json
import re
from typing import Any

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder()


def lines_of(text: str) -> dict[Path, int]:
    """Line (from 1) of every value by its path; () is the whole. The text must be JSON of a bounded depth."""
    return _Walk(text).run()


class _Walk:
    """Reads the text once more, remembering where values begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Path, int] = {}
        self._line = 1
        self._counted = 0

    def run(self) -> dict[Path, int]:
        """Walk over the whole text."""
        self._value(self._skip(0), ())
        return self._found

    def _value(self, position: int, path: Path) -> int:
        """Note the value that begins here; returns where it ends."""
        self._found[path] = self._line_at(position)
        character = self._text[position]
        if character == "{":
            return self._members(position + 1, path)
        if character == "[":
            return self._items(position + 1, path)
        _, end = _decoder.raw_decode(self._text, position)
        return end

    def _members(self, position: int, path: Path) -> int:
        position = self._skip(position)
        while self._text[position] != "}":
            if self._text[position] == ",":
                position = self._skip(position + 1)
            name: Any
            name, position = _decoder.raw_decode(self._text, position)
            position = self._skip(self._skip(position) + 1)  # over the colon
            position = self._skip(self._value(position, (*path, name)))
        return position + 1

    def _items(self, position: int, path: Path) -> int:
        position, number = self._skip(position), 0
        while self._text[position] != "]":
            if self._text[position] == ",":
                position = self._skip(position + 1)
            position = self._skip(self._value(position, (*path, number)))
            number += 1
        return position + 1

    def _skip(self, position: int) -> int:
        found = _SPACE.match(self._text, position)
        return found.end() if found else position

    def _line_at(self, position: int) -> int:
        """Line of a position; positions come in rising order, so the text is counted once."""
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line
