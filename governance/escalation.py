"""Who is told about a task that is late: the person, then the deputy, the head, the national coordinator. Pure.

Source: section 6.3 of the domain document, "Gentle escalation". Days are working days, so nobody is hurried over Christmas.
"""

from __future__ import annotations

import datetime
from enum import IntEnum

from cms.working_days import is_working_day, working_days_after


class Level(IntEnum):
    """How far a late task was carried."""

    NOBODY = 0
    PERSON = 1
    DEPUTY = 2
    HEAD = 3
    NATIONAL = 4


WORKING_DAYS_LATE = {Level.DEPUTY: 3, Level.HEAD: 7, Level.NATIONAL: 14}
"""Working days after the due day on which each next person is told."""


def levels_due(*, due: datetime.date, reached: Level, on: datetime.date) -> list[Level]:
    """Levels to carry a task to on a day, lowest first; none on a day on which offices do not work.

    The person is reminded on the first working day after the due day. Days on which the scheduler did not run are made up for.
    """
    if not is_working_day(on):
        return []
    starts = {Level.PERSON: working_days_after(due, 1)}
    starts |= {level: working_days_after(due, count) for level, count in WORKING_DAYS_LATE.items()}
    return [level for level, start in starts.items() if level > reached and on >= start]
