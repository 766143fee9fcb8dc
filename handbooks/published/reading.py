"""Typed readers of the editions of handbooks and good practices."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from handbooks.published.handbook import GoodPractice, Handbook, handbook_key
from publication.models import Edition, EditionKind
from publication.reading import editions, in_force

LABEL = "good_practice"
BATCH = 200
"""Numbers asked for at once: below the 999 variables that older SQLite builds allow."""

_handbook = msgspec.json.Decoder(Handbook)
_practice = msgspec.json.Decoder(GoodPractice)


def decode_handbook(edition: Edition) -> Handbook:
    """The handbook inside an edition."""
    return _handbook.decode(bytes(edition.payload))


def decode_practice(edition: Edition) -> GoodPractice:
    """The good practice inside an edition."""
    return _practice.decode(bytes(edition.payload))


def handbook(code: str, *, on: datetime.date) -> tuple[Edition, Handbook]:
    """The approved edition of a handbook in force. Raises `publication.reading.NotInForce`. One query."""
    edition = in_force(handbook_key(code), on=on)
    return edition, decode_handbook(edition)


def handbook_editions(*, on: datetime.date) -> tuple[Handbook, ...]:
    """All handbooks in force, by code. One query."""
    found = editions().of_kind(EditionKind.ARTICLE).filter(key__startswith=handbook_key("")).readable(on=on)
    return tuple(sorted((decode_handbook(edition) for edition in found), key=lambda book: book.code))


def practice_editions(*, on: datetime.date) -> tuple[Edition, ...]:
    """Editions of the good practices in force, by key. One query."""
    found = editions().of_kind(EditionKind.REGISTER).labelled("register", LABEL).readable(on=on)
    return tuple(found.order_by("key"))


def numbered_editions(sequences: Iterable[int]) -> tuple[Edition, ...]:
    """Editions by their numbers, in the order of keys. One query for every 200."""
    wanted = sorted(sequences)
    found: list[Edition] = []
    for start in range(0, len(wanted), BATCH):
        found += editions().filter(sequence__in=wanted[start : start + BATCH])
    return tuple(sorted(found, key=lambda edition: edition.key))
