"""What exports read from the edition log: sets of editions with one hash for the whole set."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from publication.models import EditionKind, EditionQuerySet
from publication.reading import editions
from service_catalog.published import keys


@dataclass(frozen=True, kw_only=True)
class EditionSet:
    """Identity of a set of editions: one hash, and the newest day from which one of them is in force (ISO, "" when empty)."""

    sha256: str
    newest: str


def identity_of(found: EditionQuerySet) -> EditionSet:
    """The identity of a set of editions, read without their payloads. One query."""
    rows = list(found.values_list("key", "sha256", "valid_from"))
    newest = max((valid_from.isoformat() for _, _, valid_from in rows), default="")
    return EditionSet(sha256=combined_digest((key, sha256) for key, sha256, _ in rows), newest=newest)


def combined_digest(pairs: Iterable[tuple[str, str]]) -> str:
    """One hash for many editions, from their (key, sha256) pairs; the order of the pairs does not matter."""
    lines = "".join(f"{key} {sha256}\n" for key, sha256 in sorted(pairs))
    return hashlib.sha256(lines.encode()).hexdigest()


def of_office(code: str, *, on: datetime.date) -> EditionQuerySet:
    """Editions behind the catalogue of an office: its cards and its record."""
    cards = editions().of_kind(EditionKind.CARD).labelled("office", code)
    record = editions().filter(key=keys.office_key(code))
    return (cards | record).readable(on=on)


def of_life_events(*, on: datetime.date) -> EditionQuerySet:
    """Editions of all life events."""
    return editions().of_kind(EditionKind.LIFE_EVENT).readable(on=on)


def model_cards(office_type: str, *, on: datetime.date) -> EditionQuerySet:
    """Editions of the general cards of an office type, by key. Local cards carry the label too; see `Card.kind`."""
    found = editions().of_kind(EditionKind.CARD).labelled("office_type", office_type)
    return found.readable(on=on).order_by("key")
