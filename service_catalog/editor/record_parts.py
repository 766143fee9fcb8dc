"""What the office record already knows about a card, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from service_catalog.editor.locked_parts import Fact
from service_catalog.models import OfficePage, ServicePoint
from service_catalog.models.office_cards import OfficeWords
from service_catalog.published.wording import account_number

SHORT_DAYS = ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")


def record_facts(part: str, words: OfficeWords, office: OfficePage) -> list[Fact]:
    """Facts of one part of the form from the office record; facts without text are left out."""
    found = PARTS[part](words, office)
    return [Fact(name, texts) for name, given in found if (texts := tuple(filter(None, given)))]


Facts = Iterator[tuple[str, Iterable[str]]]


def _place(words: OfficeWords, office: OfficePage) -> Facts:
    point = _point(words, office)
    yield "Adres urzędu", [f"{office.street} {office.building}, {office.postal_code} {office.town}"]
    if point is not None:
        hours = [f"{SHORT_DAYS[row.weekday]} {row.opens:%H:%M}–{row.closes:%H:%M}" for row in point.hours.all()]
        yield f"Godziny: {point.name}", [", ".join(hours)]
        yield "Umawianie wizyt", [point.booking]


def _point(words: OfficeWords, office: OfficePage) -> ServicePoint | None:
    """The service point of the card, or the only one of the office."""
    known = list(office.service_points.all()[:2])
    return words.service_point or (known[0] if len(known) == 1 else None)


def _accounts(words: OfficeWords, office: OfficePage) -> Facts:
    for account in office.accounts.all():
        yield account.get_purpose_display().capitalize(), [f"{account_number(account.number)} ({account.owner})"]
    point = _point(words, office)
    if point is not None:
        yield "Jak można zapłacić na miejscu", [", ".join(point.payment_methods.splitlines())]


def _contact(words: OfficeWords, office: OfficePage) -> Facts:
    unit = words.responsible_unit
    if unit is not None:
        yield f"Komórka {unit.name}", [unit.phone, unit.email, f"pokój {unit.room}" if unit.room else ""]
    yield "Telefon urzędu", [office.phone]
    yield "E-mail urzędu", [office.email]


def _privacy(words: OfficeWords, office: OfficePage) -> Facts:
    yield "Klauzula RODO urzędu", [office.privacy_notice_url]


PARTS: dict[str, Callable[[OfficeWords, OfficePage], Facts]] = {
    "place": _place,
    "accounts": _accounts,
    "contact": _contact,
    "privacy": _privacy,
}
"""Parts of the form by name."""
