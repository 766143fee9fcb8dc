"""What changed in a version against what is public, field by field, as the person who checks it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class ChangedField:
    """One field: its label and the difference as marked text."""

    label: str
    difference: SafeString | str


def changed_fields(page: Any, request: HttpRequest) -> list[ChangedField]:
    """Fields that differ between the public page and its latest version; none when nothing was public yet."""
    if not page.live:
        return []
    draft = page.get_latest_revision_as_object()
    public = type(page)._default_manager.get(pk=page.pk)
    handler = type(page).get_edit_handler().get_bound_panel(instance=draft, request=request)
    found = []
    for make in handler.get_comparison():
        comparison = make(public, draft)
        if comparison.has_changed():
            found.append(ChangedField(str(comparison.field_label()), comparison.htmldiff()))
    return found
