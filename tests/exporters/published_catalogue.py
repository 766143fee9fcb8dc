"""A small published catalogue in the edition log: two model cards, two office cards, an office, a type and a life event."""

from __future__ import annotations

import datetime

from life_events.published.life_event import LifeEvent, Stage
from life_events.published.life_event import Step as EventStep
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind, EditionState
from publication.recording import Proposal, record
from service_catalog.published import keys
from service_catalog.published.card import Card, RestrictedCard
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import model_card, office_card, office_record, office_reference

RECORDED_AT = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
VALID_FROM = datetime.date(2026, 1, 1)
ON = datetime.date(2026, 2, 1)
SECRET = "TYLKO-DLA-KONSULTANTA"


def card_proposal(card: Card) -> Proposal:
    labels = {("symbol", card.symbol), ("office_type", card.office_type.code)}
    if card.office:
        labels = {("symbol", card.symbol), ("office", card.office.code)}
    restricted = RestrictedCard(consultant_answer=SECRET, internal_note=SECRET, author=SECRET, uncertain=(SECRET,))
    return Proposal(
        kind=EditionKind.CARD,
        key=card.key,
        payload=canonical_json(card),
        restricted=canonical_json(restricted),
        valid_from=VALID_FROM,
        labels=frozenset(labels),
    )


def withdrawal(card: Card, *, valid_from: datetime.date) -> Proposal:
    return Proposal(
        kind=EditionKind.CARD,
        key=card.key,
        payload=canonical_json(card),
        valid_from=valid_from,
        state=EditionState.WITHDRAWN,
        labels=card_proposal(card).labels,
    )


def small_catalogue() -> list[Card]:
    models = [model_card("UW-PAS-001"), model_card("UW-PAS-002")]
    return models + [office_card(card, office_reference()) for card in models]


def life_event() -> LifeEvent:
    steps = (
        EventStep(order=1, service="Paszport dla osoby dorosłej", provider="UW", symbol="UW-PAS-001"),
        EventStep(order=2, service="Ubezpieczenie", provider="X", provider_name="ubezpieczyciel", outside=True),
    )
    return LifeEvent(
        code="LE-11",
        title="Jadę za granicę",
        group="Podróże",
        intro="Zanim wyjedziesz.\nSprawdź dokumenty.",
        stages=(Stage(order=1, name="Dokumenty", steps=steps),),
    )


def record_small_catalogue() -> list[Edition]:
    """Record the small catalogue; returns its editions."""
    office = office_record()
    office_type = OfficeType(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    registers = [
        Proposal(
            kind=EditionKind.OFFICE,
            key=keys.office_key(office.code),
            payload=canonical_json(office),
            valid_from=VALID_FROM,
            labels=frozenset({("office_type", "UW")}),
        ),
        Proposal(
            kind=EditionKind.REGISTER,
            key=keys.office_type_key("UW"),
            payload=canonical_json(office_type),
            valid_from=VALID_FROM,
            labels=frozenset({("register", "office_type")}),
        ),
        Proposal(
            kind=EditionKind.LIFE_EVENT,
            key=keys.life_event_key("LE-11"),
            payload=canonical_json(life_event()),
            valid_from=VALID_FROM,
        ),
    ]
    return record([*map(card_proposal, small_catalogue()), *registers], recorded_at=RECORDED_AT)
