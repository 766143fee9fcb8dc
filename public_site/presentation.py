"""What a page shows of a published value: paragraphs, what is valid on the day, cards in groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from public_site.addresses import web_address
from service_catalog.published.card import Card, CardTeaser, DeadlineRule, Facility, Fee, HoursException, ServicePoint

CONFIRMATION_HOLDS_DAYS = 366
"""A facility not confirmed for 12 months is shown with "sprawdź w urzędzie" (domain document, section 2.2)."""

VOIVODESHIPS = {
    "02": "dolnośląskie", "04": "kujawsko-pomorskie", "06": "lubelskie", "08": "lubuskie", "10": "łódzkie",
    "12": "małopolskie", "14": "mazowieckie", "16": "opolskie", "18": "podkarpackie", "20": "podlaskie",
    "22": "pomorskie", "24": "śląskie", "26": "świętokrzyskie", "28": "warmińsko-mazurskie", "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}  # fmt: skip
"""TERYT codes of voivodeships (register TERC of Statistics Poland)."""


class Dated(Protocol):
    """Anything with a period of validity as ISO dates; empty means open."""

    @property
    def valid_from(self) -> str: ...  # noqa: D102

    @property
    def valid_to(self) -> str: ...  # noqa: D102


DatedItem = TypeVar("DatedItem", bound=Dated)


def paragraphs(text: str) -> list[str]:
    """Lines of a text as paragraphs; empty lines fall away."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop, for fragments such as "do 30 dni"."""
    trimmed = text.strip()
    if not trimmed:
        return ""
    return f"{trimmed[0].upper()}{trimmed[1:]}{'' if trimmed[-1] in '.!?:' else '.'}"


def voivodeship_name(code: str) -> str:
    """Name of a voivodeship from its TERYT code; a name stays as it is."""
    return VOIVODESHIPS.get(code, code)


def web_label(value: str) -> str:
    """A web address as people read it: without scheme and closing slash. Anything else is returned as it is."""
    return value.strip().partition("://")[2].rstrip("/") if web_address(value) else value


def unexpired(items: Iterable[DatedItem], *, on: datetime.date) -> tuple[DatedItem, ...]:
    """Items whose validity has not ended before the day; what begins later stays, with its date shown."""
    day = on.isoformat()
    return tuple(item for item in items if not item.valid_to or item.valid_to >= day)


def fees_on(card: Card, *, on: datetime.date) -> tuple[Fee, ...]:
    """Fees to show on the day."""
    return unexpired(card.fees, on=on)


def deadlines_on(rules: Sequence[DeadlineRule], *, on: datetime.date) -> tuple[DeadlineRule, ...]:
    """Time limits to show on the day."""
    return unexpired(rules, on=on)


def facilities_on(point: ServicePoint, *, on: datetime.date) -> list[tuple[Facility, bool]]:
    """Facilities present on the day, each with whether it must be checked with the office (unconfirmed for a year)."""
    day = on.isoformat()
    stale = (on - datetime.timedelta(days=CONFIRMATION_HOLDS_DAYS)).isoformat()
    return [
        (facility, facility.confirmed_on < stale)
        for facility in point.facilities
        if facility.availability == "stała"
        or ((facility.available_from or "0") <= day <= (facility.available_to or "9999-12-31"))
    ]


def exceptions_on(point: ServicePoint, *, on: datetime.date) -> list[HoursException]:
    """Days with other hours that are not over yet, nearest first."""
    day = on.isoformat()
    return sorted(
        (entry for entry in point.exceptions if entry.date_to >= day),
        key=lambda entry: (entry.date_from, entry.date_to),
    )


def by_category(cards: Iterable[CardTeaser]) -> list[tuple[str, list[CardTeaser]]]:
    """Cards under "Dział › Kategoria", in alphabetical order of the headings."""

    def heading(card: CardTeaser) -> str:
        return f"{card.topic.topic} › {card.topic.category}"

    ordered = sorted(cards, key=lambda card: (heading(card), card.title, card.key))
    return [(name, list(members)) for name, members in groupby(ordered, key=heading)]
