from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.working_days import is_working_day
from governance.escalation import Level, levels_due

FRIDAY = datetime.date(2026, 12, 18)


@pytest.mark.parametrize(
    ("on", "reached"),
    [
        ("2026-12-18", Level.NOBODY),  # the due day itself
        ("2026-12-19", Level.NOBODY),  # Saturday
        ("2026-12-21", Level.PERSON),
        ("2026-12-22", Level.PERSON),
        ("2026-12-23", Level.DEPUTY),  # third working day
        ("2026-12-24", Level.DEPUTY),  # holidays and a weekend
        ("2026-12-28", Level.DEPUTY),
        ("2026-12-31", Level.HEAD),  # 21, 22, 23, 28, 29, 30, 31 December
        ("2027-01-06", Level.HEAD),  # Epiphany
        ("2027-01-12", Level.HEAD),
        ("2027-01-13", Level.NATIONAL),  # 4, 5, 7, 8, 11, 12 and 13 January
    ],
)
def test_a_task_due_before_christmas(on: str, reached: Level) -> None:
    level = Level.NOBODY
    day = FRIDAY
    while day <= datetime.date.fromisoformat(on):
        level = max([level, *levels_due(due=FRIDAY, reached=level, on=day)])
        day += datetime.timedelta(days=1)
    assert level == reached


@given(st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 1, 1)), st.integers(0, 60), st.sampled_from(Level))
def test_levels_only_rise_and_rest_on_free_days(due: datetime.date, after: int, reached: Level) -> None:
    on = due + datetime.timedelta(days=after)
    found = levels_due(due=due, reached=reached, on=on)
    assert found == sorted(found)
    assert all(level > reached for level in found)
    assert is_working_day(on) or found == []


def test_missed_days_are_made_up_for() -> None:
    assert levels_due(due=FRIDAY, reached=Level.NOBODY, on=datetime.date(2027, 2, 1)) == [
        Level.PERSON, Level.DEPUTY, Level.HEAD, Level.NATIONAL,
    ]  # fmt: skip
