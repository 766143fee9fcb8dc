"""Working days by the worked examples of the domain document and by published dates of Easter."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from cms.working_days import easter, is_working_day, public_holidays, working_days_after

VECTORS = Path(__file__).parent.parent / "service_catalog" / "deadline_vectors.json"


@pytest.mark.parametrize(
    "day",
    ["2000-04-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19"],
)
def test_easter_falls_as_published(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-12-24", True),
        ("2025-12-24", False),
        ("2010-01-06", True),
        ("2026-01-06", False),
        ("2026-06-04", False),
        ("2026-06-05", True),
        ("2026-06-06", False),
    ],
)
def test_free_days_follow_the_law_of_their_year(day: str, working: bool) -> None:
    assert is_working_day(datetime.date.fromisoformat(day)) is working


def test_a_year_has_the_holidays_of_its_law() -> None:
    assert (len(public_holidays(2010)), len(public_holidays(2011)), len(public_holidays(2025))) == (12, 13, 14)


def test_counting_agrees_with_the_worked_examples() -> None:
    examples = [row for row in json.loads(VECTORS.read_text(encoding="utf-8")) if row["unit"] == "workday"]
    forward = [row for row in examples if row["rule"] == "within"]
    assert forward
    for row in forward:
        counted = working_days_after(datetime.date.fromisoformat(row["anchor"]), row["n"])
        assert counted.isoformat() == row["result"]
