"""The feed of changes: the edition log without its texts, in order and without gaps."""

from __future__ import annotations

import datetime
import re
from typing import Any

from exporters.catalogue_api.schemas import Change, Changes
from publication.reading import editions, head_sequence

COLUMNS = ("sequence", "kind", "key", "state", "sha256", "valid_from", "valid_to", "recorded_at", "cause")
_KIND = re.compile(r"[a-z][a-z_]{0,29}", re.ASCII)
UNNAMED = "other"


def changes_after(sequence: int, *, limit: int) -> Changes:
    """Up to `limit` rows recorded after `sequence`. Two queries; no payload is read.

    The head is read first: a row written between the two queries shows in the rows and is never skipped.
    """
    last = head_sequence()
    rows = editions().after(sequence).values_list(*COLUMNS)[:limit]
    items = [_change(row) for row in rows]
    reached = items[-1].sequence if items else sequence
    return Changes(items=items, next=reached, last=max(last, items[-1].sequence if items else 0))


def _change(row: tuple[Any, ...]) -> Change:
    sequence, kind, key, state, sha256, valid_from, valid_to, recorded_at, cause = row
    moment: datetime.datetime = recorded_at
    return Change(
        sequence=sequence, kind=kind, key=key, state=state, sha256=sha256, valid_from=valid_from, valid_to=valid_to,
        recorded_at=moment.astimezone(datetime.UTC), cause=cause_kind(cause),
    )  # fmt: skip


def cause_kind(cause: object) -> str:
    """The kind of a cause. Who it was and what he wrote stay inside: anything but a plain code becomes "other"."""
    kind = cause.get("kind", "") if isinstance(cause, dict) else ""
    return kind if isinstance(kind, str) and _KIND.fullmatch(kind) else UNNAMED
