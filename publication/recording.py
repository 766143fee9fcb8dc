"""Writing to the edition log: the only place that does.

`record` takes what authors approved, compares it with what is in force, and appends only what differs, in one transaction
under one locked row. So the sequence has no gaps and a reader of the log never misses a late commit.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
from django.db import transaction

from publication.canonical import canonical_json, sha256_hex
from publication.models import Edition, EditionLabel, EditionState, LogHead

NOTHING_RESTRICTED = b"{}"
BATCH = 200
"""Keys asked for at once: below the 999 variables that older SQLite builds allow."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed for the log. `payload` and `restricted` must be canonical JSON."""

    kind: str
    key: str
    payload: bytes
    valid_from: datetime.date
    restricted: bytes = NOTHING_RESTRICTED
    valid_to: datetime.date | None = None
    state: str = EditionState.PUBLISHED
    cause: dict[str, str] = field(default_factory=dict)
    labels: frozenset[tuple[str, str]] = frozenset()


def record_digest(edition: Edition) -> str:
    """Hash of everything in the row but the chain, so that a changed date or state shows as much as a changed text."""
    return sha256_hex(
        canonical_json(
            [
                edition.sequence,
                edition.kind,
                edition.key,
                edition.state,
                edition.valid_from.isoformat(),
                edition.valid_to.isoformat() if edition.valid_to else None,
                edition.sha256,
                edition.restricted_sha256,
                edition.cause,
                edition.recorded_at.astimezone(datetime.UTC).isoformat(),
            ]
        )
    )


def chained(previous: str, digest: str) -> str:
    """The next chain value: SHA-256 over the previous value and the digest of the new row."""
    return sha256_hex(f"{previous}{digest}".encode())


def record(proposals: Iterable[Proposal], *, recorded_at: datetime.datetime) -> list[Edition]:
    """Append the proposals that differ from what is in force on their `valid_from`; return the new editions.

    All or nothing: an error leaves the log as it was. `recorded_at` must be aware.
    """
    wanted = list(proposals)
    with transaction.atomic():
        head = _locked_head()
        standing = _standing(wanted)
        fresh = [proposal for proposal in _latest_per_day(wanted) if _differs(proposal, standing)]
        editions = [_append(head, proposal, recorded_at) for proposal in fresh]
        Edition.objects.bulk_create(editions, batch_size=BATCH)
        EditionLabel.objects.bulk_create(
            (
                EditionLabel(edition_id=edition.sequence, name=name, value=value)
                for edition, proposal in zip(editions, fresh, strict=True)
                for name, value in sorted(proposal.labels)
            ),
            batch_size=BATCH,
        )
        head.save(update_fields=("sequence", "chain"))
    return editions


def _locked_head() -> LogHead:
    """The head of the log, locked until the end of the transaction (on SQLite the transaction itself is immediate)."""
    LogHead.objects.get_or_create(pk=1)
    return LogHead.objects.select_for_update().get(pk=1)


def _latest_per_day(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Of several proposals for one key and day the last one counts; the order of first appearance stays."""
    return list({(proposal.key, proposal.valid_from): proposal for proposal in proposals}.values())


def _standing(proposals: Sequence[Proposal]) -> dict[str, list[Edition]]:
    """Per key all recorded editions, without their payloads, in the order of `in force`."""
    keys = sorted({proposal.key for proposal in proposals})
    standing: dict[str, list[Edition]] = {}
    for start in range(0, len(keys), BATCH):
        rows = Edition.objects.filter(key__in=keys[start : start + BATCH]).defer("payload", "restricted", "cause")
        for edition in rows.order_by("key", "valid_from", "sequence"):
            standing.setdefault(edition.key, []).append(edition)
    return standing


def _differs(proposal: Proposal, standing: dict[str, list[Edition]]) -> bool:
    """Whether the proposal says something else than the edition in force on its day."""
    before = [edition for edition in standing.get(proposal.key, []) if edition.valid_from <= proposal.valid_from]
    if not before:
        return True
    current = before[-1]
    return (current.sha256, current.restricted_sha256, current.state, current.valid_to) != (
        sha256_hex(proposal.payload),
        sha256_hex(proposal.restricted),
        proposal.state,
        proposal.valid_to,
    )


def _append(head: LogHead, proposal: Proposal, recorded_at: datetime.datetime) -> Edition:
    """Build the next row and move the head."""
    edition = Edition(
        sequence=head.sequence + 1,
        kind=proposal.kind,
        key=proposal.key,
        state=proposal.state,
        valid_from=proposal.valid_from,
        valid_to=proposal.valid_to,
        payload=proposal.payload,
        restricted=proposal.restricted,
        sha256=sha256_hex(proposal.payload),
        restricted_sha256=sha256_hex(proposal.restricted),
        cause=msgspec.to_builtins(proposal.cause),
        recorded_at=recorded_at,
    )
    edition.chain = chained(head.chain, record_digest(edition))
    head.sequence, head.chain = edition.sequence, edition.chain
    return edition
