"""Recording of registers: office types, topics, legal acts and forms, and finding the cards that cite them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from publication.calendar import day_of
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.recording import Proposal, record
from service_catalog.authoring.publishing import Cause
from service_catalog.authoring.records import act_record, form_record, office_type_record, topic_tree_record
from service_catalog.models import (
    CompleteCard,
    FormFamily,
    LegalAct,
    OfficeType,
    Service,
    ServiceGroup,
    Topic,
    TopicCategory,
)
from service_catalog.published import keys

RegisterEntry = OfficeType | LegalAct | FormFamily | Topic | TopicCategory | ServiceGroup


def register_proposal(entry: RegisterEntry, *, cause: Cause, valid_from: datetime.date) -> Proposal:
    """A register entry as a proposal; any level of the topic tree stands for the whole tree."""
    if isinstance(entry, OfficeType):
        key, name, value = keys.office_type_key(entry.code), "office_type", canonical_json(office_type_record(entry))
    elif isinstance(entry, LegalAct):
        key, name, value = keys.act_key(entry.code), "act", canonical_json(act_record(entry))
    elif isinstance(entry, FormFamily):
        key, name, value = keys.form_key(entry.code), "form", canonical_json(form_record(entry))
    else:
        key, name, value = keys.TOPIC_TREE_KEY, "topics", canonical_json(topic_tree_record())
    return Proposal(
        kind=EditionKind.REGISTER,
        key=key,
        payload=value,
        valid_from=valid_from,
        cause=cause,
        labels=frozenset({("register", name)}),
    )


def record_register_entries(
    entries: Iterable[RegisterEntry],
    *,
    cause: Cause,
    moment: datetime.datetime,
    valid_from: datetime.date | None = None,
) -> list[Edition]:
    """Record register entries. Cards that cite them are presented again by `tasks.present_citing_cards`."""
    start = valid_from or day_of(moment)
    return record([register_proposal(entry, cause=cause, valid_from=start) for entry in entries], recorded_at=moment)


def citing_cards(entry: RegisterEntry | Service) -> QuerySet[CompleteCard]:
    """Live model and local cards whose text shows this register entry."""
    live: QuerySet[CompleteCard] = CompleteCard.objects.filter(live=True)
    if isinstance(entry, LegalAct):
        rows = ("legal_bases", "fees", "client_deadlines", "handling_times", "appeals")
        cited = Q()
        for row in rows:
            cited |= Q(**{f"{row}__act": entry})
        return live.filter(cited).distinct()
    if isinstance(entry, FormFamily):
        return live.filter(Q(forms__family=entry) | Q(documents__form_family=entry)).distinct()
    if isinstance(entry, OfficeType):
        return live.filter(office_type=entry)
    if isinstance(entry, Service):
        return live.filter(Q(service=entry) | Q(relations__service=entry)).distinct()
    groups = ServiceGroup.objects.filter(_within(entry))
    return live.filter(Q(group__in=groups) | Q(more_placements__group__in=groups)).distinct()


def _within(entry: Topic | TopicCategory | ServiceGroup) -> Q:
    """Groups at or below a place of the topic tree."""
    if isinstance(entry, Topic):
        return Q(category__topic=entry)
    return Q(category=entry) if isinstance(entry, TopicCategory) else Q(pk=entry.pk)
