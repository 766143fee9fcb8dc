"""What stands in the fields of a saved version, in words: lists and rows as one line per entry, choices by their labels.

A form is read off the model once (`form_of`); then saved contents are put into words without asking the database, except for names
of other entries (a unit, a legal act), which are collected first (`references`) and handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField

from cms.editorial.versions import BESIDE_THE_CONTENT

Reference = tuple[type[models.Model], Any]
Names = Mapping[Reference, str]
LABELS = {
    "title": "tytuł",
    "slug": "adres strony",
    "seo_title": "tytuł w wyszukiwarkach",
    "search_description": "opis w wyszukiwarkach",
}
"""Words for fields that every page has; those of the framework are not for officials."""
_OF_ROWS = frozenset({"pk", "id", "sort_order"})


@dataclass(frozen=True)
class Question:
    """A field of a form: how it is called and how its values are read."""

    name: str
    label: str
    choices: Mapping[Any, str] = field(default_factory=dict)
    block: blocks.StreamBlock | None = None
    refers_to: type[models.Model] | None = None
    rows: tuple[Question, ...] = ()
    has_rows: bool = False


def form_of(model: type[models.Model], *, without: frozenset[str] = BESIDE_THE_CONTENT) -> tuple[Question, ...]:
    """Fields of a page or of a row of it, in the order of the model, rows last."""
    found = [_question(one) for one in model._meta.concrete_fields if one.name not in without and not _is_parent(one)]
    for relation in get_all_child_relations(model):
        name, parent = relation.get_accessor_name(), relation.field.name
        if name not in without:
            rows = form_of(relation.related_model, without=_OF_ROWS | {parent})
            label = str(relation.related_model._meta.verbose_name_plural)
            found.append(Question(name, label, rows=rows, has_rows=True))
    return tuple(found)


def _is_parent(one: Any) -> bool:
    """Whether a field only joins the table of a page with the tables of its parents."""
    return bool(one.remote_field and getattr(one.remote_field, "parent_link", False))


def _question(one: Any) -> Question:
    label = LABELS.get(one.name, str(one.verbose_name))
    if isinstance(one, StreamField):
        return Question(one.name, label, block=one.stream_block)
    if isinstance(one, models.ForeignKey):
        return Question(one.name, label, refers_to=one.related_model)
    return Question(one.name, label, choices={value: str(text) for value, text in (one.flatchoices or ())})


def references(form: tuple[Question, ...], content: Mapping[str, Any]) -> Iterator[Reference]:
    """Other entries that a saved version names."""
    for question in form:
        value = content.get(question.name)
        if question.refers_to is not None and value is not None:
            yield question.refers_to, value
        for row in value or () if question.has_rows else ():
            yield from references(question.rows, row)


def lines_of(question: Question, value: Any, names: Names) -> list[str]:
    """A saved value in words, a line per entry; nothing for an empty one."""
    if question.has_rows:
        return [line for row in value or () if (line := _row(question.rows, row, names))]
    if question.block is not None:
        return [line for line in _stream(question.block, value) if line]
    return [line for line in _plain(question, value, names).splitlines() if line.strip()]


def _row(form: tuple[Question, ...], row: Mapping[str, Any], names: Names) -> str:
    told = ((question.label, ", ".join(lines_of(question, row.get(question.name), names))) for question in form)
    return "; ".join(f"{label}: {words}" for label, words in told if words)


def _plain(question: Question, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if question.refers_to is not None:
        return names.get((question.refers_to, value), "usunięty wpis")
    return question.choices.get(value, str(value))


def _stream(block: blocks.StreamBlock, value: Any) -> Iterator[str]:
    """Entries of a list with parts. A list is kept as a text within the saved version."""
    entries = json.loads(value) if isinstance(value, str) and value else value or []
    for entry in entries:
        kind = block.child_blocks.get(entry.get("type"))
        if kind is not None:
            yield _block(kind, entry.get("value"))


def _block(block: Any, value: Any) -> str:
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        told = ((part.label, _block(part, value.get(name))) for name, part in block.child_blocks.items())
        return "; ".join(f"{label}: {words}" for label, words in told if words)
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        items = (item.get("value") if isinstance(item, dict) and "value" in item else item for item in value)
        return ", ".join(_block(block.child_block, item) for item in items)
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value or ""))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return "" if value is None else " ".join(strip_tags(str(value)).split())
