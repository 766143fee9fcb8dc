"""The feed of changes: the edition log without its texts, in order and without gaps."""

from __future__ import annotations

import datetime
import re
from typing import Any

import msgspec

from exporters.changed_fields import changed_fields
from publication.reading import editions, head_sequence

COLUMNS = ("sequence", "kind", "key", "state", "sha256", "valid_from", "valid_to", "recorded_at", "cause")
_KIND = re.compile(r"[a-z][a-z_]{0,29}", re.ASCII)
UNNAMED = "other"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the feed, described by `schemas.Change`. A struct: checking 500 rows again costs more than reading them."""

    sequence: int
    kind: str
    key: str
    state: str
    sha256: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    recorded_at: datetime.datetime
    cause: str
    changed: list[str] | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the feed; `schemas.Changes` describes it."""

    items: list[Change]
    next: int
    last: int


class BeyondTheEnd(LookupError):
    """The log has no edition of that number yet; the message names the last one."""


def changes_after(sequence: int, *, limit: int) -> Changes:
    """Up to `limit` rows recorded after `sequence`, with the fields that each changed. Raises `BeyondTheEnd`.

    The head is read first: a row written between the queries shows in the rows and is never skipped.
    """
    last = head_sequence()
    if sequence > last:
        raise BeyondTheEnd(f"Numer {sequence} jest poza dziennikiem. Ostatnie wydanie ma numer {last}.")
    rows = list(editions().after(sequence).values_list(*COLUMNS)[:limit])
    changed = changed_fields((row[0], row[2], row[3]) for row in rows)
    items = [_change(row, changed[row[0]]) for row in rows]
    reached = items[-1].sequence if items else sequence
    return Changes(items=items, next=reached, last=max(last, items[-1].sequence if items else 0))


def _change(row: tuple[Any, ...], changed: list[str] | None) -> Change:
    sequence, kind, key, state, sha256, valid_from, valid_to, recorded_at, cause = row
    moment: datetime.datetime = recorded_at
    return Change(
        sequence=sequence, kind=kind, key=key, state=state, sha256=sha256, valid_from=valid_from, valid_to=valid_to,
        recorded_at=moment.astimezone(datetime.UTC), cause=cause_kind(cause), changed=changed,
    )  # fmt: skip


def cause_kind(cause: object) -> str:
    """The kind of a cause. Who it was and what he wrote stay inside: anything but a plain code becomes "other"."""
    kind = cause.get("kind", "") if isinstance(cause, dict) else ""
    return kind if isinstance(kind, str) and _KIND.fullmatch(kind) else UNNAMED
