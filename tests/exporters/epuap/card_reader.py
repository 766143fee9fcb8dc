"""Reads a card back from XML by the same tables that write it: what comes back must be the card that went in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec
from lxml import etree

from exporters.epuap import addresses
from exporters.epuap.shapes import Child, Fixed, Group, Pairs, Paragraphs, Part, Shape, Text

PREFIXES = {
    "ku": addresses.NAMESPACE,
    "inst": addresses.INSTITUTION,
    "adr": addresses.ADDRESS,
}


def read(element: etree._Element, shape: Shape) -> Any:
    """The struct of `shape` in an element. Fields that are not there get their default, required texts get ""."""
    fields = {field.name: field for field in msgspec.structs.fields(shape.struct)}
    found: dict[str, Any] = {}
    for attribute in shape.attributes:
        raw = element.get(attribute.name)
        if raw is not None:
            found[attribute.field] = _plain(raw, fields[attribute.field].type, attribute.words)
    if shape.text:
        found[shape.text] = element.text or ""
    for part in shape.content:
        found |= _part(part, element, fields)
    for name, field in fields.items():
        if field.required and name not in found:
            found[name] = None if type(None) in get_args(field.type) else ""
    return shape.struct(**found)


def _part(part: Part, element: etree._Element, fields: Mapping[str, Any]) -> dict[str, Any]:
    match part:
        case Fixed():
            return {}
        case Group():
            inner = element.find(_tag(part.name))
            found: dict[str, Any] = {}
            for nested in part.content if inner is not None else ():
                assert inner is not None
                found |= _part(nested, inner, fields)
            return found
        case Pairs():
            back = {word: code for code, word in part.words.items()}
            path = f"{_tag(part.wrapper)}/{_tag(part.name)}"
            pairs = {entry.get(part.key): back[entry.get(part.value, "")] for entry in element.findall(path)}
            return {part.field: pairs} if pairs else {}
        case Paragraphs():
            lines = [line.text or "" for line in element.findall(f"{_tag(part.name)}/{_tag('Akapit')}")]
            return {part.field: "\n".join(lines)} if lines else {}
    path = f"{_tag(part.wrapper)}/{_tag(part.name)}" if part.wrapper else _tag(part.name)
    entries = element.findall(path)
    kind = fields[part.field].type
    if isinstance(part, Text):
        values = tuple(_plain(entry.text or "", _item_type(kind), part.words) for entry in entries)
    else:
        assert isinstance(part, Child)
        values = tuple(read(entry, part.shape) for entry in entries)
    if not values:
        return {}
    return {part.field: values if get_origin(kind) is tuple else values[0]}


def _item_type(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def _plain(raw: str, kind: Any, words: Mapping[str, str] | None) -> Any:
    if words:
        return {word: code for code, word in words.items()}[raw]
    kinds = get_args(kind) if get_origin(kind) is not Literal else (str,)
    if bool in (kind, *kinds):
        return raw == "true"
    if int in (kind, *kinds):
        return int(raw)
    return raw


def _tag(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES[prefix or 'ku']}}}{local}"
