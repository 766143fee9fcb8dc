"""Filling the editor's form the way a browser does: everything the page holds, then the changes."""

from __future__ import annotations

from typing import Any

from django.test import Client
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html


def filled_form(client: Client, page: Page) -> dict[str, Any]:
    """What the browser would send for the page's form, unchanged. The lists of entries, which scripts draw, come from the draft."""
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    form = querydict_from_html(html, form_id="page-edit-form")
    data: dict[str, Any] = {name: values if len(values) > 1 else values[0] for name, values in form.lists() if values}
    draft = page.get_latest_revision_as_object()
    for field in draft._meta.concrete_fields:
        if isinstance(field, StreamField):
            data |= stream_data(field.name, getattr(draft, field.name))
    return data


def stream_data(name: str, value: StreamValue) -> dict[str, str]:
    """Form data of a list of entries."""
    data = {f"{name}-count": str(len(value.raw_data))}
    for index, entry in enumerate(value.raw_data):
        data |= entry_data(name, index, entry["type"], entry["value"], key=entry.get("id") or "")
    return data


def entry_data(name: str, index: int, kind: str, value: Any, *, key: str = "") -> dict[str, str]:
    """Form data of one entry."""
    prefix = f"{name}-{index}"
    words = (
        {f"{prefix}-value-{part}": str(word or "") for part, word in value.items()} if isinstance(value, dict) else None
    )
    return {
        f"{prefix}-deleted": "",
        f"{prefix}-order": str(index),
        f"{prefix}-type": kind,
        f"{prefix}-id": key,
        **(words if words is not None else {f"{prefix}-value": str(value)}),
    }
