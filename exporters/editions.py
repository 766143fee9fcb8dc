"""What exports read from the edition log: sets of editions with one hash for the whole set."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publication.models import EditionKind, EditionQuerySet
from publication.reading import editions
from service_catalog.published import keys

ROW = ("key", "sha256", "valid_from")
"""Columns that the identity of a set is made of."""


@dataclass(frozen=True, kw_only=True)
class EditionSet:
    """Identity of a set of editions: one hash, and the newest day from which one of them is in force (ISO, "" when empty)."""

    sha256: str
    newest: str


Row = tuple[str, str, datetime.date]
"""Key, hash and first day of an edition."""


def identity_of(found: EditionQuerySet) -> EditionSet:
    """The identity of a set of editions, read without their payloads. One query."""
    return identity_of_rows(found.values_list(*ROW).iterator(chunk_size=2000))


def identity_of_rows(rows: Iterable[Row]) -> EditionSet:
    """The identity of a set of editions whose `ROW` was read; of a hundred thousand only a line of each is held."""
    newest = datetime.date.min

    def pairs() -> Iterator[tuple[str, str]]:
        nonlocal newest
        for key, sha256, valid_from in rows:
            newest = max(newest, valid_from)
            yield key, sha256

    digest = combined_digest(pairs())
    return EditionSet(sha256=digest, newest="" if newest == datetime.date.min else newest.isoformat())


def combined_digest(pairs: Iterable[tuple[str, str]]) -> str:
    """One hash for many editions, from their (key, sha256) pairs; the order of the pairs does not matter."""
    lines = [f"{key} {sha256}\n".encode() for key, sha256 in pairs]
    lines.sort()
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def of_office(code: str, *, on: datetime.date) -> EditionQuerySet:
    """Editions behind the catalogue of an office: its cards and its record."""
    cards = editions().labelled("office", code)  # only cards have this label
    record = editions().filter(key=keys.office_key(code))
    return (cards | record).readable(on=on)


def of_life_events(*, on: datetime.date) -> EditionQuerySet:
    """Editions of all life events."""
    return editions().of_kind(EditionKind.LIFE_EVENT).readable(on=on)


def model_cards(office_type: str, *, on: datetime.date) -> EditionQuerySet:
    """Editions of the general cards of an office type, by key. Local cards carry the label too; see `Card.kind`."""
    found = editions().of_kind(EditionKind.CARD).labelled("office_type", office_type)
    return found.readable(on=on).order_by("key")
