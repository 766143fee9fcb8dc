"""The day for which a page is read: today, or the day a reader asked for with `?na-dzien=`."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from public_site.addresses import DAY_PARAMETER
from publication.calendar import today

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class UnreadableDay(BadRequest):
    """The day in the address is no calendar day of the catalogue; the message says what to write."""


@dataclass(frozen=True, kw_only=True)
class ReadingDay:
    """The day of reading and the present day."""

    day: datetime.date
    today: datetime.date

    @property
    def is_today(self) -> bool:
        """Whether the page shows what is in force now."""
        return self.day == self.today

    @property
    def is_past(self) -> bool:
        """Whether the page is an archival reading."""
        return self.day < self.today

    @property
    def suffix(self) -> str:
        """Query string that keeps the day in links; empty today."""
        return "" if self.is_today else f"?{DAY_PARAMETER}={self.day.isoformat()}"


def parse_day(value: str) -> datetime.date:
    """A calendar day written RRRR-MM-DD. Raises `UnreadableDay`."""
    match = _ISO_DAY.fullmatch(value)
    if match:
        year, month, day = (int(part) for part in match.groups())
        if EARLIEST_YEAR <= year <= LATEST_YEAR:
            try:
                return datetime.date(year, month, day)
            except ValueError:
                pass
    raise UnreadableDay(
        f"„{value[:40]}” to nie jest dzień, który możemy pokazać. Wpisz datę w postaci RRRR-MM-DD, "
        f"na przykład 2026-01-31, z lat {EARLIEST_YEAR}–{LATEST_YEAR}."
    )


def reading_day(request: HttpRequest) -> ReadingDay:
    """The day a request asks for; today without the parameter or with an empty one. Raises `UnreadableDay`."""
    present = today()
    wanted = request.GET.get(DAY_PARAMETER, "").strip(" ")
    return ReadingDay(day=parse_day(wanted) if wanted else present, today=present)
