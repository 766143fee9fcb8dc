"""What an import would write, before anything is written: sources make plans, `applying` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from life_events.published.life_event import LifeEvent
from service_catalog.authoring.drafts import CardDraft, OfficeDraft
from service_catalog.published import register


class CataloguePlan(msgspec.Struct, frozen=True, kw_only=True):
    """A whole catalogue. Offices are made one by one, because a large plan does not fit into memory."""

    office_types: list[register.OfficeType]
    topics: register.TopicTree
    acts: list[register.LegalAct]
    forms: list[register.FormFamily]
    services: list[str]
    life_events: list[LifeEvent]
    providers: dict[str, str]
    model_cards: dict[str, list[CardDraft]]
    """Office type -> its model cards."""
    office_count: int
    offices: Callable[[], Iterator[OfficeDraft]]
