"""After a suspension readers get everything back that they had before: also what holds today when a later version was published.

Recording the published version of a page again covers its own day only. When that day is still to come, the days before it keep
the notice of the suspension unless the text from before is recorded again as well.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from publication.calendar import day_of
from publication.models import Edition, EditionState
from publication.recording import Proposal, record
from service_catalog.authoring.publishing import (
    Cause,
    offices_of,
    read_sources,
    record_office_cards,
    with_rows,
)
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.published import keys


def put_back(
    page: ModelCard | OfficeCard | LocalCard | OfficePage, *, cause: Cause, moment: datetime.datetime
) -> list[Edition]:
    """Record what still stands suspended of a page that is public again, and of what depends on it."""
    if isinstance(page, ModelCard):
        written = _put_back([page.symbol], cause=cause, moment=moment)
        cards = with_rows(OfficeCard.objects.filter(live=True, model_card=page))
        return written + (record_office_cards(cards, cause=cause, moment=moment) if written else [])
    if isinstance(page, OfficePage):
        return _put_back(_keys_of(list(LocalCard.objects.filter(live=True).child_of(page))), cause=cause, moment=moment)
    if isinstance(page, LocalCard):
        return _put_back(_keys_of([page]), cause=cause, moment=moment)
    return []


def _keys_of(cards: Sequence[LocalCard]) -> list[str]:
    offices = offices_of(cards)
    return [keys.office_card_key(card.symbol, offices[card.pk].code) for card in cards]


def _put_back(names: Sequence[str], *, cause: Cause, moment: datetime.datetime) -> list[Edition]:
    today, sources = day_of(moment), read_sources(names)
    return record(
        [
            proposal
            for name in names
            for proposal in _from_before(sources.editions.get(name, []), cause=cause, today=today)
        ],
        recorded_at=moment,
    )


def _from_before(known: Sequence[Edition], *, cause: Cause, today: datetime.date) -> Iterator[Proposal]:
    """For today and each later day that is suspended still: the text that held on it without the suspension."""
    for day in sorted({today} | {edition.valid_from for edition in known if edition.valid_from > today}):
        begun = [edition for edition in known if edition.valid_from <= day]
        texts = [edition for edition in begun if edition.state != EditionState.SUSPENDED]
        if begun and begun[-1].state == EditionState.SUSPENDED and texts and texts[-1].covers(day):
            yield _again(texts[-1], cause=cause, day=day)


def _again(edition: Edition, *, cause: Cause, day: datetime.date) -> Proposal:
    """The same text from another day on."""
    return Proposal(
        kind=edition.kind,
        key=edition.key,
        payload=bytes(edition.payload),
        restricted=bytes(edition.restricted),
        valid_from=day,
        valid_to=edition.valid_to,
        cause=cause,
        labels=frozenset(edition.labels.values_list("name", "value")),
    )
