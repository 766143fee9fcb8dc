"""Dates and telephone numbers that cannot be true: a sentence for each, with the field it stands in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from service_catalog.models import CompleteCard, LocalCard, OfficeCard, OfficePage

PHONE = re.compile(
    r"\+?\(?\d(?:[ ()/.-]*\d){2,14}(?:\s*(?:,|lub|albo|i|wewn?\.?|w\.)\s*\+?\(?\d(?:[ ()/.-]*\d){0,14})*", re.IGNORECASE
)
"""One or more telephone numbers of 3 (helplines) to 15 digits (E.164), with an extension: "17 555 00 00 wew. 12"."""
ALREADY_ENDED = "Karta ma obowiązywać do {day}, a ten dzień już minął. Wpisz późniejszą datę albo usuń tę."
NOT_YET = "W polu „{label}” jest dzień {day}, który dopiero będzie. Wpisz dzień, w którym to naprawdę sprawdzono."
NO_PHONE = "W polu „{label}” nie ma numeru telefonu: „{text}”. Wpisz numer, na przykład 17 555 00 00."

CHECKED_DATES = ("last_verified", "legal_state_date", "local_average_on")
"""Dates that say when somebody looked: they lie in the past or are today."""


def impossible_facts(page: CompleteCard | OfficeCard | LocalCard, *, on: datetime.date) -> Iterator[tuple[str, str]]:
    """Field and sentence of each date and telephone number of a card that cannot be true on the day."""
    if isinstance(page, CompleteCard) and page.valid_to and page.valid_to < on:
        yield "valid_to", ALREADY_ENDED.format(day=_written(page.valid_to))
    for name in CHECKED_DATES:
        day = getattr(page, name, None)
        if day is not None and day > on:
            yield name, NOT_YET.format(label=_label(page, name), day=_written(day))
    if isinstance(page, (OfficeCard, LocalCard)):
        yield from _wrong_phone(page, "contact_phone")


def impossible_phones(page: OfficePage) -> Iterator[tuple[str, str]]:
    """Field and sentence of each telephone of an office and of its units that is no number."""
    yield from _wrong_phone(page, "phone")
    for unit in page.units.all():
        if unit.phone.strip() and not is_phone(unit.phone):
            yield "units", NO_PHONE.format(label=f"Telefon komórki {unit.symbol}", text=unit.phone)


def is_phone(text: str) -> bool:
    """Whether a text is one or more telephone numbers."""
    return PHONE.fullmatch(text.strip()) is not None


def _wrong_phone(page: Any, name: str) -> Iterator[tuple[str, str]]:
    text = getattr(page, name)
    if text.strip() and not is_phone(text):
        yield name, NO_PHONE.format(label=_label(page, name), text=text)


def _label(page: Any, name: str) -> str:
    label = str(page._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _written(day: datetime.date) -> str:
    return f"{day.day}.{day:%m.%Y}"
