"""A marker in every text of a page: fields, list entries, rows and rows of rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

ADDRESSES = frozenset(
    {"slug", "url_path", "path", "symbol", "code", "draft_title", "translation_key", "teryt", "prefix"}
)
"""Texts by which a page is found: they stay, so that its outlets can be asked."""


def mark(owner: models.Model, marker: str) -> int:
    """Write the marker into every text of `owner` and its rows, without saving; return the number of texts."""
    marked = sum(_mark_field(owner, field, marker) for field in owner._meta.concrete_fields)
    for relation in get_all_child_relations(type(owner)):
        name = relation.get_accessor_name()
        rows = list(getattr(owner, name).all())
        marked += sum(mark(row, marker) for row in rows)
        setattr(owner, name, rows)
    return marked


def _mark_field(owner: models.Model, field: models.Field[Any, Any], marker: str) -> int:
    if isinstance(field, StreamField):
        return _mark_stream(owner, field, marker)
    if field.name in ADDRESSES or field.choices or not isinstance(field, (models.CharField, models.TextField)):
        return 0
    if field.remote_field is not None or (field.model is Page and field.name != "title"):
        return 0
    setattr(owner, field.attname, f"https://{marker}.example/" if isinstance(field, models.URLField) else marker)
    return 1


def _mark_stream(owner: models.Model, field: StreamField, marker: str) -> int:
    """One entry of every kind, marker in each of its words."""
    entries = []
    for name, block in field.stream_block.child_blocks.items():
        parts = getattr(block, "child_blocks", None)
        value = {part: marker for part in parts if part not in {"actor", "kind"}} if parts else marker
        entries.append({"type": name, "value": value})
    setattr(owner, field.attname, field.stream_block.to_python(entries))
    return len(entries)
