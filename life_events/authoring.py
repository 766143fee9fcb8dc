"""The one door for writing life events, and what they tell the catalogue: at which steps a card helps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from life_events.models import ExternalProvider, LifeEvent, LifeEventStage, LifeEventStep
from life_events.published import life_event as shapes
from publication.calendar import day_of
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.reading import editions
from publication.recording import Proposal, record
from service_catalog.authoring.publishing import Cause, record_model_cards, withdraw
from service_catalog.authoring.registers import Registers, load_registers
from service_catalog.models import ModelCard, OfficeType, Service
from service_catalog.published import keys
from service_catalog.published.card import LifeEventPlacement


def placements() -> dict[tuple[int, str], tuple[LifeEventPlacement, ...]]:
    """Where each service of an office type stands in published life events. Three queries."""
    found: dict[tuple[int, str], tuple[LifeEventPlacement, ...]] = {}
    for event in _published():
        for stage in event.stages.all():
            for order, step in enumerate(stage.steps.all(), start=1):
                if step.service_id and step.office_type:
                    place = (step.service_id, step.office_type.code)
                    placement = LifeEventPlacement(event=event.code, title=event.title, stage=stage.name, order=order)
                    found[place] = (*found.get(place, ()), placement)
    return found


def _published() -> Iterable[LifeEvent]:
    events: QuerySet[LifeEvent] = LifeEvent.objects.filter(state=LifeEvent.State.PUBLISHED)
    return events.prefetch_related("stages__steps__office_type", "stages__steps__provider", "stages__steps__service")


def life_event_record(event: LifeEvent, registers: Registers) -> shapes.LifeEvent:
    """A life event as published; steps point to the card of their office type when there is one."""
    return shapes.LifeEvent(
        code=event.code,
        title=event.title,
        group=event.group,
        intro=event.intro,
        audience=tuple(line for line in event.audience.splitlines() if line),
        stages=tuple(
            shapes.Stage(
                order=order,
                name=stage.name,
                steps=tuple(_step(step, place, registers) for place, step in enumerate(stage.steps.all(), start=1)),
            )
            for order, stage in enumerate(event.stages.all(), start=1)
        ),
    )


def _step(step: LifeEventStep, order: int, registers: Registers) -> shapes.Step:
    provider = step.office_type or step.provider
    near = step.office_type.code if step.office_type else ""
    symbol = registers.symbol_of(step.service_id, near=near) if step.service_id else ""
    return shapes.Step(
        order=order,
        service=step.service.name if step.service else step.name,
        provider=provider.code if provider else "",
        provider_name=provider.name if provider else "",
        outside=step.provider is not None,
        symbol=symbol,
        optional=step.optional,
        parallel=step.parallel,
        condition=step.condition,
        moment=step.moment,
        url=step.url or (step.provider.url if step.provider else ""),
    )


def record_life_events(
    events: Iterable[LifeEvent],
    *,
    cause: Cause,
    moment: datetime.datetime,
    valid_from: datetime.date | None = None,
) -> list[Edition]:
    """Record life events from `valid_from` (default: the day of `moment`) on."""
    start = valid_from or day_of(moment)
    registers = load_registers(on=day_of(moment))
    return record(
        [
            Proposal(
                kind=EditionKind.LIFE_EVENT,
                key=keys.life_event_key(event.code),
                payload=canonical_json(life_event_record(event, registers)),
                valid_from=start,
                cause=cause,
            )
            for event in events
        ],
        recorded_at=moment,
    )


def record_saved_life_event(event: LifeEvent, *, who: str, moment: datetime.datetime) -> list[Edition]:
    """Record a life event as it was saved: published, or withdrawn; and every card whose place in it changed."""
    cause = {"kind": "lifeevent", "what": str(event), "who": who}
    key = keys.life_event_key(event.code)
    with transaction.atomic():
        if event.state == LifeEvent.State.PUBLISHED:
            written = record_life_events([event], cause=cause, moment=moment)
        elif editions().filter(key=key).exists():
            written = withdraw(
                key,
                kind=EditionKind.LIFE_EVENT,
                title=event.title,
                reason="Wycofano z katalogu.",
                cause=cause,
                moment=moment,
            )
        else:
            return []
        services = {step.service_id for stage in event.stages.all() for step in stage.steps.all() if step.service_id}
        placed = ModelCard.objects.filter(live=True).filter(
            Q(service__in=services) | Q(symbol__in=_symbols_placed_before(event.code, on=day_of(moment)))
        )
        return written + record_model_cards(list(placed), cause=cause, moment=moment)


def _symbols_placed_before(code: str, *, on: datetime.date) -> list[str]:
    """Cards that name the event in the text that is in force: they must change when the event loses a step."""
    named = editions().labelled("life_event", code).of_kind(EditionKind.CARD).readable(on=on)
    return list(named.values_list("key", flat=True))


def write_life_events(events: Sequence[shapes.LifeEvent], *, providers: dict[str, str]) -> list[LifeEvent]:
    """Write missing life events as published ones and return all that were asked for.

    They are not recorded here: their steps point to cards, which a load writes later.
    """
    with transaction.atomic():
        outside = {
            code: ExternalProvider.objects.get_or_create(code=code, defaults={"name": name})[0]
            for code, name in providers.items()
        }
        services = {service.name: service for service in Service.objects.all()}
        types = {kind.code: kind for kind in OfficeType.objects.all()}
        known = set(LifeEvent.objects.values_list("code", flat=True))
        for event in events:
            if event.code not in known:
                _write(event, services, types, outside)
    return list(LifeEvent.objects.filter(code__in=[event.code for event in events]))


def _write(
    event: shapes.LifeEvent,
    services: dict[str, Service],
    types: dict[str, OfficeType],
    outside: dict[str, ExternalProvider],
) -> LifeEvent:
    row = LifeEvent(
        code=event.code, title=event.title, group=event.group, intro=event.intro, state=LifeEvent.State.PUBLISHED
    )
    stages = []
    for stage in event.stages:
        stage_row = LifeEventStage(name=stage.name)
        stage_row.steps = [
            LifeEventStep(
                service=services.get(step.service),
                name="" if step.service in services else step.service,
                office_type=None if step.outside else types[step.provider],
                provider=outside[step.provider] if step.outside else None,
                optional=step.optional,
                parallel=step.parallel,
                condition=step.condition,
                moment=step.moment,
            )
            for step in stage.steps
        ]
        stages.append(stage_row)
    row.stages = stages
    row.save()
    return row
