"""A knowledge package into the edition log of an installation that only reads, such as the one of a contact centre.

The editions are recorded as they are, so their hashes are those of the installation they come from. An installation with
editors of its own is refused: two sources of one text would fight.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from cms.intake.child import run
from publication.models import Edition
from publication.package_format import ConsultantRow, Manifest, Row
from publication.package_reading import manifest_of, rows_of, synonyms_of
from publication.reading import head_sequence
from publication.recording import NOTHING_RESTRICTED, Proposal, record

BATCH = 500
"""Editions recorded at once; all of them are in one transaction."""
SECONDS = 300
"""Longest checking of a package."""
_SEQUENCE = "package_sequence"


class PackageRefused(ValueError):
    """The package does not fit this installation; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did: how many editions it recorded, and the number to ask the next delta after."""

    editions: int
    sequence: int


def import_package(path: Path, *, moment: datetime.datetime) -> Imported:
    """Check the package, then record it whole or not at all. Raises `RefusedFile` or `PackageRefused`."""
    run("publication.package_reading:faults", str(path.resolve()), seconds=SECONDS)
    manifest = manifest_of(path)
    already = _require_fitting(manifest)
    cause = {"kind": "import", "what": "pakiet wiedzy", _SEQUENCE: str(manifest.sequence)}
    recorded = 0
    with transaction.atomic():
        fresh = (row for row in rows_of(path) if row.sequence > already)
        for batch in _batches(_proposal(row, cause) for row in fresh):
            recorded += len(record(batch, recorded_at=moment))
        import_string(settings.SYNONYMS_FROM_IMPORT)(synonyms_of(path))
    return Imported(editions=recorded, sequence=manifest.sequence)


def last_imported() -> int | None:
    """Number of the last edition of the source that is here; 0 for an empty log, None when the log has another origin."""
    if head_sequence() == 0:
        return 0
    newest = Edition.objects.order_by("-sequence").only("cause").first()
    number = newest.cause.get(_SEQUENCE, "") if newest else ""
    return int(number) if number.isdigit() else None


def _require_fitting(manifest: Manifest) -> int:
    """The last sequence that is here already. Raises `PackageRefused`."""
    already = last_imported()
    if already is None:
        raise PackageRefused(
            "Ta instalacja ma własną redakcję, więc pakiet by z nią walczył. Wczytaj go do instalacji, która tylko czyta."
        )
    if manifest.since is None and already:
        raise PackageRefused(f"Pełny pakiet wczytuje się do pustej instalacji. Tu wczytaj zmiany po wydaniu {already}.")
    if manifest.since is not None and manifest.since > already:
        raise PackageRefused(
            f"Pakiet zaczyna się po wydaniu {manifest.since}, a tu jest {already}. Wczytaj najpierw zmiany po wydaniu {already}."
        )
    return already


def _proposal(row: Row, cause: dict[str, str]) -> Proposal:
    return Proposal(
        kind=row.kind,
        key=row.key,
        payload=bytes(row.payload),
        restricted=bytes(row.restricted) if isinstance(row, ConsultantRow) else NOTHING_RESTRICTED,
        valid_from=datetime.date.fromisoformat(row.valid_from),
        valid_to=datetime.date.fromisoformat(row.valid_to) if row.valid_to else None,
        state=row.state,
        cause=cause,
        labels=frozenset(row.labels),
    )


def _batches(proposals: Iterable[Proposal]) -> Iterator[list[Proposal]]:
    """Batches without two editions of one key: the log compares a batch with what stood before it."""
    batch: list[Proposal] = []
    keys: set[str] = set()
    for proposal in proposals:
        if len(batch) == BATCH or proposal.key in keys:
            yield batch
            batch, keys = [], set()
        batch.append(proposal)
        keys.add(proposal.key)
    if batch:
        yield batch
