"""From the edition log to the sources of search documents: what is in force on a day, service by service."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db.models import Q

from publication.models import Edition, EditionKind, EditionLabel, EditionQuerySet
from publication.reading import editions
from search.documents import OfficePart, ServiceSource, local_texts, time_in_short
from service_catalog.published.card import Card
from service_catalog.published.fees_in_short import fees_in_short
from service_catalog.published.reading import decode_card

CHUNK = 200
"""Symbols asked for at once: below the 999 variables that older SQLite builds allow."""


def symbol_of(key: str) -> str:
    """The card symbol in the key of a card edition."""
    return key.partition("/")[0]


def all_sources(*, on: datetime.date) -> Iterator[ServiceSource]:
    """Sources of all services in one streaming pass over the cards in force on the day."""
    yield from _sources(editions().of_kind(EditionKind.CARD), on=on)


def sources_of(symbols: Collection[str], *, on: datetime.date) -> Iterator[ServiceSource]:
    """Sources of the named services. One query per `CHUNK` symbols."""
    ordered = sorted(symbols)
    for start in range(0, len(ordered), CHUNK):
        labels = EditionLabel.objects.filter(name="symbol", value__in=ordered[start : start + CHUNK])
        # No condition on the kind: SQLite would then read all cards by it, instead of these few by their labels.
        yield from _sources(editions().filter(pk__in=labels.values("edition")), on=on)


def changing_between(first: datetime.date, last: datetime.date) -> set[str]:
    """Symbols of cards with an edition that begins or ends on the days given, both included. One query."""
    found = editions().of_kind(EditionKind.CARD).filter(
        Q(valid_from__range=(first, last)) | Q(valid_to__range=(first, last))
    )  # fmt: skip
    return {symbol_of(key) for key in found.values_list("key", flat=True).distinct()}


def offices_change_between(first: datetime.date, last: datetime.date) -> bool:
    """Whether an office record begins or ends on the days given, both included. One query."""
    dates = Q(valid_from__range=(first, last)) | Q(valid_to__range=(first, last))
    return editions().of_kind(EditionKind.OFFICE).filter(dates).exists()


def _sources(found: EditionQuerySet, *, on: datetime.date) -> Iterator[ServiceSource]:
    """Group card editions by service. A service without a general card in force has no document.

    Office cards are reduced while streaming: a catalogue holds many more of them than of general cards.
    """
    general: dict[str, ServiceSource] = {}
    parts: dict[str, list[OfficePart]] = {}
    for edition in found.readable(on=on).order_by("key").iterator(chunk_size=CHUNK):
        if edition.kind != EditionKind.CARD:
            continue
        card = decode_card(edition)
        if card.kind == "office":
            parts.setdefault(card.symbol, []).append(_office_part(edition, card))
        else:
            source = ServiceSource(card=card, sha256=edition.sha256, sequence=edition.sequence)
            general.setdefault(card.symbol, source)
    for symbol in sorted(general):
        offices = tuple(sorted(parts.get(symbol, ()), key=lambda part: part.code))
        yield replace(general.pop(symbol), offices=offices)


def _office_part(edition: Edition, card: Card) -> OfficePart:
    return OfficePart(
        code=card.office.code if card.office else "",
        sha256=edition.sha256,
        sequence=edition.sequence,
        local_texts=local_texts(card),
        fee=fees_in_short(card.fees),
        time=time_in_short(card.handling_time),
    )
