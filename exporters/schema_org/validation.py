"""Checks JSON-LD against the vocabulary of schema.org: known types and properties, each property where it may stand (domain)
and with a value that it may have (range).

Nothing is fetched: the context must be schema.org itself and the table of the vocabulary is kept here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from exporters.findings import Finding

LARGEST_FILE = 500_000_000
"""Bytes. A whole catalogue of 100,000 cards stays below."""

_CONTEXTS = frozenset({"https://schema.org", "https://schema.org/", "http://schema.org", "http://schema.org/"})
_PREFIX = "https://schema.org/"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
"""ISO 8601, whole days or with reduced precision ("2022-07")."""
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?")
_DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?")
_URL = re.compile(r"https?://[^\s<>\"]+")
_TEXTS = frozenset({"Text", "CssSelectorType", "PronounceableText", "XPathType"})


class _Property(msgspec.Struct):
    domain: list[str]
    range: list[str]


class _Vocabulary(msgspec.Struct):
    classes: dict[str, list[str]]
    data_types: list[str]
    members: dict[str, list[str]]
    properties: dict[str, _Property]

    def above(self, name: str) -> frozenset[str]:
        """The class and every class above it."""
        return frozenset({name}).union(*(self.above(parent) for parent in self.classes.get(name, ())))


@cache
def vocabulary() -> _Vocabulary:
    """The table of the vocabulary, read once."""
    source = Path(__file__).parent / "vocabulary" / "terms.json"
    return msgspec.json.decode(source.read_bytes(), type=_Vocabulary)


def validate(path: Path) -> list[Finding]:
    """Check one file, a card or a whole catalogue. Raises `FileNotFoundError` when there is no such file."""
    if not path.is_file():
        raise FileNotFoundError(f"Nie ma pliku „{path}”. Podaj plik JSON-LD z eksportu.")
    if path.stat().st_size > LARGEST_FILE:
        return [
            Finding(file=path, line=1, sentence=f"plik ma ponad {LARGEST_FILE // 1_000_000} MB; podziel go na urzędy")
        ]
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        return [Finding(file=path, line=1, sentence="plik jest zagnieżdżony za głęboko, by mógł być opisem usługi")]
    except (UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "lineno", 1)
        return [Finding(file=path, line=line, sentence="plik nie jest poprawnym dokumentem JSON w UTF-8")]
    return [Finding(file=path, line=1, sentence=sentence) for sentence in problems(document)]


def problems(document: Any) -> Iterator[str]:
    """What is wrong in a document: each sentence names the place, for example „offers[0].price”."""
    if not isinstance(document, dict) or document.get("@context") not in _CONTEXTS:
        yield "dokument nie ma „@context” równego https://schema.org"
        return
    members = document.get("@graph")
    nodes = members if isinstance(members, list) else [document]
    for position, node in enumerate(nodes):
        name = node.get("@id", "") if isinstance(node, dict) else ""
        yield from _node(node, place=name or f"węzeł {position + 1}")


def _node(node: Any, *, place: str) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{place}: w tym miejscu ma stać obiekt z „@type”"
        return
    table = vocabulary()
    kind = node.get("@type")
    if not isinstance(kind, str) or kind not in table.classes or kind in table.data_types:
        yield f"{place}: „{kind}” nie jest typem schema.org znanym tej tabeli"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        where = f"{place}.{name}"
        known = table.properties.get(name)
        if known is None or not table.above(kind) & set(known.domain):
            yield f"{where}: własność „{name}” nie może stać przy typie „{kind}”"
            continue
        for position, entry in enumerate(value if isinstance(value, list) else [value]):
            inner = f"{where}[{position}]" if isinstance(value, list) else where
            yield from _value(entry, known, place=inner)


def _value(value: Any, known: _Property, *, place: str) -> Iterator[str]:
    table = vocabulary()
    if isinstance(value, dict):
        kind = str(value.get("@type"))
        if kind in table.classes and not table.above(kind) & set(known.range):
            yield f"{place}: typ „{kind}” nie może być tu wartością; dozwolone: {', '.join(known.range)}"
        yield from _node(value, place=place)
    elif not any(_fits(value, kind) for kind in known.range):
        yield f"{place}: „{str(value)[:60]}” nie pasuje do: {', '.join(known.range)}"


def _fits(value: Any, kind: str) -> bool:
    """Whether a literal is a value of a data type, or the address of a member of an enumeration."""
    if isinstance(value, bool) or kind == "Boolean":
        return isinstance(value, bool) and kind == "Boolean"
    if isinstance(value, (int, float)):
        return kind in {"Number", "Integer", "Float"}
    if not isinstance(value, str):
        return False
    patterns = {"Date": _DATE, "Time": _TIME, "Duration": _DURATION, "URL": _URL}
    if kind in patterns:
        return bool(patterns[kind].fullmatch(value))
    return kind in _TEXTS or value.removeprefix(_PREFIX) in vocabulary().members.get(kind, ())
