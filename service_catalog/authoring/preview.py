"""The effective card of a draft: what readers would see if it were published today. Nothing is recorded."""

from __future__ import annotations

import datetime

from publication.reading import in_force
from service_catalog.authoring.records import office_record
from service_catalog.authoring.registers import load_registers
from service_catalog.authoring.transcription import contribution, law_part
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import effective_card
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card


def draft_card(page: ModelCard | OfficeCard | LocalCard, *, on: datetime.date) -> Card:
    """The card a draft would give on the day. Raises `NotInForce` when its model card is not in force."""
    if isinstance(page, ModelCard):
        return law_part(page, load_registers(on=on), kind="model")
    office = office_record(OfficePage.objects.get(path=page.path[: -page.steplen]))
    if isinstance(page, OfficeCard):
        law = decode_card(in_force(page.model_card.symbol, on=on))
    else:
        law = law_part(page, load_registers(on=on), kind="local")
    return effective_card(law, contribution(page), office)
