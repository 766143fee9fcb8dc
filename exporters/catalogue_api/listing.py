"""Bounded lists: which editions a filter means, one page of them, and the entries they become."""

from __future__ import annotations

import datetime
from typing import TypeVar

import msgspec
from django.conf import settings
from django.db.models import Q

from exporters.catalogue_api.schemas import CardEntry, LifeEventEntry, NamedCode, OfficeEntry
from life_events.published.life_event import LifeEvent
from publication.models import Edition, EditionKind, EditionLabel, EditionQuerySet
from publication.reading import editions
from service_catalog.published.card import CardTeaser
from service_catalog.published.office import Office

_teaser = msgspec.json.Decoder(CardTeaser)
Entry = TypeVar("Entry")


def cards_matching(
    *, on: datetime.date, office: str = "", office_type: str = "", topic: str = "", life_event: str = "", kind: str = ""
) -> EditionQuerySet:
    """Cards readable on the day that fit all filters.

    An office card carries no labels of its service: it fits a topic, type of offices or life event when its general
    form does.
    """
    found = editions().of_kind(EditionKind.CARD).readable(on=on)
    if office:
        found = found.labelled("office", office)
    for label, value in (("office_type", office_type), ("topic", topic), ("life_event", life_event)):
        if value:
            found = found.filter(_own_or_of_general_form(label, value, on=on))
    return _of_kind(found, kind)


def _own_or_of_general_form(label: str, value: str, *, on: datetime.date) -> Q:
    """The label stands on the card itself, or on the general form in force that its symbol names."""
    general = editions().of_kind(EditionKind.CARD).labelled(label, value).readable(on=on)
    symbols = EditionLabel.objects.filter(name="symbol", value__in=general.values("key"))
    own = EditionLabel.objects.filter(name=label, value=value)
    return Q(pk__in=own.values("edition")) | Q(pk__in=symbols.values("edition"))


def _of_kind(found: EditionQuerySet, kind: str) -> EditionQuerySet:
    """Only general forms, office cards or local cards: told apart by key and labels, without reading payloads."""
    with_office = Q(key__contains="/")
    # A list of numbers, made once: asked row by row, SQLite walks all labels of that name each time (119 ms against 8).
    with_own_type = Q(pk__in=EditionLabel.objects.filter(name="office_type").values("edition"))
    if kind == "model":
        return found.filter(~with_office)
    if kind == "office":
        return found.filter(with_office & ~with_own_type)
    return found.filter(with_office & with_own_type) if kind == "local" else found


def one_page(found: EditionQuerySet, *, after: str, limit: int) -> tuple[list[Edition], str | None]:
    """At most `limit` editions with keys after `after`, and the cursor of the next page, if there is one. One query."""
    ordered = found.order_by("key")
    rows = list((ordered.filter(key__gt=after) if after else ordered)[: limit + 1])
    return rows[:limit], rows[limit - 1].key if len(rows) > limit else None


def card_entry(edition: Edition) -> CardEntry:
    """A card of a list; only its teaser is decoded."""
    card = _teaser.decode(bytes(edition.payload))
    return CardEntry(
        key=card.key,
        symbol=card.symbol,
        kind=card.kind,
        title=card.title,
        summary=card.summary,
        office_type=NamedCode(code=card.office_type.code, name=card.office_type.name),
        office=NamedCode(code=card.office.code, name=card.office.name) if card.office else None,
        topic=card.topic.topic,
        category=card.topic.category,
        group=card.topic.group,
        life_events=[placement.event for placement in card.life_events],
        url=f"{settings.PUBLIC_ADDRESS}/karta/{card.key}/",
        pdf=f"{settings.PUBLIC_ADDRESS}/karta/{card.key}/pdf",
    )


def office_entry(office: Office) -> OfficeEntry:
    """An office of a list."""
    return OfficeEntry(
        code=office.code,
        name=office.name,
        short_name=office.short_name,
        office_type=NamedCode(code=office.office_type.code, name=office.office_type.name),
        town=office.town,
        voivodeship=office.voivodeship,
        teryt=office.teryt,
        address=office.address,
        phone=office.phone,
        url=f"{settings.PUBLIC_ADDRESS}/urzedy/{office.code}/",
    )


def life_event_entry(event: LifeEvent) -> LifeEventEntry:
    """A life event of a list."""
    return LifeEventEntry(
        code=event.code,
        title=event.title,
        group=event.group,
        intro=event.intro,
        url=f"{settings.PUBLIC_ADDRESS}/zdarzenia/{event.code}/",
    )
