"""Invented opening hours of service points: one long day a week, and days off around holidays of 2026 and 2027.

24 December is a public holiday since 2025 (ustawa o dniach wolnych od pracy), so it stands as a closed day.
"""

from importers.sources.demo.drawing import Draw
from importers.sources.demo.records import HoursException, OpeningHours

_MINUTES_OPEN = (7 * 60 + 15, 7 * 60 + 30, 7 * 60 + 45, 8 * 60, 8 * 60 + 15)
_LONG_DAY_ENDS = (17 * 60, 17 * 60 + 30, 18 * 60)
_BRIDGE_DAYS = (
    ("2026-06-05", "dzień wolny po Bożym Ciele"),
    ("2026-08-14", "dzień wolny za święto 15 sierpnia, które wypada w sobotę"),
    ("2027-01-04", "dzień wolny za święto 26 grudnia 2026, które wypada w sobotę"),
    ("2027-05-28", "dzień wolny po Bożym Ciele"),
)
_WORKS = (
    ("2026-07-13", "2026-07-17", "malowanie sali obsługi"),
    ("2026-09-21", "2026-09-22", "wymiana systemu kolejkowego"),
    ("2027-02-08", "2027-02-09", "szkolenie pracowników"),
    ("2027-03-15", "2027-03-16", "inwentaryzacja"),
)
_THURSDAY = 3


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def weekly_hours(draw: Draw, *, point: int) -> list[OpeningHours]:
    """Return Monday to Friday of the service point with the given number; one day is long and Friday may be short."""
    opens = draw.pick(f"otwarcie|{point}", _MINUTES_OPEN)
    # The long day belongs to the office; the further points may keep shorter hours on other days.
    long_day = (draw.number("długi dzień", below=4) + point) % 4
    long_end = draw.pick(f"koniec długiego dnia|{point}", _LONG_DAY_ENDS)
    shorter_friday = draw.pick(f"krótki piątek|{point}", (0, 0, 60, 120))
    closes = [opens + 8 * 60] * 5
    closes[long_day] = long_end
    closes[4] -= shorter_friday
    return [OpeningHours(weekday=day, opens=_clock(opens), closes=_clock(end)) for day, end in enumerate(closes)]


def hours_exceptions(draw: Draw, *, point: int, hours: list[OpeningHours]) -> list[HoursException]:
    """Return the days of 2026 and 2027 on which the point is closed or closes early."""
    exceptions = [_closed("2026-12-24", "2026-12-24", "Wigilia – dzień ustawowo wolny")]
    early = draw.pick("sylwester", ("12:00", "13:00", "14:00", None))
    if early is None:
        exceptions.append(_closed("2026-12-31", "2026-12-31", "dzień wolny przed Nowym Rokiem"))
    else:
        exceptions.append(_short_day("2026-12-31", hours[_THURSDAY].opens, early, "krótszy dzień przed Nowym Rokiem"))
    bridge_day, reason = draw.pick("dzień wolny", _BRIDGE_DAYS)
    exceptions.append(_closed(bridge_day, bridge_day, reason))
    if draw.chance(f"prace|{point}", percent=35):
        exceptions.append(_closed(*draw.pick(f"prace w punkcie|{point}", _WORKS)))
    return sorted(exceptions, key=lambda exception: exception.date_from)


def _closed(date_from: str, date_to: str, reason: str) -> HoursException:
    return HoursException(date_from=date_from, date_to=date_to, closed=True, opens=None, closes=None, reason=reason)


def _short_day(day: str, opens: str, closes: str, reason: str) -> HoursException:
    return HoursException(date_from=day, date_to=day, closed=False, opens=opens, closes=closes, reason=reason)
