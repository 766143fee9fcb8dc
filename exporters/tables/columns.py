"""The columns of a card list: what stands in each, as text or as an amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from cms.spreadsheet_cells import neutralised
from service_catalog.published.card import Card, DeadlineRule, Fee

VERSION = "2"
"""Changes when the same card gives another row."""

KINDS = {"model": "wzorcowa", "office": "urzędu", "local": "lokalna"}
_BETWEEN = "; "
Cell = str | Decimal
"""A text, or an amount of money."""

LOSSES = (
    "office_type.name", "office.short_name", "office.town", "office.address", "office.teryt", "office.phone", "office.email",
    "office.website", "office.edelivery_address", "office.epuap_address", "office.nip", "office.regon", "summary",
    "topic.topic_slug", "topic.category_slug", "topic.group_slug", "more_topics", "life_events", "client_groups", "keywords",
    "who", "when", "before_you_start", "jurisdiction", "channels.available", "channels.text", "channels.url", "channels.place",
    "channels.booking", "channels.local", "documents.requirement", "documents.condition", "documents.form", "documents.count",
    "documents.note", "documents.form_code", "forms.title", "forms.format", "forms.fillable", "forms.version", "forms.url",
    "forms.note", "forms.local", "steps", "fees.code", "fees.text", "fees.condition", "fees.payee", "fees.account",
    "fees.account_owner", "fees.when", "fees.methods", "fees.legal_basis", "fees.valid_from", "fees.valid_to", "fees.local",
    "exemptions", "client_deadlines.anchor", "client_deadlines.n", "client_deadlines.unit", "client_deadlines.direction",
    "client_deadlines.calendar", "client_deadlines.after_end", "client_deadlines.roll", "client_deadlines.satisfied_by",
    "client_deadlines.restorable", "client_deadlines.consequence", "client_deadlines.applies_to",
    "client_deadlines.valid_from", "client_deadlines.valid_to", "client_deadlines.computed", "client_deadlines.legal_basis",
    "client_deadlines.local", "handling_time.anchor", "handling_time.n", "handling_time.unit", "handling_time.direction",
    "handling_time.calendar", "handling_time.after_end", "handling_time.roll", "handling_time.satisfied_by",
    "handling_time.restorable", "handling_time.consequence", "handling_time.applies_to", "handling_time.valid_from",
    "handling_time.valid_to", "handling_time.computed", "handling_time.legal_basis", "handling_time.local",
    "local_average_days", "local_average_on", "outcome.text", "outcome.validity", "pickup", "appeal.text", "appeal.authority",
    "appeal.via", "appeal.fee", "appeal.deadline", "consequence_of_missing", "mistakes", "special_needs", "place",
    "legal_basis.act", "legal_basis.title", "legal_basis.eli", "legal_basis.consolidated", "legal_basis.consolidated_eli",
    "legal_basis.units", "related", "local_notes", "privacy_notice", "responsible_unit.name", "responsible_unit.parent",
    "responsible_unit.phone", "responsible_unit.email", "responsible_unit.room", "contact", "variants", "origins",
)  # fmt: skip
"""Public fields of a card that a row does not show."""


def _fee(fee: Fee) -> str:
    price = f"{fee.amount} {fee.currency}" if fee.amount is not None else f"według cennika ({fee.currency})"
    return f"{fee.kind}: {price}"


def _texts(rules: Iterable[DeadlineRule]) -> str:
    return _BETWEEN.join(rule.text for rule in rules)


def _amounts(card: Card) -> list[Decimal]:
    return sorted(Decimal(fee.amount) for fee in card.fees if fee.amount is not None)


def _least(card: Card) -> Cell:
    return next(iter(_amounts(card)), "")


def _most(card: Card) -> Cell:
    return next(reversed(_amounts(card)), "")


def _currency(card: Card) -> Cell:
    return _BETWEEN.join(dict.fromkeys(fee.currency for fee in card.fees if fee.amount is not None))


COLUMNS: tuple[tuple[str, Callable[[Card], Cell]], ...] = (
    ("Klucz", lambda card: card.key),
    ("Symbol", lambda card: card.symbol),
    ("Rodzaj karty", lambda card: KINDS[card.kind]),
    ("Typ urzędu", lambda card: card.office_type.code),
    ("Kod urzędu", lambda card: card.office.code if card.office else ""),
    ("Urząd", lambda card: card.office.name if card.office else ""),
    ("Usługa", lambda card: card.service),
    ("Tytuł", lambda card: card.title),
    ("Nazwa urzędowa", lambda card: card.official_name),
    ("Dział", lambda card: card.topic.topic),
    ("Kategoria", lambda card: card.topic.category),
    ("Grupa usług", lambda card: card.topic.group),
    ("Dla kogo", lambda card: _BETWEEN.join(card.audience)),
    ("Sposoby załatwienia", lambda card: _BETWEEN.join(channel.channel for channel in card.channels)),
    ("Dokumenty", lambda card: _BETWEEN.join(document.name for document in card.documents)),
    ("Formularze", lambda card: _BETWEEN.join(form.code for form in card.forms)),
    ("Opłaty", lambda card: _BETWEEN.join(_fee(fee) for fee in card.fees)),
    ("Najniższa opłata", _least),
    ("Najwyższa opłata", _most),
    ("Waluta", _currency),
    ("Terminy klienta", lambda card: _texts(card.client_deadlines)),
    ("Czas załatwienia", lambda card: _texts(card.handling_time)),
    ("Wynik", lambda card: card.outcome.form),
    ("Środki odwoławcze", lambda card: _BETWEEN.join(appeal.remedy for appeal in card.appeal)),
    ("Podstawa prawna", lambda card: _BETWEEN.join(act.display for act in card.legal_basis)),
    ("Komórka", lambda card: card.responsible_unit.symbol if card.responsible_unit else ""),
    ("Stan prawny na", lambda card: card.legal_state_date),
    ("Obowiązuje od", lambda card: card.valid_from),
    ("Obowiązuje do", lambda card: card.valid_to),
    ("Wersja", lambda card: card.version),
    ("Opis zmiany", lambda card: card.change_note),
    ("Sprawdzono", lambda card: card.last_verified),
    ("Następny przegląd", lambda card: card.next_review),
)


def heading() -> list[str]:
    """Names of the columns."""
    return [name for name, _ in COLUMNS]


def cells(card: Card) -> list[Cell]:
    """One card: every text neutralised, amounts as numbers."""
    found = (value(card) for _, value in COLUMNS)
    return [neutralised(cell) if isinstance(cell, str) else cell for cell in found]


def row(card: Card) -> list[str]:
    """One card as texts; amounts with a comma, as Polish spreadsheet programs read numbers."""
    return [cell if isinstance(cell, str) else f"{cell:.2f}".replace(".", ",") for cell in cells(card)]
