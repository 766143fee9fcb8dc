"""Tables that say how a published struct becomes XML, and the compiler that turns a table into a fast writer.

A table names every field once, so that a test can prove that no field was forgotten and a reader can be built from the same
table. Writers are compiled when the module is imported; writing then only appends strings.

What is left out of a document: empty text, missing values, and attributes equal to the default of their field. Everything else
stands in the order of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import msgspec

Append = Callable[[str], None]
Writer = Callable[[Any, Append], None]
"""Writes one value (for a part: the struct that holds its field) as XML text."""

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f"[&<>\r{_FORBIDDEN}]")
_SPECIAL_IN_ATTRIBUTE = re.compile(f'[&<>"\r\n\t{_FORBIDDEN}]')
_REPLACEMENTS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


@dataclass(frozen=True)
class Attribute:
    """A field as an attribute. `words` translates its codes into Polish."""

    field: str
    name: str
    words: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Text:
    """A field as an element with text; a field of many texts as many elements, inside `wrapper` when there is one."""

    field: str
    name: str
    wrapper: str = ""
    words: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Paragraphs:
    """A text of one or more lines: one `Akapit` for each line."""

    field: str
    name: str


@dataclass(frozen=True)
class Child:
    """A nested struct, or many of them, inside `wrapper` when there is one."""

    field: str
    name: str
    shape: Shape
    wrapper: str = ""


@dataclass(frozen=True)
class Pairs:
    """A mapping of text to text as elements with two attributes, sorted by key."""

    field: str
    name: str
    wrapper: str
    key: str
    value: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Fixed:
    """An element with the same text in every document."""

    name: str
    text: str


@dataclass(frozen=True)
class Group:
    """An element of XML that the published struct does not have: it only holds other parts."""

    name: str
    content: tuple[Part, ...]


Part = Text | Paragraphs | Child | Pairs | Fixed | Group


@dataclass(frozen=True)
class Shape:
    """How one struct becomes one element: its attributes, then either the text of one field or other elements."""

    struct: type[msgspec.Struct]
    attributes: tuple[Attribute, ...] = ()
    text: str = ""
    content: tuple[Part, ...] = ()


def escape(text: str) -> str:
    """Text for the inside of an element. Characters that XML 1.0 cannot carry are dropped."""
    return _SPECIAL.sub(_replacement, text) if _SPECIAL.search(text) else text


def escape_attribute(text: str) -> str:
    """Text for the inside of an attribute in double quotes; white space is kept as it is."""
    return _SPECIAL_IN_ATTRIBUTE.sub(_replacement, text) if _SPECIAL_IN_ATTRIBUTE.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    return _REPLACEMENTS.get(match[0], "")


def qualified(name: str) -> str:
    """Element name with its prefix; names without one belong to the card schema (`ku`)."""
    return name if ":" in name else f"ku:{name}"


def element_writer(name: str, shape: Shape, *, depth: int) -> Writer:
    """Compile the writer of one element whose value is a struct of `shape.struct`, indented by `depth` steps."""
    start, end, indent = f"<{qualified(name)}", f"</{qualified(name)}>\n", "  " * depth
    attributes = _attributes_writer(shape)
    if shape.text:
        own_text = attrgetter(shape.text)

        def write_text(value: Any, append: Append) -> None:
            append(indent + start)
            attributes(value, append)
            append(f">{escape(own_text(value))}{end}")

        return write_text
    parts = [_part_writer(part, shape, depth=depth + 1) for part in shape.content]

    def write(value: Any, append: Append) -> None:
        append(indent + start)
        attributes(value, append)
        if not parts:
            append("/>\n")
            return
        append(">\n")
        for part in parts:
            part(value, append)
        append(indent + end)

    return write


def _attributes_writer(shape: Shape) -> Writer:
    defaults = {field.name: field.default for field in msgspec.structs.fields(shape.struct)}
    table = [
        (attrgetter(entry.field), f' {entry.name}="', entry.words, defaults[entry.field]) for entry in shape.attributes
    ]

    def write(value: Any, append: Append) -> None:
        for get, start, words, default in table:
            found = get(value)
            if found is None or found in ("", default):
                continue
            append(f'{start}{escape_attribute(words[found] if words else _plain(found))}"')

    return write


def _plain(value: Any) -> str:
    """Text of a plain value as XML Schema writes it."""
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)


def _part_writer(part: Part, shape: Shape, *, depth: int) -> Writer:
    match part:
        case Text():
            return _text_writer(part, depth=depth)
        case Paragraphs():
            return _paragraphs_writer(part, depth=depth)
        case Child():
            return _child_writer(part, depth=depth)
        case Pairs():
            return _pairs_writer(part, depth=depth)
        case Fixed():
            line = f"{'  ' * depth}<{qualified(part.name)}>{escape(part.text)}</{qualified(part.name)}>\n"
            return lambda value, append: append(line)
        case Group():
            return _group_writer(part, shape, depth=depth)


def _text_writer(part: Text, *, depth: int) -> Writer:
    get, words = attrgetter(part.field), part.words
    indent = "  " * (depth + bool(part.wrapper))
    start, end = f"{indent}<{qualified(part.name)}>", f"</{qualified(part.name)}>\n"

    def write(value: Any, append: Append) -> None:
        found = get(value)
        if found is None or found in ("", ()):
            return
        for item in found if isinstance(found, tuple) else (found,):
            append(f"{start}{escape(words[item] if words else _plain(item))}{end}")

    return _wrapped(part, write, depth=depth)


def _paragraphs_writer(part: Paragraphs, *, depth: int) -> Writer:
    get, indent = attrgetter(part.field), "  " * depth
    start, end = f"{indent}<{qualified(part.name)}>\n", f"{indent}</{qualified(part.name)}>\n"

    def write(value: Any, append: Append) -> None:
        found = get(value)
        if not found:
            return
        append(start)
        for line in found.split("\n"):
            append(f"{indent}  <ku:Akapit>{escape(line)}</ku:Akapit>\n")
        append(end)

    return write


def _child_writer(part: Child, *, depth: int) -> Writer:
    get = attrgetter(part.field)
    element = element_writer(part.name, part.shape, depth=depth + bool(part.wrapper))

    def write(value: Any, append: Append) -> None:
        found = get(value)
        if found is None:
            return
        for item in found if isinstance(found, tuple) else (found,):
            element(item, append)

    return _wrapped(part, write, depth=depth)


def _wrapped(part: Text | Child, write: Writer, *, depth: int) -> Writer:
    """`write` inside the wrapper element of the part; no wrapper for no items."""
    if not part.wrapper:
        return write
    get, indent = attrgetter(part.field), "  " * depth
    start, end = f"{indent}<{qualified(part.wrapper)}>\n", f"{indent}</{qualified(part.wrapper)}>\n"

    def write_wrapped(value: Any, append: Append) -> None:
        if get(value):
            append(start)
            write(value, append)
            append(end)

    return write_wrapped


def _pairs_writer(part: Pairs, *, depth: int) -> Writer:
    get, indent = attrgetter(part.field), "  " * depth
    name, wrapper = qualified(part.name), qualified(part.wrapper)

    def write(value: Any, append: Append) -> None:
        found = get(value)
        if not found:
            return
        append(f"{indent}<{wrapper}>\n")
        for key in sorted(found):
            word = escape_attribute(part.words[found[key]])
            append(f'{indent}  <{name} {part.key}="{escape_attribute(key)}" {part.value}="{word}"/>\n')
        append(f"{indent}</{wrapper}>\n")

    return write


def _group_writer(part: Group, shape: Shape, *, depth: int) -> Writer:
    indent, name = "  " * depth, qualified(part.name)
    parts = [_part_writer(inner, shape, depth=depth + 1) for inner in part.content]

    def write(value: Any, append: Append) -> None:
        pieces: list[str] = []
        for inner in parts:
            inner(value, pieces.append)
        if pieces:
            append(f"{indent}<{name}>\n")
            append("".join(pieces))
            append(f"{indent}</{name}>\n")

    return write
