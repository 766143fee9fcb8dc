"""Which fields an edition changed: its payload beside the one before it under the same key, field by field, undecoded."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.db.models import Max

from publication.models import EditionState
from publication.reading import editions

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
BATCH = 400
"""Rows asked for at once: below the number of variables that older SQLite builds allow."""

Row = tuple[int, str, str]
"""Sequence, key and state of an edition."""


def changed_fields(rows: Iterable[Row]) -> dict[int, list[str] | None]:
    """Per sequence the names of top-level fields that differ from the edition before; None for the first edition of a key.

    A tombstone changes the state. For up to 400 rows two queries, one when all of them are first editions.
    """
    wanted = list(rows)
    found: dict[int, list[str] | None] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        before = _previous(batch)
        payloads = _payloads(before.keys() | set(before.values()))
        for sequence, _, state in batch:
            previous = before.get(sequence)
            found[sequence] = None if previous is None else _difference(payloads[previous], payloads[sequence], state)
    return found


def _previous(batch: list[Row]) -> dict[int, int]:
    """Sequence of the edition before, for rows that have one."""
    lowest: dict[str, int] = {}
    inside: dict[str, list[int]] = {}
    for sequence, key, _ in batch:
        lowest.setdefault(key, sequence)
        inside.setdefault(key, []).append(sequence)
    earlier = editions().filter(key__in=lowest, sequence__lt=batch[0][0]).values("key").annotate(last=Max("sequence"))
    last = {row["key"]: row["last"] for row in earlier.order_by()}
    found = {}
    for key, sequences in inside.items():
        standing = last.get(key)
        for sequence in sequences:
            if standing is not None:
                found[sequence] = standing
            standing = sequence
    return found


def _payloads(sequences: set[int]) -> dict[int, tuple[str, bytes]]:
    ordered = sorted(sequences)
    found: dict[int, tuple[str, bytes]] = {}
    for start in range(0, len(ordered), BATCH):
        rows = (
            editions().filter(sequence__in=ordered[start : start + BATCH]).values_list("sequence", "state", "payload")
        )
        found |= {sequence: (state, bytes(payload)) for sequence, state, payload in rows.iterator()}
    return found


def _difference(before: tuple[str, bytes], after: tuple[str, bytes], state: str) -> list[str]:
    names = ["state"] if before[0] != state else []
    if state != EditionState.PUBLISHED or before[1] == after[1]:
        return names
    old, new = _fields.decode(before[1]), _fields.decode(after[1])
    every = sorted(old.keys() | new.keys())
    return names + [name for name in every if old.get(name) != new.get(name)]
