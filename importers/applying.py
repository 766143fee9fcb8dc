"""Writing a plan through the authoring doors, part by part, each part whole or not at all.

An interrupted run leaves whole parts; the next run skips what exists and goes on.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from importers.plan import CataloguePlan
from life_events.authoring import record_life_events, write_life_events
from publication.calendar import day_of
from service_catalog.authoring.drafts import branches, write_model_cards, write_office
from service_catalog.authoring.publishing import Cause
from service_catalog.authoring.register_drafts import write_registers
from service_catalog.authoring.registers import load_registers

Progress = Callable[[str], None]
"""Called with the name of each part that has been written."""


def apply_plan(plan: CataloguePlan, *, cause: Cause, valid_from: datetime.date, progress: Progress) -> int:
    """Write the plan; return the number of new editions. Registers and offices are in force from `valid_from`."""
    branches()
    written = len(
        write_registers(
            office_types=plan.office_types,
            topics=plan.topics,
            acts=plan.acts,
            forms=plan.forms,
            services=plan.services,
            cause=cause,
            moment=timezone.now(),
            valid_from=valid_from,
        )
    )
    progress("rejestry")
    events = write_life_events(plan.life_events, providers=plan.providers)
    written += _model_cards(plan, cause=cause, progress=progress)
    written += len(record_life_events(events, cause=cause, moment=timezone.now(), valid_from=valid_from))
    progress("zdarzenia życiowe")
    return written + _offices(plan, cause=cause, valid_from=valid_from, progress=progress)


def _model_cards(plan: CataloguePlan, *, cause: Cause, progress: Progress) -> int:
    """Model cards by office type."""
    expected = (draft.card for drafts in plan.model_cards.values() for draft in drafts)
    registers = load_registers(on=day_of(timezone.now())).expecting(
        (card.service, card.office_type.code, card.symbol) for card in expected
    )
    written = 0
    for office_type, drafts in plan.model_cards.items():
        written += len(write_model_cards(office_type, drafts, registers=registers, cause=cause, moment=timezone.now()))
        progress(office_type)
    return written


def _offices(plan: CataloguePlan, *, cause: Cause, valid_from: datetime.date, progress: Progress) -> int:
    registers = load_registers(on=day_of(timezone.now()))
    written = 0
    for draft in plan.offices():
        written += len(
            write_office(draft, registers=registers, cause=cause, moment=timezone.now(), valid_from=valid_from)
        )
        progress(draft.office.code)
    return written


def parts(plan: CataloguePlan) -> int:
    """How many times `apply_plan` reports progress."""
    return 2 + len(plan.model_cards) + plan.office_count
