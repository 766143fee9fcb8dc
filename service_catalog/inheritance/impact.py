"""Whom a change of a model card concerns: every office that inherits it, and those with words of their own on changed fields.

Pure, except for `impact_of_draft`, which reads what the comparison needs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from publication.calendar import day_of
from service_catalog.authoring.publishing import offices_of, read_sources, starting_day, with_rows
from service_catalog.authoring.registers import load_registers
from service_catalog.authoring.transcription import contribution, law_part
from service_catalog.inheritance.touched_fields import TouchedField, touched_fields
from service_catalog.models import ModelCard, OfficeCard
from service_catalog.presentation import OfficeContribution
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card

CARD_LABELS = {
    "title": "nazwa",
    "official_name": "nazwa urzędowa",
    "summary": "w skrócie",
    "service": "usługa",
    "topic": "grupa usług",
    "more_topics": "dodatkowe miejsca w drzewie działów",
    "client_groups": "grupy klientów",
    "audience": "dla kogo",
    "keywords": "słowa kluczowe",
    "who": "kto może załatwić",
    "when": "kiedy",
    "before_you_start": "zanim zaczniesz",
    "jurisdiction": "właściwość miejscowa",
    "channels": "sposoby załatwienia",
    "documents": "dokumenty",
    "forms": "formularze",
    "steps": "kroki",
    "fees": "opłaty",
    "exemptions": "zwolnienia i zniżki",
    "client_deadlines": "terminy dla klienta",
    "handling_time": "ile się czeka",
    "outcome": "co otrzyma klient",
    "appeal": "jak się odwołać",
    "consequence_of_missing": "co, jeśli klient tego nie zrobi",
    "mistakes": "najczęstsze błędy",
    "special_needs": "szczególne potrzeby",
    "legal_basis": "podstawa prawna",
    "related": "karty powiązane",
    "variants": "inne wersje",
    "legal_state_date": "stan prawny na",
    "valid_to": "obowiązuje do",
}
"""Parts of a card whose change readers notice, with their Polish names."""


class InheritingOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An office with a card of the model, and what it says there."""

    code: str
    name: str
    card: int
    said: OfficeContribution


class OfficeImpact(msgspec.Struct, frozen=True, kw_only=True):
    """An office whose own words stand on something that changes. `card` is the key of its page."""

    name: str
    card: int
    touched: tuple[TouchedField, ...]


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing a draft of a model card will do, and from which day."""

    changed: tuple[str, ...]
    offices: int
    touched: tuple[OfficeImpact, ...]
    starts_on: datetime.date

    @property
    def sentence(self) -> str:
        """The impact in one sentence."""
        return impact_sentence(self.offices, len(self.touched))


def impact(old: Card | None, new: Card, offices: Iterable[InheritingOffice], *, starts_on: datetime.date) -> Impact:
    """Compare the recorded model card with its draft for every inheriting office. Without an old card nothing is touched."""
    known = list(offices)
    if old is None:
        return Impact(changed=(), offices=len(known), touched=(), starts_on=starts_on)
    found = (
        OfficeImpact(name=office.name, card=office.card, touched=touched_fields(old, new, office.said))
        for office in known
    )
    return Impact(
        changed=changed_parts(old, new),
        offices=len(known),
        touched=tuple(office for office in found if office.touched),
        starts_on=starts_on,
    )


def changed_parts(old: Card, new: Card) -> tuple[str, ...]:
    """Polish names of the parts in which two model cards differ."""
    return tuple(label for name, label in CARD_LABELS.items() if getattr(old, name) != getattr(new, name))


def impact_sentence(offices: int, touched: int) -> str:
    """For example: "Dotyczy 8 urzędów, 3 mają własne treści w zmienionych polach."."""
    whole = f"Dotyczy {offices} {'urzędu' if offices == 1 else 'urzędów'}"
    if touched == 0:
        return f"{whole}, żaden nie ma własnych treści w zmienionych polach."
    few = touched % 10 in {2, 3, 4} and touched % 100 not in {12, 13, 14}
    return f"{whole}, {touched} {'mają' if few else 'ma'} własne treści w zmienionych polach."


def impact_of_draft(card: ModelCard, *, moment: datetime.datetime) -> Impact:
    """The impact of the card as it stands in memory, if it were published at the moment. Reads some ten queries."""
    today = day_of(moment)
    sources = read_sources([card.symbol])
    starts_on = starting_day(card.valid_from, known=bool(sources.editions.get(card.symbol)), today=today)
    before = sources.in_force(card.symbol, on=starts_on)
    new = law_part(card, load_registers(on=today), kind="model")
    return impact(decode_card(before) if before else None, new, inheriting_offices(card), starts_on=starts_on)


def inheriting_offices(card: ModelCard) -> list[InheritingOffice]:
    """Offices with a published card of the model, by name."""
    cards: list[OfficeCard] = list(with_rows(OfficeCard.objects.filter(live=True, model_card_id=card.pk)))
    pages: dict[int, Any] = dict(offices_of(cards))
    found = (
        InheritingOffice(code=pages[row.pk].code, name=pages[row.pk].title, card=row.pk, said=contribution(row))
        for row in cards
    )
    return sorted(found, key=lambda office: office.name)
