"""What changed in a version against what is public, field by field, as the person who checks it sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.compare import FieldComparison, TextDiff

ADDED, REMOVED, CHANGED = "addition", "deletion", "change"
WORDS = {ADDED: "Dodano", REMOVED: "Usunięto", CHANGED: "Zmieniono"}
NOTHING = "brak"
EMPTY: tuple[Any, ...] = (None, "", [], ())


@dataclass(frozen=True)
class ChangedField:
    """One field: its label and the difference as marked text; a list of rows has its rows instead."""

    label: str
    difference: SafeString | str = ""
    rows: tuple[ChangedRow, ...] = ()
    reordered: bool = False


@dataclass(frozen=True)
class ChangedRow:
    """One row of a list: whether it is an "addition", a "deletion" or a "change", what it is called, and its fields.

    A changed row shows what differs; an added or removed one shows all that it says.
    """

    kind: str
    name: str
    fields: tuple[ChangedField, ...]

    @property
    def word(self) -> str:
        """What happened to the row, for people."""
        return WORDS[self.kind]


def changed_fields(page: Any, request: HttpRequest) -> list[ChangedField]:
    """Fields that differ between the public page and its latest version; none when nothing was public yet."""
    if not page.live:
        return []
    draft = page.get_latest_revision_as_object()
    public = type(page)._default_manager.get(pk=page.pk)
    handler = type(page).get_edit_handler().get_bound_panel(instance=draft, request=request)
    return list(_differing(make(public, draft) for make in handler.get_comparison()))


def _differing(comparisons: Iterable[Any]) -> Iterator[ChangedField]:
    """Those of the comparisons that have something to show."""
    for comparison in comparisons:
        if comparison.is_child_relation:
            found = _changed_list(comparison)
            if found.rows or found.reordered:
                yield found
        elif comparison.has_changed():
            yield ChangedField(str(comparison.field_label()), _difference(comparison))


def _changed_list(relation: Any) -> ChangedField:
    """What was added to a list of rows, removed from it and changed in it, and whether the rows changed places."""
    children = relation.get_child_comparisons()
    rows = [row for row in map(_row, children) if row.fields or row.kind != CHANGED]
    places = [child.obj_a.sort_order for child in children if child.obj_a and child.obj_b]
    return ChangedField(_label(relation), rows=tuple(rows), reordered=places != sorted(places))


def _label(relation: Any) -> str:
    return capfirst(str(relation.field.related_model._meta.verbose_name_plural))


def _row(child: Any) -> ChangedRow:
    if child.obj_a and child.obj_b:
        return ChangedRow(CHANGED, str(child.obj_b), tuple(_differing(child.get_field_comparisons())))
    kind = REMOVED if child.obj_a else ADDED
    return ChangedRow(kind, str(child.obj_a or child.obj_b), tuple(_all_said(child, kind)))


def _all_said(child: Any, kind: str) -> Iterator[ChangedField]:
    """Every field of a row that is not empty, with the rows below it."""
    for comparison in child.get_field_comparisons():
        if comparison.is_child_relation:
            below = [_whole(one, kind) for one in comparison.get_child_comparisons()]
            if below:
                yield ChangedField(_label(comparison), rows=tuple(below))
        elif comparison.val_b not in EMPTY:
            yield ChangedField(str(comparison.field_label()), _difference(comparison))


def _whole(child: Any, kind: str) -> ChangedRow:
    """A row below an added or removed one: it came or went with it."""
    return ChangedRow(kind, str(child.obj_b or child.obj_a), tuple(_all_said(child, kind)))


def _difference(comparison: Any) -> SafeString | str:
    """The difference as escaped, marked text. Numbers, days and yes-or-no are written as people write them."""
    if type(comparison) is not FieldComparison:
        return comparison.htmldiff()  # type: ignore[no-any-return]
    before, now = _words(comparison.val_a), _words(comparison.val_b)
    if before == now:
        return escape(now)
    return TextDiff([("deletion", before), ("addition", now)], separator=" ").to_html()  # type: ignore[no-any-return]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return NOTHING if value in EMPTY else str(localize(value))
