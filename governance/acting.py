"""Who acts as coordinator of an office on a day, and which changes of posts would leave the office alone. Pure.

At every date an office has exactly one acting coordinator: the coordinator unless absent, else the first deputy by order who is
there, else nobody, which is an alarm. Source: section 2.2 of the domain document, "Coordinator, Deputy, team, Absence".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_HANDOVER = datetime.timedelta(days=14)
"""How long the leaving and the coming coordinator may hold the post together."""
DAY = datetime.timedelta(days=1)


class Post(StrEnum):
    """A post in the team of an office."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    MEMBER = "member"
    SPONSOR = "sponsor"


@dataclass(frozen=True, order=True)
class Term:
    """A person holds a post from a day to a day, both included; an open end is None. `order` ranks deputies, lowest first."""

    key: int
    person: int
    post: Post
    begins: datetime.date
    ends: datetime.date | None = None
    order: int = 1

    def covers(self, day: datetime.date) -> bool:
        """Whether the person holds the post on the day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class Away:
    """A person is absent from a day to a day, both included."""

    person: int
    begins: datetime.date
    ends: datetime.date

    def covers(self, day: datetime.date) -> bool:
        """Whether the person is absent on the day."""
        return self.begins <= day <= self.ends


@dataclass(frozen=True)
class Acting:
    """Who acts, by which term, and whether he stands in for an absent coordinator."""

    term: Term
    stands_in: bool


def line(terms: Iterable[Term], *, on: datetime.date) -> list[Term]:
    """Those who may act on a day, in the order in which they are asked: coordinators, the longest serving first, then deputies.

    During a handover the leaving coordinator acts until his last day, then the coming one.
    """
    held = [term for term in terms if term.covers(on)]
    coordinators = sorted(
        (term for term in held if term.post is Post.COORDINATOR), key=lambda term: (term.begins, term.key)
    )
    deputies = sorted(
        (term for term in held if term.post is Post.DEPUTY), key=lambda term: (term.order, term.begins, term.key)
    )
    return [*coordinators, *deputies]


def acting(terms: Iterable[Term], absences: Iterable[Away], *, on: datetime.date) -> Acting | None:
    """Who acts as coordinator on a day; None when nobody does, which is an alarm."""
    away = {absence.person for absence in absences if absence.covers(on)}
    asked = line(terms, on=on)
    found = next((term for term in asked if term.person not in away), None)
    return None if found is None else Acting(found, stands_in=found.post is Post.DEPUTY)


def days_without_acting(
    terms: Sequence[Term], absences: Sequence[Away], *, first: datetime.date, last: datetime.date
) -> list[datetime.date]:
    """Days of a period on which nobody acts."""
    return [day for day in days_between(first, last) if acting(terms, absences, on=day) is None]


def days_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Every day from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def refusals(before: Sequence[Term], after: Sequence[Term], *, on: datetime.date) -> list[str]:
    """Why a change of the posts of one office, made on a day, must be refused; empty when it may be made.

    What was already missing before the change is an alarm and not a reason, so a new office can be filled step by step.
    """
    found = [sentence for term in after if (sentence := _reversed(term))]
    if found:
        return found
    for day in _turning_points([*before, *after], on=on):
        found += _lost(before, after, day)
        found += _doubled(after, day)
    return [*dict.fromkeys(found), *_long_handovers(after, on=on)]


def _reversed(term: Term) -> str:
    if term.ends is not None and term.ends < term.begins:
        return f"Ostatni dzień ({term.ends}) jest wcześniejszy niż pierwszy ({term.begins}). Zamień daty."
    return ""


def _turning_points(terms: Iterable[Term], *, on: datetime.date) -> list[datetime.date]:
    """Days from `on` at which somebody begins or has just ended: between them nothing changes."""
    days = {on}
    for term in terms:
        days.add(term.begins)
        if term.ends is not None and term.ends < datetime.date.max:
            days.add(term.ends + DAY)
    return sorted(day for day in days if day >= on)


def _count(terms: Iterable[Term], post: Post, day: datetime.date) -> int:
    return sum(term.post is post and term.covers(day) for term in terms)


def _lost(before: Sequence[Term], after: Sequence[Term], day: datetime.date) -> Iterator[str]:
    """Posts that somebody held on the day before the change and nobody holds after it."""
    if _count(before, Post.COORDINATOR, day) and not _count(after, Post.COORDINATOR, day):
        yield f"Od dnia {day} urząd nie miałby koordynatora. Najpierw wyznacz następcę, który zacznie najpóźniej tego dnia."
    if _count(before, Post.DEPUTY, day) and not _count(after, Post.DEPUTY, day):
        yield f"Od dnia {day} urząd nie miałby żadnego zastępcy. Najpierw wyznacz następnego zastępcę."


def _doubled(after: Sequence[Term], day: datetime.date) -> Iterator[str]:
    held = line(after, on=day)
    if len({term.person for term in held}) < len(held):
        yield f"W dniu {day} ta sama osoba byłaby dwa razy wśród koordynatorów i zastępców. Wybierz inną osobę albo inne daty."
    if _count(after, Post.COORDINATOR, day) > 2:
        yield f"W dniu {day} urząd miałby więcej niż dwóch koordynatorów. Zakończ wcześniej jedną z funkcji."


def _long_handovers(after: Sequence[Term], *, on: datetime.date) -> Iterator[str]:
    """Overlaps of two coordinators that last longer than a handover may."""
    coordinators = sorted(
        (term for term in after if term.post is Post.COORDINATOR), key=lambda term: (term.begins, term.key)
    )
    for index, first in enumerate(coordinators):
        for second in coordinators[index + 1 :]:
            begins = max(first.begins, second.begins)
            ends = min(first.ends or datetime.date.max, second.ends or datetime.date.max)
            if ends >= on and ends >= begins and ends - begins >= LONGEST_HANDOVER:
                yield (
                    f"Dwaj koordynatorzy pełniliby funkcję razem dłużej niż {LONGEST_HANDOVER.days} dni (od {begins}). "
                    "Zakończ funkcję poprzednika najpóźniej czternastego dnia przekazywania."
                )
