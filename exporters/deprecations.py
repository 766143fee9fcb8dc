"""Addresses that are going to end: one table, told to programs with every answer and shown in the description of the API.

The compatibility policy promises three months between the announcement and the end; an entry that gives less cannot be written.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from publication.calendar import WARSAW

MONTHS_AHEAD = 3
"""How long an address is served after the day from which it is announced as deprecated."""


class TooShortNotice(ValueError):
    """An address would end earlier than the policy promises; the message says when it may end."""


@dataclass(frozen=True, kw_only=True)
class Deprecation:
    """An address that is going to end, and what takes its place. Both days begin at 00:00 in Poland.

    `path` is written as in the description of the API, "/api/v1/cards/{symbol}"; one that ends in "/" stands for everything below
    it, as for a dated folder of schemas. Raises `TooShortNotice`.
    """

    path: str
    since: datetime.date
    sunset: datetime.date
    successor: str
    """Path of what to use instead."""

    def __post_init__(self) -> None:
        earliest = _months_later(self.since, MONTHS_AHEAD)
        if self.sunset < earliest:
            raise TooShortNotice(f"„{self.path}” może zniknąć najwcześniej {earliest.isoformat()}.")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{[^}]+\}", self.path)
        return re.compile("[^/]+".join(map(re.escape, parts)) + (".*" if self.path.endswith("/") else ""))

    def covers(self, path: str) -> bool:
        """Whether an address that was asked for is this one."""
        return self._pattern.fullmatch(path) is not None

    def headers(self) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the link to the successor (RFC 5829)."""
        return {
            "Deprecation": f"@{int(_midnight(self.since))}",
            "Sunset": http_date(_midnight(self.sunset)),
            "Link": f'<{settings.PUBLIC_ADDRESS}{self.successor}>; rel="successor-version"',
        }


DEPRECATIONS: tuple[Deprecation, ...] = ()
"""Nothing is deprecated at present. An entry is added together with the change log and `docs/integrators/compatibility.md`."""


def deprecation_of(path: str) -> Deprecation | None:
    """The entry of an address, when it is going to end."""
    return next((entry for entry in DEPRECATIONS if entry.covers(path)), None)


def announce(path: str, response: HttpResponseBase) -> None:
    """Tell with an answer that its address is going to end, if it is."""
    entry = deprecation_of(path)
    if entry is None:
        return
    for name, value in entry.headers().items():
        response[name] = f"{response[name]}, {value}" if name == "Link" and response.has_header("Link") else value


def mark_operations(paths: dict[str, dict[str, dict[str, object]]]) -> None:
    """Mark the operations of an OpenAPI document whose address is going to end, and say when in `x-sunset`."""
    for path, operations in paths.items():
        entry = deprecation_of(path)
        if entry:
            for operation in operations.values():
                operation |= {"deprecated": True, "x-sunset": entry.sunset.isoformat(), "x-successor": entry.successor}


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or the last one that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _midnight(day: datetime.date) -> float:
    """The moment at which a day begins in Poland, in seconds since 1970."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=WARSAW).timestamp()
