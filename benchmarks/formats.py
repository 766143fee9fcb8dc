"""Machine formats: the whole catalogue in each, the package and its delta, a page of the feed, one card in each format."""

from __future__ import annotations

import sys
import tempfile

from django.utils import timezone

from benchmarks.measuring import Measurement, cpu_milliseconds, process_cost
from exporters.catalogue_api.changes import changes_after
from exporters.formats import CARD_FORMATS, FORMATS
from exporters.keeping import document_digest, kept_document
from exporters.knowledge_package.package import delta
from exporters.views import render
from publication.calendar import today
from publication.models import EditionKind
from publication.reading import editions, head_sequence, in_force
from publication.recording import Proposal, record

CHANGES = 500
WHOLE = {"knowledge-package": 60, "cpsv-ap": 60, "cpsv-ap-ttl": 60, "hsds": 60, "schema-org": 60, "csv": 60}
"""CPU seconds for the whole catalogue, with the start of the process. XML has a group of its own."""
MEMORY, MEMORY_WITH_SYNONYMS = 100, 200
"""Peak MB of the process; the package also needs the registers of the search, and with them all apps."""


def measurements() -> list[Measurement]:
    """Everything of the group. The changes come last: they are recorded in the temporary catalogue."""
    return [*_collections(), *_cards(), *_changes()]


def _collections() -> list[Measurement]:
    found = []
    for name, target in WHOLE.items():
        with tempfile.TemporaryDirectory() as directory:
            out = f"{directory}/katalog.{FORMATS[name].extension}"
            cost = process_cost([sys.executable, "manage.py", "export", name, "--out", out])
        most = MEMORY_WITH_SYNONYMS if name == "knowledge-package" else MEMORY
        found += [
            Measurement(name=f"{name}: cały katalog", value=cost.cpu_seconds, unit="s CPU", target=target),
            Measurement(name=f"{name}: szczyt pamięci procesu", value=cost.peak_mb, unit="MB", target=most),
        ]
    return found


def _cards() -> list[Measurement]:
    edition = in_force("UW-PAS-001/uw-rzeszow", on=today())
    found = []
    for segment, chosen in CARD_FORMATS.items():
        if segment == "pdf":  # measured with the handbooks
            continue
        digest = document_digest(edition.sha256, chosen)
        made = cpu_milliseconds(lambda chosen=chosen: render(edition, chosen))  # type: ignore[misc]
        found.append(Measurement(name=f"jedna karta: {segment}", value=made, unit="ms CPU", target=10))
        kept = cpu_milliseconds(
            lambda chosen=chosen, digest=digest: kept_document(digest, chosen, lambda: render(edition, chosen))  # type: ignore[misc]
        )
        found.append(Measurement(name=f"jedna karta drugi raz: {segment}", value=kept, unit="ms CPU", target=1))
    return found


def _changes() -> list[Measurement]:
    """A page of 500 real changes: every row has an edition before it to be compared with."""
    before = head_sequence()
    cards = (
        editions().of_kind(EditionKind.CARD).readable(on=today()).filter(key__contains="/").order_by("key")[:CHANGES]
    )
    record(
        [
            Proposal(
                kind=card.kind,
                key=card.key,
                payload=bytes(card.payload).replace(b'"version":"', b'"version":"0'),
                valid_from=today(),
            )
            for card in cards
        ],
        recorded_at=timezone.now(),
    )
    page = cpu_milliseconds(lambda: changes_after(before, limit=CHANGES), repeat=20)
    since = head_sequence() - 100
    made = cpu_milliseconds(lambda: list(delta(since, on=today(), scope="consultant", synonyms=list)), repeat=20)
    return [
        Measurement(name="strumień zmian, strona 500", value=page, unit="ms CPU", target=50),
        Measurement(name="pakiet wiedzy, 100 zmian", value=made, unit="ms CPU", target=200),
    ]
