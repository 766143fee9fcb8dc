"""Historia zmian karty: who changed which field, from what to what, and every step on the way to readers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from wagtail.models import Page, Revision

from cms.editorial.models import Transition
from governance.reporting.content_changes import field_changes
from governance.reporting.content_wording import Names, Question, Reference, form_of, references
from governance.reporting.places import NOBODY, Reach, names_for
from governance.reporting.tables import Column, Row, Table, table_of
from publication.calendar import day_of
from service_catalog.teryt import folded

COLUMNS = (
    Column("moment", "Kiedy"),
    Column("person", "Kto"),
    Column("field", "Co"),
    Column("old", "Było"),
    Column("new", "Jest"),
    Column("comment", "Komentarz"),
)
MOST = 300
"""Saved versions, and steps, of a page that are read at once, the newest."""
BY_ITSELF = "samoczynnie"
FIRST = "pierwsza zapisana wersja"
Entry = tuple[datetime.datetime, str, str, str, str, str]


def card_history(page: Page, reach: Reach, given: dict[str, Any]) -> Table:
    """A row for each changed field and each step, the newest first. The number of queries depends on the form only."""
    saved = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("-created_at", "-pk")[: MOST + 1]
    versions = list(saved.values_list("created_at", "user_id", "content"))[::-1]
    steps = list(Transition.objects.filter(page_id=page.pk).order_by("-pk")[:MOST])
    people = {user for _, user, _ in versions} | {step.person_id for step in steps}
    names = names_for(reach, people)
    entries = [*_changes(page, versions, names), *_steps(steps, names, national=reach.national)]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    return table_of(COLUMNS, (Row(entry) for entry in entries if _fits(entry, given)))


def _changes(page: Page, versions: list[tuple[Any, ...]], names: dict[int | None, str]) -> Iterator[Entry]:
    """Fields that differ between each version and the one before it."""
    form = form_of(page.specific_class)
    if versions and len(versions) <= MOST:
        moment, user, _ = versions[0]
        yield moment, names[user] if user else BY_ITSELF, FIRST, "", "", ""
    entries = _names_of_entries(form, (content for *_, content in versions))
    for (*_, before), (moment, user, after) in pairwise(versions):
        for change in field_changes(form, before, after, entries):
            yield moment, names[user] if user else BY_ITSELF, change.label, change.old, change.new, ""


def _names_of_entries(form: tuple[Question, ...], contents: Iterable[dict[str, Any]]) -> Names:
    """Names of everything that the versions name. One query for each kind of entry."""
    wanted: defaultdict[Any, set[Any]] = defaultdict(set)
    for content in contents:
        for model, key in references(form, content):
            wanted[model].add(key)
    found: dict[Reference, str] = {}
    for model, keys in wanted.items():
        rows = model._default_manager.all() if issubclass(model, Page) else model._default_manager.select_related()
        found |= {(model, key): str(one) for key, one in rows.in_bulk(keys).items()}
    return found


def _steps(steps: list[Transition], names: dict[int | None, str], *, national: bool) -> Iterator[Entry]:
    """Every step: what was done, from which state to which."""
    for step in steps:
        if step.person_id is not None:
            who = names[step.person_id]
        elif step.person_name:
            who = step.person_name if national else NOBODY
        else:
            who = BY_ITSELF
        done = step.get_decision_display() + (f": {step.get_step_display()}" if step.step else "")
        yield step.moment, who, done, step.get_before_display(), step.get_after_display(), step.comment


def _fits(entry: Entry, given: dict[str, Any]) -> bool:
    """Whether a row fits the filters."""
    moment, who, what, *_ = entry
    day = day_of(moment)
    return (
        (given["first"] or datetime.date.min) <= day <= (given["last"] or datetime.date.max)
        and folded(given["person"]) in folded(who)
        and folded(given["field"]) in folded(what)
    )
