"""The registers that a card refers to, read once and used for any number of cards."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from service_catalog.authoring.placements import placements
from service_catalog.models import FormFamily, LegalAct, ModelCard, OfficeType, Service, ServiceGroup
from service_catalog.models.registers import FormVersion
from service_catalog.published.card import ActCitation, Form, LifeEventPlacement, Named, TopicPlacement


@dataclass(frozen=True)
class Registers:
    """Published forms of register entries by primary key, as they are on one day."""

    acts: dict[int, ActCitation]
    forms: dict[int, Form]
    groups: dict[int, TopicPlacement]
    office_types: dict[int, Named]
    services: dict[int, str]
    symbols: dict[int, dict[str, str]]
    """Service -> office type -> symbol of the model card."""
    placements: dict[tuple[int, str], tuple[LifeEventPlacement, ...]]

    def symbol_of(self, service: int, *, near: str) -> str:
        """Symbol of the card of a service: of the office type `near` if it has one, else of any; "" when there is none."""
        symbols = self.symbols.get(service, {})
        return symbols.get(near) or next(iter(sorted(symbols.values())), "")

    def expecting(self, cards: Iterable[tuple[str, str, str]]) -> Registers:
        """These registers with cards that are about to be written: (service, office type, symbol).

        So cards of one load can refer to each other whichever is written first.
        """
        keys = {name: pk for pk, name in self.services.items()}
        symbols = {pk: dict(known) for pk, known in self.symbols.items()}
        for service, office_type, symbol in cards:
            symbols.setdefault(keys[service], {}).setdefault(office_type, symbol)
        return replace(self, symbols=symbols)


def load_registers(*, on: datetime.date) -> Registers:
    """Read all registers as they are on the day. Nine queries."""
    symbols: dict[int, dict[str, str]] = {}
    cards = ModelCard.objects.filter(live=True).values_list("service_id", "office_type__code", "symbol")
    for service, office_type, symbol in cards.order_by("symbol"):
        symbols.setdefault(service, {}).setdefault(office_type, symbol)
    return Registers(
        acts={act.pk: _citation(act, on) for act in LegalAct.objects.prefetch_related("consolidated_texts")},
        forms={family.pk: _form(family, on) for family in FormFamily.objects.prefetch_related("versions")},
        groups={group.pk: placement_of(group) for group in ServiceGroup.objects.select_related("category__topic")},
        office_types={kind.pk: Named(code=kind.code, name=kind.name) for kind in OfficeType.objects.all()},
        services=dict(Service.objects.values_list("pk", "name")),
        symbols=symbols,
        placements=placements(),
    )


def placement_of(group: ServiceGroup) -> TopicPlacement:
    """The path from the topic to the group."""
    category = group.category
    return TopicPlacement(
        topic=category.topic.name,
        category=category.name,
        group=group.name,
        topic_slug=category.topic.slug,
        category_slug=category.slug,
        group_slug=group.slug,
    )


def _citation(act: LegalAct, on: datetime.date) -> ActCitation:
    """The act with its newest consolidated text announced by the day."""
    texts = [text for text in act.consolidated_texts.all() if text.announced_on is None or text.announced_on <= on]
    newest = texts[-1] if texts else None
    return ActCitation(
        act=act.code,
        title=act.title,
        display=act.display,
        eli=act.eli,
        consolidated=newest.display if newest else "",
        consolidated_eli=newest.eli if newest else "",
    )


def _form(family: FormFamily, on: datetime.date) -> Form:
    """The form in the version in force on the day."""
    version = next((version for version in family.versions.all() if _in_force(version, on)), None)
    if version is None:
        return Form(code=family.code, title=family.title)
    return Form(
        code=family.code,
        title=family.title,
        format=version.format,
        fillable=version.fillable,
        version=version.version,
        url=version.document.url if version.document else version.url,
        note=version.note,
    )


def _in_force(version: FormVersion, on: datetime.date) -> bool:
    begins = version.valid_from is None or version.valid_from <= on
    return begins and (version.valid_to is None or version.valid_to >= on)
