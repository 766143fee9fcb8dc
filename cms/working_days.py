"""Working days in Poland: Monday to Friday without public holidays.

Source: ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy; 6 January is free since 2011, 24 December since 2025.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
"""Month and day."""
AFTER_EASTER = (0, 1, 49, 60)
"""Easter Sunday and Monday, Whit Sunday, Corpus Christi."""
SATURDAY = 5


def easter(year: int) -> datetime.date:
    """Easter Sunday by the rule of Gauss, which holds from 1900 to 2099."""
    lunar = (19 * (year % 19) + 24) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * lunar + 5) % 7
    late = (lunar, weekday) == (29, 6) or ((lunar, weekday) == (28, 6) and year % 19 > 10)
    after = lunar + weekday - (7 if late else 0)
    return datetime.date(year, 3, 22) + datetime.timedelta(days=after)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[datetime.date]:
    """Public holidays of a year."""
    days = {datetime.date(year, month, day) for month, day in FIXED_HOLIDAYS}
    days |= {easter(year) + datetime.timedelta(days=after) for after in AFTER_EASTER}
    if year >= 2011:
        days.add(datetime.date(year, 1, 6))
    if year >= 2025:
        days.add(datetime.date(year, 12, 24))
    return frozenset(days)


def is_working_day(day: datetime.date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The working day on which `count` working days have passed since `day`, which itself does not count."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day
