"""Exports of a catalogue ten and thirty times as large: is the time linear, is the memory flat?

Every office and its cards are recorded again under other codes, through the door by which every edition comes. Runs only when it is
asked for (`python -m benchmarks growth`): the largest size takes minutes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from benchmarks.measuring import Measurement, ProcessCost, process_cost
from exporters.formats import FORMATS
from publication.calendar import today
from publication.models import Edition, EditionKind
from publication.reading import editions
from publication.recording import Proposal, record

TIMES = (10, 33)
"""How many times as many offices as in the demonstration: 30,590 and 100,947 cards of offices."""
MEASURED = ("epuap", "cpsv-ap-ttl", "schema-org", "hsds", "csv", "knowledge-package")
MOST_TIME, MOST_MEMORY = 1.3, 1.5
"""Time per card and peak memory, as a multiple of those of the smallest size."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """A catalogue of so many cards, and what each format cost of it."""

    cards: int
    costs: dict[str, ProcessCost]


def measurements() -> list[Measurement]:
    """Every format at every size, as multiples of the smallest one."""
    originals = list(_of_offices())
    smallest = _measured()
    found: list[Measurement] = []
    copies = 1
    for times in TIMES:
        for copy in range(copies, times):
            record([_copied(edition, copy) for edition in originals], recorded_at=timezone.now())
        copies = times
        found += _compared(smallest, _measured())
    return found


def _of_offices() -> Iterator[Edition]:
    """Editions of the offices and of their cards."""
    readable = editions().readable(on=today()).prefetch_related("labels")
    yield from readable.of_kind(EditionKind.OFFICE)
    yield from readable.of_kind(EditionKind.CARD).filter(key__contains="/")


def _copied(edition: Edition, copy: int) -> Proposal:
    """The same office or card under another code of the office."""
    code = edition.key.rpartition("/")[2]
    other = f"{code}-{copy:02d}"
    labels = ((label.name, label.value) for label in edition.labels.all())
    return Proposal(
        kind=edition.kind,
        key=edition.key.replace(code, other),
        payload=bytes(edition.payload).replace(code.encode(), other.encode()),
        valid_from=edition.valid_from,
        labels=frozenset((name, other if value == code else value) for name, value in labels),
    )


def _measured() -> Size:
    cards = editions().of_kind(EditionKind.CARD).readable(on=today()).count()
    costs = {}
    for name in MEASURED:
        with tempfile.TemporaryDirectory() as directory:
            out = directory if FORMATS[name].folder else f"{directory}/katalog.{FORMATS[name].extension}"
            costs[name] = process_cost([sys.executable, "manage.py", "export", name, "--out", out])
        cost = costs[name]
        print(f"  {name}, {cards} kart: {cost.cpu_seconds:.1f} s CPU, {cost.peak_mb:.0f} MB", file=sys.stderr)
    return Size(cards=cards, costs=costs)


def _compared(small: Size, large: Size) -> Iterator[Measurement]:
    for name, cost in large.costs.items():
        before = small.costs[name]
        yield Measurement(
            name=f"{name}, {large.cards} kart: czas na kartę wobec {small.cards} kart",
            value=cost.cpu_seconds / large.cards / (before.cpu_seconds / small.cards),
            unit="razy",
            target=MOST_TIME,
        )
        yield Measurement(
            name=f"{name}, {large.cards} kart: szczyt pamięci wobec {small.cards} kart",
            value=cost.peak_mb / before.peak_mb,
            unit="razy",
            target=MOST_MEMORY,
        )
