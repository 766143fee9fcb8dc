"""What the scheduler does for people: every half minute and once a day. It may run again at any time and changes nothing twice."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet

from cms import roles
from cms.people import name_of
from cms.working_days import is_working_day
from governance.acting import Post
from governance.assignments import sync_all_members
from governance.escalation import Level, levels_due
from governance.models import Absence, CoordinatorAssignment, DailyWork, FollowedTask
from governance.notifying import doers, send_at_once, send_digests, tell
from governance.tasks import collect, move_tasks
from governance.teams import standings
from publication.calendar import WARSAW, day_of
from service_catalog.models import OfficePage

DAY_BEGINS = datetime.time(7, 0)
"""Local time from which people are reminded and get their daily message."""
KEPT = datetime.timedelta(days=60)


def run(*, moment: datetime.datetime) -> None:
    """Follow tasks and send mail; once a day change teams, escalate, raise alarms and send the daily messages."""
    on = day_of(moment)
    collect(moment=moment)
    _once("teams", on, lambda: renew_teams(moment=moment))
    raise_alarms(moment=moment)
    send_at_once(moment=moment)
    if moment.astimezone(WARSAW).time() >= DAY_BEGINS and is_working_day(on):
        _once("escalation", on, lambda: escalate(moment=moment))
        _once("digests", on, lambda: send_digests(moment=moment))
    _once("tidying", on, lambda: DailyWork.forget_before(on - KEPT))


def _once(name: str, on: datetime.date, work: Any) -> None:
    """Do a piece of the day's work, whole or not at all, once."""
    with transaction.atomic():
        if DailyWork.begin(name, on):
            work()


def renew_teams(*, moment: datetime.datetime) -> None:
    """Terms that began or ended change groups, and tasks of people who left or are away go to whoever acts."""
    on = day_of(moment)
    sync_all_members(on=on)
    ended = CoordinatorAssignment.objects.filter(ends__gte=on - KEPT, ends__lt=on).values("office")
    absent = Absence.objects.filter(begins__lte=on, ends__gte=on).values("person")
    left = FollowedTask.objects.filter(done_at__isnull=True, person__in=absent).values("office")
    for office in OfficePage.objects.filter(Q(pk__in=ended) | Q(pk__in=left)):
        move_tasks(office, moment=moment)


def escalate(*, moment: datetime.datetime) -> int:
    """Carry late tasks on: person, deputy, head, national coordinator; return how many notifications were written."""
    on = day_of(moment)
    written = 0
    late = FollowedTask.objects.filter(done_at__isnull=True, due__lt=on, level__lt=Level.NATIONAL)
    for task in late.select_related("person", "office"):
        for level in levels_due(due=task.due or on, reached=Level(task.level), on=on):
            written += tell(
                listeners(task, level, on=on),
                key=f"late:{task.key}:{task.due}:{int(level)}",
                subject=f"Po terminie: {task.title}",
                text=_late_text(task, level),
                link=task.link,
                moment=moment,
            )
            task.level = level
        task.save(update_fields=["level"])
    return written


def _late_text(task: FollowedTask, level: Level) -> str:
    office = f" ({task.office.title})" if task.office else ""
    whose = f" Zadanie ma {name_of(task.person)}." if task.person and level != Level.PERSON else ""
    return f"Termin minął {task.due}{office}.{whose}"


def listeners(task: FollowedTask, level: Level, *, on: datetime.date) -> list[Any]:
    """Who is told about a late task at a level. A level at which nobody listens is passed to the next one."""
    found: list[Any] = []
    if level == Level.PERSON:
        found = doers(task)
    elif level == Level.DEPUTY and task.office:
        found = _deputies(task.office, on=on, without=task.person_id)[:1]
    elif level == Level.HEAD and task.office:
        found = heads_of(task.office)
    elif level == Level.NATIONAL:
        return national_coordinators()
    return found or listeners(task, Level(level + 1), on=on)


def _deputies(office: OfficePage, *, on: datetime.date, without: int | None) -> list[Any]:
    """Deputies of an office who are there, by order."""
    away = Absence.objects.filter(begins__lte=on, ends__gte=on).values("person")
    rows = CoordinatorAssignment.objects.filter(office=office, post=Post.DEPUTY, begins__lte=on, person__is_active=True)
    rows = rows.exclude(ends__lt=on).exclude(person__in=away).exclude(person=without)
    return [row.person for row in rows.select_related("person").order_by("order", "begins", "pk")]


def heads_of(office: OfficePage) -> list[Any]:
    """Active accounts that approve for an office."""
    groups = roles.groups_of(roles.OFFICE_APPROVER, code=office.code)
    return list(get_user_model().objects.filter(groups__in=groups, is_active=True).distinct().order_by("pk"))


def national_coordinators() -> list[Any]:
    """Active accounts of national coordinators; without any, central staff, so that an alarm is always heard."""
    for role in (roles.NATIONAL_COORDINATOR, roles.CENTRAL):
        found = list(get_user_model().objects.filter(groups__name=role.name, is_active=True).order_by("pk"))
        if found:
            return found
    return []


def offices_that_need_a_team() -> QuerySet[OfficePage]:
    """Offices that take part in the catalogue, or ever had a coordinator: those that must have one every day."""
    rows = CoordinatorAssignment.objects.filter(post=Post.COORDINATOR)
    takes_part = ~Q(participation="poza") | Q(pk__in=rows.values("office"))
    found: QuerySet[OfficePage] = OfficePage.objects.filter(takes_part).order_by("title")
    return found


def raise_alarms(*, moment: datetime.datetime) -> int:
    """Tell the national coordinators about every office without acting coordinator, once per office and day."""
    on = day_of(moment)
    return sum(
        tell(
            national_coordinators(),
            key=f"alarm:{standing.office.code}:{on}",
            subject=f"Urząd bez koordynatora: {standing.office.title}",
            text=f"Dnia {on} nikt nie pełni tam obowiązków koordynatora. Wyznacz zastępcę.",
            link=f"/admin/zespoly/{standing.office.code}/",
            moment=moment,
        )
        for standing in standings(offices_that_need_a_team(), on=on)
        if standing.alarm
    )
