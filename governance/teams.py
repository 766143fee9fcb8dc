"""Reading teams: who acts in which office on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from cms.people import name_of
from governance.acting import Acting, Away, Post, Term, acting
from governance.models import Absence, CoordinatorAssignment
from service_catalog.models import OfficePage


@dataclass(frozen=True)
class Standing:
    """An office on a day: who acts, with his account, or nobody."""

    office: OfficePage
    acting: Acting | None
    person: Any = None
    deputies: int = 0

    @property
    def name(self) -> str:
        """Name of the person who acts."""
        return name_of(self.person)

    @property
    def alarm(self) -> bool:
        """Whether the national coordinator has to act."""
        return self.acting is None


def terms_of(office: OfficePage) -> list[Term]:
    """All posts of an office, past and future."""
    return [row.term() for row in CoordinatorAssignment.objects.filter(office=office)]


def absences_of(people: Iterable[int]) -> list[Away]:
    """All absences of these people."""
    return [row.away() for row in Absence.objects.filter(person__in=set(people))]


def acting_coordinator(office: OfficePage, *, on: datetime.date) -> Any:
    """Account of the person who acts as coordinator of an office on a day; None when nobody does. A closed account never acts."""
    return standings([office], on=on)[0].person


def standings(offices: Iterable[OfficePage], *, on: datetime.date) -> list[Standing]:
    """Who acts in each office on a day. Three queries for any number of offices."""
    listed = list(offices)
    held = defaultdict(list)
    rows = CoordinatorAssignment.objects.filter(office__in=listed, begins__lte=on, person__is_active=True)
    for row in rows.exclude(ends__lt=on):
        held[row.office_id].append(row.term())
    people = {term.person for team in held.values() for term in team}
    absences = [row.away() for row in Absence.objects.filter(person__in=people, begins__lte=on, ends__gte=on)]
    accounts = get_user_model().objects.in_bulk(people)
    found = []
    for office in listed:
        team = held[office.pk]
        who = acting(team, absences, on=on)
        deputies = sum(term.post is Post.DEPUTY for term in team)
        found.append(Standing(office, who, accounts[who.term.person] if who else None, deputies))
    return found


def offices_of(person: Any, *, on: datetime.date) -> list[OfficePage]:
    """Offices in whose team a person is on a day."""
    rows = CoordinatorAssignment.objects.filter(person=person, begins__lte=on).exclude(ends__lt=on)
    return list(OfficePage.objects.filter(pk__in=rows.values("office")))
