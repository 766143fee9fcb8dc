"""JSON from outside."""

from __future__ import annotations

import json
from typing import Any

from cms.intake.refusals import RefusedFile
from cms.intake.texts import utf8

DEEPEST = 64
"""Levels of objects and arrays."""


def read_json(content: bytes, *, largest: int) -> Any:
    """The value of a JSON text. Raises `RefusedFile` with the line for anything else, and for what is nested too deep."""
    text = utf8(content, largest=largest)
    refuse_deep_json(text)
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise RefusedFile("To nie jest poprawny JSON.", line=error.lineno) from None
    except RefusedFile:
        raise
    except ValueError:  # a number of thousands of digits
        raise RefusedFile("W pliku jest liczba, której nie da się odczytać.") from None


def refuse_deep_json(text: str) -> None:
    """Walk over the brackets without building anything. Raises `RefusedFile` beyond 64 levels."""
    depth, position, line = 0, 0, 1
    while position < len(text):
        character = text[position]
        if character == '"':
            position = _end_of_string(text, position)
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                line += text.count("\n", 0, position)
                raise RefusedFile(f"Plik jest zagnieżdżony głębiej niż na {DEEPEST} poziomów.", line=line)
        elif character in "]}":
            depth -= 1
        position += 1


def _end_of_string(text: str, start: int) -> int:
    """Position of the closing quotation mark, or of the end of the text."""
    position = text.find('"', start + 1)
    while position != -1:
        slashes = position - len(text[:position].rstrip("\\")) if text[position - 1] == "\\" else 0
        if slashes % 2 == 0:
            return position
        position = text.find('"', position + 1)
    return len(text)


def _refuse_constant(name: str) -> None:
    raise RefusedFile(f"{name} nie jest wartością JSON.")
