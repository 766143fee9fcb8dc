"""The doors through which posts and absences change. Each change is whole: refused with reasons, or saved with all that follows."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cms import roles
from cms.people import name_of
from governance.acting import Post, Term, refusals
from governance.login.own_roles import by_rule
from governance.models import Absence, AdvisorAssignment, CoordinatorAssignment
from governance.tasks import move_tasks
from governance.teams import offices_of, terms_of
from publication.calendar import day_of
from service_catalog.models import OfficePage


def assign(
    office: OfficePage,
    person: Any,
    post: Post,
    *,
    begins: datetime.date,
    ends: datetime.date | None = None,
    order: int = 1,
    moment: datetime.datetime,
) -> CoordinatorAssignment:
    """Give a person a post from a day that is not past. Raises `ValidationError` with the reasons."""
    on = day_of(moment)
    if begins < on:
        raise ValidationError(f"Funkcja może zacząć się najwcześniej dzisiaj ({on}). Zmień pierwszy dzień.")
    if not person.is_active:
        raise ValidationError(f"Konto „{name_of(person)}” jest wyłączone, więc ta osoba nie może pełnić funkcji.")
    row = CoordinatorAssignment(office=office, person=person, post=post, begins=begins, ends=ends, order=order)
    with transaction.atomic():
        before = _locked_terms(office)
        _refuse(refusals(before, [*before, row.term()], on=on))
        row.save()
        sync_members(office, on=on)
    return row


def end(assignment: CoordinatorAssignment, *, last: datetime.date, moment: datetime.datetime) -> None:
    """End a post with a day that is not past; open tasks go to whoever acts then. Raises `ValidationError`."""
    on = day_of(moment)
    if last < on:
        raise ValidationError(f"Funkcja może skończyć się najwcześniej dzisiaj ({on}). Zmień ostatni dzień.")
    _change(assignment, replace(assignment.term(), ends=last), moment=moment)


def hand_over(
    assignment: CoordinatorAssignment,
    person: Any,
    *,
    begins: datetime.date,
    last: datetime.date,
    moment: datetime.datetime,
) -> CoordinatorAssignment:
    """Give the post of a coordinator or deputy to another person: one ends with a day, the other begins with a day.

    Both or neither. They may hold it together for at most 14 days. Raises `ValidationError` with the reasons.
    """
    on = day_of(moment)
    if min(begins, last) < on:
        raise ValidationError(f"Przekazanie może zacząć się najwcześniej dzisiaj ({on}). Zmień daty.")
    if not person.is_active:
        raise ValidationError(f"Konto „{name_of(person)}” jest wyłączone, więc ta osoba nie może pełnić funkcji.")
    row = CoordinatorAssignment(
        office=assignment.office, person=person, post=assignment.post, begins=begins, order=assignment.order
    )
    with transaction.atomic():
        before = _locked_terms(assignment.office)
        others = [term for term in before if term.key != assignment.pk]
        _refuse(refusals(before, [*others, replace(assignment.term(), ends=last), row.term()], on=on))
        assignment.ends = last
        assignment.save(update_fields=["ends"])
        row.save()
        sync_members(assignment.office, on=on)
        move_tasks(assignment.office, moment=moment)
    return row


def remove(assignment: CoordinatorAssignment, *, moment: datetime.datetime) -> None:
    """Take back a post that has not begun yet. One that has begun is ended, so that it stays known. Raises `ValidationError`."""
    if assignment.begins <= day_of(moment):
        raise ValidationError("Ta funkcja już trwa albo się skończyła. Zamiast usuwać, wpisz jej ostatni dzień.")
    _change(assignment, None, moment=moment)


def reorder(assignment: CoordinatorAssignment, *, order: int, moment: datetime.datetime) -> None:
    """Give a deputy another place in the order. Raises `ValidationError`."""
    _change(assignment, replace(assignment.term(), order=order), moment=moment)


def _change(assignment: CoordinatorAssignment, term: Term | None, *, moment: datetime.datetime) -> None:
    on = day_of(moment)
    with transaction.atomic():
        before = _locked_terms(assignment.office)
        others = [one for one in before if one.key != assignment.pk]
        _refuse(refusals(before, [*others, term] if term else others, on=on))
        if term is None:
            assignment.delete()
        else:
            assignment.ends, assignment.order = term.ends, term.order
            assignment.save(update_fields=["ends", "order"])
        sync_members(assignment.office, on=on)
        move_tasks(assignment.office, moment=moment)


def _locked_terms(office: OfficePage) -> list[Term]:
    """Posts of an office, read so that two people who change them at once do so one after the other."""
    OfficePage.objects.select_for_update().get(pk=office.pk)
    return terms_of(office)


def _refuse(sentences: list[str]) -> None:
    if sentences:
        raise ValidationError(sentences)


def report_absence(person: Any, *, begins: datetime.date, ends: datetime.date, moment: datetime.datetime) -> Absence:
    """Write down that a person is away; whoever stands in gets his tasks. Raises `ValidationError`."""
    on = day_of(moment)
    if ends < on:
        raise ValidationError(f"Ta nieobecność skończyła się przed dzisiejszym dniem ({on}). Zmień daty.")
    row = Absence(person=person, begins=begins, ends=ends)
    with transaction.atomic():
        row.full_clean()
        row.save()
        for office in offices_of(person, on=on):
            move_tasks(office, moment=moment)
    return row


def end_absence(absence: Absence, *, moment: datetime.datetime) -> None:
    """Take back an absence, or end one that has begun with yesterday."""
    on = day_of(moment)
    with transaction.atomic():
        if absence.begins >= on:
            absence.delete()
        else:
            absence.ends = min(absence.ends, on - datetime.timedelta(days=1))
            absence.save(update_fields=["ends"])
        for office in offices_of(absence.person, on=on):
            move_tasks(office, moment=moment)


def dismiss(advisor: AdvisorAssignment, *, moment: datetime.datetime) -> None:
    """End the right of an advisor at once. One who has not begun is taken back."""
    on = day_of(moment)
    yesterday = on - datetime.timedelta(days=1)
    with transaction.atomic():
        if advisor.begins > yesterday:
            office, person = advisor.office, advisor.person
            advisor.delete()
            for group in roles.groups_of(roles.OFFICE_ADVISOR, code=office.code):
                group.user_set.remove(person)
        else:
            advisor.ends = yesterday
            advisor.save(update_fields=["ends"])
        sync_members(advisor.office, on=on)


def sync_members(office: OfficePage, *, on: datetime.date) -> None:
    """Make the groups of coordinators and advisors of an office hold those whose term runs, and drop those whose term is over.

    Members who never had a term stay: an administrator put them there.
    """
    leading = (Post.COORDINATOR.value, Post.DEPUTY.value)
    posts = CoordinatorAssignment.objects.filter(office=office, post__in=leading)
    _sync_group(roles.OFFICE_COORDINATOR, office, posts, on=on)
    _sync_group(roles.OFFICE_ADVISOR, office, AdvisorAssignment.objects.filter(office=office), on=on)


def _sync_group(role: roles.Role, office: OfficePage, rows: Any, *, on: datetime.date) -> None:
    for group in roles.groups_of(role, code=office.code):
        running = set(rows.filter(begins__lte=on).exclude(ends__lt=on).values_list("person", flat=True))
        known = set(rows.values_list("person", flat=True))
        members = set(group.user_set.filter(pk__in=known).values_list("pk", flat=True))
        with by_rule():
            group.user_set.add(*(running - members))
            group.user_set.remove(*(members - running))


def sync_all_members(*, on: datetime.date) -> None:
    """Daily: terms that began or ended since yesterday change the groups."""
    touched = set(CoordinatorAssignment.objects.values_list("office", flat=True))
    touched |= set(AdvisorAssignment.objects.values_list("office", flat=True))
    for office in OfficePage.objects.filter(pk__in=touched):
        sync_members(office, on=on)
