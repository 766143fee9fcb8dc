"""Registers from importers: neutral structs in, register entries and editions out. Existing entries are left as they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from publication.models import Edition
from service_catalog.authoring.office_pages import day
from service_catalog.authoring.publishing import Cause
from service_catalog.authoring.register_entries import RegisterEntry, record_register_entries
from service_catalog.models import (
    ConsolidatedText,
    FormFamily,
    FormVersion,
    LegalAct,
    OfficeType,
    Service,
    ServiceGroup,
    Topic,
    TopicCategory,
)
from service_catalog.published import register


def write_registers(
    *,
    office_types: Sequence[register.OfficeType],
    topics: register.TopicTree,
    acts: Sequence[register.LegalAct],
    forms: Sequence[register.FormFamily],
    services: Iterable[str],
    cause: Cause,
    moment: datetime.datetime,
    valid_from: datetime.date,
) -> list[Edition]:
    """Write what is missing of all registers and record it from `valid_from` on. One transaction."""
    with transaction.atomic():
        entries: list[RegisterEntry] = [*_office_types(office_types), *_acts(acts), *_forms(forms)]
        entries += _topics(topics)
        known = set(Service.objects.values_list("name", flat=True))
        Service.objects.bulk_create(Service(name=name) for name in services if name not in known)
        return record_register_entries(entries, cause=cause, moment=moment, valid_from=valid_from)


def _office_types(types: Sequence[register.OfficeType]) -> list[RegisterEntry]:
    known = set(OfficeType.objects.values_list("code", flat=True))
    return [
        OfficeType.objects.create(
            code=kind.code,
            name=kind.name,
            name_plural=kind.name_plural,
            level=kind.level,
            subordination=kind.subordination,
            appeal_body=kind.appeal_body,
            jurisdiction_kind=kind.jurisdiction_kind,
            in_catalogue=kind.in_catalogue,
        )
        for kind in types
        if kind.code not in known
    ]


def _acts(acts: Sequence[register.LegalAct]) -> list[RegisterEntry]:
    known = set(LegalAct.objects.values_list("code", flat=True))
    written: list[RegisterEntry] = []
    for act in acts:
        if act.code in known:
            continue
        row = LegalAct(
            code=act.code,
            title=act.title,
            kind=act.kind,
            date=day(act.date),
            display=act.display,
            eli=act.eli,
            isap=act.isap,
            status=act.status,
        )
        row.consolidated_texts = [
            ConsolidatedText(display=text.display, eli=text.eli, announced_on=day(text.announced_on))
            for text in act.consolidated
        ]
        row.save()
        written.append(row)
    return written


def _forms(forms: Sequence[register.FormFamily]) -> list[RegisterEntry]:
    known = set(FormFamily.objects.values_list("code", flat=True))
    written: list[RegisterEntry] = []
    for form in forms:
        if form.code in known:
            continue
        row = FormFamily(code=form.code, title=form.title)
        row.versions = [
            FormVersion(
                version=version.version,
                format=version.format,
                fillable=version.fillable,
                url=version.url,
                valid_from=day(version.valid_from),
                valid_to=day(version.valid_to),
                note=version.note,
            )
            for version in form.versions
        ]
        row.save()
        written.append(row)
    return written


def _topics(tree: register.TopicTree) -> list[RegisterEntry]:
    """Write missing branches; one topic of the tree stands for the tree when it is recorded."""
    for position, topic in enumerate(tree.topics):
        row, _ = Topic.objects.get_or_create(
            slug=topic.slug, defaults={"name": topic.name, "ivr_key": topic.ivr_key, "position": position}
        )
        for place, category in enumerate(topic.categories):
            branch, _ = TopicCategory.objects.get_or_create(
                topic=row, slug=category.slug, defaults={"name": category.name, "position": place}
            )
            known = set(branch.groups.values_list("slug", flat=True))
            ServiceGroup.objects.bulk_create(
                ServiceGroup(category=branch, slug=group.slug, name=group.name, position=order)
                for order, group in enumerate(category.groups)
                if group.slug not in known
            )
    return list(Topic.objects.all()[:1])
