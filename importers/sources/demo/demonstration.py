"""The plan of the demonstration catalogue: 27 types, 100 offices, 690 model cards, 2,996 office cards, 63 local cards."""

from __future__ import annotations

from collections.abc import Iterator

from importers.plan import CataloguePlan
from importers.sources.demo import office_conversion, reading, register_conversion
from importers.sources.demo.card_conversion import from_full, from_seed
from importers.sources.demo.not_offered import not_offered
from importers.sources.demo.office_records import office_records
from life_events.published.life_event import LifeEvent, Stage, Step
from service_catalog.authoring.drafts import CardDraft, LocalCardDraft, OfficeCardDraft, OfficeDraft

OFFICES = 100


def plan(*, scale: int = 1) -> CataloguePlan:
    """The plan. `scale` multiplies the offices (and with them office cards and local cards) for load tests."""
    types = {kind.code: kind for kind in register_conversion.office_types()}
    models = _model_cards({code: kind.name for code, kind in types.items()})
    local = _local_cards({code: kind.name for code, kind in types.items()})
    cards = [draft.card for drafts in (*models.values(), *local.values()) for draft in drafts]
    return CataloguePlan(
        office_types=list(types.values()),
        topics=register_conversion.topic_tree(cards),
        acts=register_conversion.legal_acts(),
        forms=register_conversion.forms(cards),
        services=sorted({card.service for card in cards}),
        life_events=_life_events(),
        providers=dict(reading.office_type_file().external_providers),
        model_cards=models,
        office_count=OFFICES * scale,
        offices=lambda: _offices(models, local, {code: kind.name for code, kind in types.items()}, scale=scale),
    )


def _model_cards(names: dict[str, str]) -> dict[str, list[CardDraft]]:
    """Full cards and short cards by office type, in the order of symbols."""
    drafts = [from_full(full, names[full.office_type]) for full in reading.full_cards()]
    drafts += [from_seed(seed, names[seed.office_type]) for seed in reading.model_card_seeds()]
    by_type: dict[str, list[CardDraft]] = {}
    for draft in sorted(drafts, key=lambda draft: draft.card.symbol):
        by_type.setdefault(draft.card.office_type.code, []).append(draft)
    return by_type


def _local_cards(names: dict[str, str]) -> dict[str, list[CardDraft]]:
    """Local cards by office."""
    by_office: dict[str, list[CardDraft]] = {}
    for seed in reading.local_card_seeds():
        by_office.setdefault(seed.office, []).append(from_seed(seed, names[seed.office_type]))
    return by_office


def _offices(
    models: dict[str, list[CardDraft]], local: dict[str, list[CardDraft]], names: dict[str, str], *, scale: int
) -> Iterator[OfficeDraft]:
    """Every office with its cards; copies of a larger scale take over the cards of the office they copy."""
    absent = not_offered()
    originals: list[str] = []
    for position, record in enumerate(office_records(scale=scale)):
        if position < OFFICES:
            originals.append(record.code)
        original = originals[position % OFFICES]
        left_out = {entry.card_id: entry.reason for entry in absent.get(original, ())}
        yield OfficeDraft(
            office=office_conversion.office(record, names[record.office_type]),
            cards=tuple(
                OfficeCardDraft(symbol=draft.card.symbol, said=office_conversion.contribution(record, draft.card))
                for draft in models[record.office_type]
                if draft.card.symbol not in left_out
            ),
            local_cards=tuple(
                LocalCardDraft(draft=draft, said=office_conversion.contribution(record, draft.card))
                for draft in local.get(original, ())
            ),
            not_offered=left_out,
        )


def _life_events() -> list[LifeEvent]:
    """Life events with steps whose providers may be outside the catalogue."""
    return [
        LifeEvent(
            code=event.code,
            title=event.title,
            group=event.group,
            stages=tuple(
                Stage(
                    order=stage.order,
                    name=stage.name,
                    steps=tuple(
                        Step(
                            order=step.order,
                            service=step.service,
                            provider=step.provider,
                            provider_name=step.provider_name,
                            outside=not step.in_catalogue,
                        )
                        for step in stage.steps
                    ),
                )
                for stage in event.stages
            ),
        )
        for event in reading.life_events()
    ]
