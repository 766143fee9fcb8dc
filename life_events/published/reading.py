"""Typed readers of life-event editions."""

from __future__ import annotations

import datetime

import msgspec

from life_events.published.life_event import LifeEvent
from publication.models import Edition, EditionKind
from publication.reading import editions, in_force
from service_catalog.published import keys

_life_event = msgspec.json.Decoder(LifeEvent)


def decode_life_event(edition: Edition) -> LifeEvent:
    """The life event inside an edition of kind `life_event`."""
    return _life_event.decode(bytes(edition.payload))


def life_event(code: str, *, on: datetime.date) -> tuple[Edition, LifeEvent]:
    """A life event in force and its edition. Raises `NotInForce`. One query."""
    edition = in_force(keys.life_event_key(code), on=on)
    return edition, decode_life_event(edition)


def life_events(*, on: datetime.date) -> tuple[LifeEvent, ...]:
    """All life events in force, by code. One query."""
    found = editions().of_kind(EditionKind.LIFE_EVENT).readable(on=on)
    return tuple(sorted((decode_life_event(edition) for edition in found), key=lambda event: event.code))
