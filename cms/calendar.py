"""What day it is in the catalogue: the calendar day in Poland, whatever time zone a person or a server has set.

A version takes force at 00:00 local time, also on the two days when the clock changes, so the day is always asked for here.
Other apps ask `publication.calendar`, which offers the same functions.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def day_of(moment: datetime.datetime) -> datetime.date:
    """The calendar day in Poland at an aware moment in time."""
    return moment.astimezone(WARSAW).date()


def today() -> datetime.date:
    """The present calendar day in Poland."""
    return day_of(datetime.datetime.now(tz=datetime.UTC))
