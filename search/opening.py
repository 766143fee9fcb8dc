"""When an office is open: weekly hours of its service points with their exceptions, in Polish local time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publication.calendar import WARSAW
from service_catalog.published.card import HoursException, ServicePoint

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True)
class OpenSpan:
    """One stretch of opening hours, aware moments in Polish local time; the end is not included."""

    opens: datetime.datetime
    closes: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Whether an office is open at a moment, until when, or when it opens next; None when the record does not say."""

    known: bool
    open_now: bool
    closes: datetime.datetime | None = None
    next_opening: datetime.datetime | None = None


def opening(points: Iterable[ServicePoint], *, at: datetime.datetime) -> Opening:
    """The opening of the points together at an aware moment: open when any of them is."""
    local = at.astimezone(WARSAW)
    every = [point for point in points if point.hours]
    spans = sorted((span for point in every for span in _spans(point, local.date())), key=lambda span: span.opens)
    now = [span for span in spans if span.opens <= at < span.closes]
    following = next((span.opens for span in spans if span.opens > at), None)
    return Opening(
        known=bool(every),
        open_now=bool(now),
        closes=max((span.closes for span in now), default=None),
        next_opening=None if now else following,
    )


def _spans(point: ServicePoint, first: datetime.date) -> Iterator[OpenSpan]:
    for number in range(LOOK_AHEAD_DAYS):
        day = first + datetime.timedelta(days=number)
        for opens, closes in _hours(point, day):
            yield OpenSpan(_moment(day, opens), _moment(day, closes))


def _hours(point: ServicePoint, day: datetime.date) -> list[tuple[str, str]]:
    """Hours of one day; an exception takes the place of the weekly hours, a closed one of everything."""
    exceptions = [each for each in point.exceptions if _covers(each, day)]
    if any(each.closed for each in exceptions):
        return []
    if exceptions:
        return [(each.opens, each.closes) for each in exceptions if each.opens and each.closes]
    return [(each.opens, each.closes) for each in point.hours if each.weekday == day.weekday()]


def _covers(exception: HoursException, day: datetime.date) -> bool:
    return exception.date_from <= day.isoformat() <= (exception.date_to or exception.date_from)


def _moment(day: datetime.date, hour: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(hour.zfill(5)), tzinfo=WARSAW)
