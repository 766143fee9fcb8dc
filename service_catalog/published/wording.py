"""Polish words for published values: dates, amounts, hours, requirements. Shared by all outlets that people read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from service_catalog.published.card import Fee, Hours, ServicePoint

MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
)  # fmt: skip
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
REQUIREMENTS = {"always": "zawsze", "conditional": "czasem", "alternative": "do wyboru"}
RELATIONS = {"before": "Załatw wcześniej", "next": "Co dalej", "instead": "Zamiast tego", "see": "Zobacz też"}
_GROUPED_FROM_DIGITS = 5
ACTORS = {"client": "Ty", "office": "Urząd"}


def polish_date(value: str | datetime.date) -> str:
    """The day "2026-01-05" or a date as "5 stycznia 2026"; empty text stays empty."""
    if not value:
        return ""
    day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def amount(value: str | None) -> str:
    """An amount: "1440.00" as "1440 zł", "12.50" as "12,50 zł"; None is a price that the office's price list gives.

    From 10 000 on the digits stand in groups of three, with spaces that do not break.
    """
    if value is None:
        return "według cennika urzędu"
    zlotys, _, grosze = value.partition(".")
    if len(zlotys) >= _GROUPED_FROM_DIGITS and zlotys.isdigit():
        zlotys = f"{int(zlotys):,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{zlotys},{grosze} zł" if grosze.strip("0") else f"{zlotys} zł"


def account_number(value: str) -> str:
    """A 26-digit NRB in the groups people copy: 2 digits, then groups of 4."""
    return " ".join([value[:2], *(value[start : start + 4] for start in range(2, len(value), 4))]).strip()


def plural(count: int, one: str, few: str, many: str) -> str:
    """A number with the right Polish plural: 5 with "urząd", "urzędy", "urzędów" is "5 urzędów"."""
    if count == 1:
        form = one
    elif count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}:
        form = few
    else:
        form = many
    return f"{count} {form}"


def opening_lines(hours: Iterable[Hours]) -> list[str]:
    """Opening hours as lines; neighbouring days with equal hours are joined: "wtorek–piątek 7:30–15:30"."""
    runs: list[tuple[int, int, str]] = []
    for entry in sorted(hours, key=lambda entry: (entry.weekday, entry.opens)):
        span = f"{entry.opens.lstrip('0')}–{entry.closes.lstrip('0')}"
        if runs and runs[-1][1] == entry.weekday - 1 and runs[-1][2] == span:
            runs[-1] = (runs[-1][0], entry.weekday, span)
        else:
            runs.append((entry.weekday, entry.weekday, span))
    return [f"{_days(first, last)} {span}" for first, last, span in runs]


def _days(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}–{WEEKDAYS[last]}"


def place_line(point: ServicePoint) -> str:
    """Name, address, floor and room of a service point in one line."""
    room = f"pok. {point.room}" if point.room else ""
    return ", ".join(part for part in (point.name, point.address, point.floor, room) if part)


def transfers(fees: Iterable[Fee]) -> list[tuple[str, str, list[Fee]]]:
    """Fees grouped into the transfers a client makes: (payee or account owner, account, fees), in the order of the card.

    Two fees of one card may go to different payees (440 zł to the city, 100 zł to the voivodeship office); the client must
    see two transfers.
    """
    groups: dict[tuple[str, str], list[Fee]] = {}
    for fee in fees:
        groups.setdefault((fee.account_owner or fee.payee, fee.account), []).append(fee)
    return [(owner, account, members) for (owner, account), members in groups.items()]
