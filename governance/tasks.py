"""Open tasks of officials: where they come from, whose they are, and who gets them when somebody is away or leaves.

Parts of the system that know tasks register a source. The notifier keeps one row per open task, so that each person is told
once and a late task is carried on step by step. A task whose person is away, or that names nobody, belongs to the acting
coordinator.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from governance.models import Absence, CoordinatorAssignment, FollowedTask
from governance.notifying import tell_about_task
from governance.teams import acting_coordinator
from publication.calendar import day_of
from service_catalog.models import OfficePage


@dataclass(frozen=True)
class OpenTask:
    """A task that waits. `key` is stable while it is open; `person` is the account it was given to, None for the whole office."""

    key: str
    title: str
    office_code: str = ""
    person: int | None = None
    people: Callable[[], Iterable[int]] = tuple
    """Accounts that may do it, when it was given to nobody by name. Asked for only when the task is new."""
    since: datetime.date | None = None
    due: datetime.date | None = None
    link: str = ""


AT_ONCE = 500
"""Rows named in one statement."""
TaskSource = Callable[[datetime.date], Iterable[OpenTask]]
_sources: dict[str, TaskSource] = {}


def register_task_source(name: str, source: TaskSource) -> None:
    """Follow the tasks that a source lists for a day. A second registration under the name replaces the first."""
    _sources[name] = source


def forget_task_source(name: str) -> None:
    """Stop following a source; its open tasks count as done at the next collection."""
    _sources.pop(name, None)


def collect(*, moment: datetime.datetime) -> list[FollowedTask]:
    """Take over what the sources list: new ones get a row and a person who is told, vanished ones are done. Return the new ones."""
    on = day_of(moment)
    listed = {task.key: task for name, source in sorted(_sources.items()) for task in source(on)}
    with transaction.atomic():
        known = {row.key: row for row in FollowedTask.objects.filter(done_at__isnull=True)}
        _finish([row.pk for key, row in known.items() if key not in listed], moment=moment)
        new = [key for key in listed if key not in known]
        known |= FollowedTask.objects.in_bulk(new, field_name="key")
        codes = {task.office_code for task in listed.values()}
        offices = OfficePage.objects.in_bulk(codes, field_name="code")
        away = set(Absence.objects.filter(begins__lte=on, ends__gte=on).values_list("person", flat=True))
        found = []
        for task in listed.values():
            row = known.get(task.key)
            if row is not None and row.done_at is None and (row.due, row.title) == (task.due, task.title):
                continue
            found += _follow(row, task, offices.get(task.office_code), away, on=on)
        for followed in found:
            tell_about_task(followed, moment=moment)
    return found


def _finish(keys: list[int], *, moment: datetime.datetime) -> None:
    """Mark tasks that no source lists any more as done."""
    for start in range(0, len(keys), AT_ONCE):
        FollowedTask.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(done_at=moment)


def _follow(
    row: FollowedTask | None, task: OpenTask, office: OfficePage | None, away: set[int], *, on: datetime.date
) -> list[FollowedTask]:
    """Write down a task; return it when its person has to be told: it is new, came back, or got another due day."""
    again = row is None or row.done_at is not None or row.due != task.due
    row = row or FollowedTask(key=task.key)
    row.office, row.title, row.link = office, task.title[:300], task.link
    row.since, row.due = task.since or on, task.due
    if again:
        row.level, row.done_at = 0, None
        row.people = [] if task.person else _there(task.people(), away)
        row.person_id = None if row.people else responsible(task.person, office, away, on=on)
    row.save()
    return [row] if again else []


def _there(people: Iterable[int], away: set[int]) -> list[int]:
    """Of these accounts those that are open and not absent."""
    active = get_user_model().objects.filter(pk__in=list(people), is_active=True)
    return sorted(set(active.values_list("pk", flat=True)) - away)


def responsible(person: int | None, office: OfficePage | None, away: set[int], *, on: datetime.date) -> int | None:
    """Who does a task on a day: the person it was given to, unless away or closed, else the acting coordinator of the office."""
    active = get_user_model().objects.filter(pk=person, is_active=True).exists() if person else False
    if active and person not in away:
        return person
    found: Any = acting_coordinator(office, on=on) if office is not None else None
    if found is not None:
        return int(found.pk)
    return person if active else None


def move_tasks(office: OfficePage, *, moment: datetime.datetime) -> list[FollowedTask]:
    """Give open tasks of an office whose person left its team, is away or closed to the acting coordinator; return those moved."""
    on = day_of(moment)
    acting = acting_coordinator(office, on=on)
    if acting is None:
        return []
    terms = CoordinatorAssignment.objects.filter(office=office, begins__lte=on)
    running = set(terms.exclude(ends__lte=on).values_list("person", flat=True))
    gone = set(terms.values_list("person", flat=True)) - running
    gone |= set(Absence.objects.filter(begins__lte=on, ends__gte=on).values_list("person", flat=True))
    moved = []
    for task in FollowedTask.objects.filter(office=office, done_at__isnull=True).select_related("person"):
        if task.person_id is None:
            task.people = _there(task.people, gone) if task.people else []
        closed = task.person is not None and not task.person.is_active
        alone = task.person_id is None and not task.people
        if task.person_id != acting.pk and (alone or closed or task.person_id in gone):
            task.person = acting
            task.save(update_fields=["person"])
            tell_about_task(task, moment=moment, taken_over=True)
            moved.append(task)
    return moved
