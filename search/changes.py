"""What the log says since an index last looked: the services to build again, and their documents.

Shared by the embedded index and by the one on a server; each remembers for itself how far it has seen.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from publication.models import EditionKind
from publication.reading import editions
from search import sources
from search.documents import SearchDocument, build

MANY_SYMBOLS = 400
"""From this many touched services on, one pass over all cards is quicker than asking for each."""
BATCH = 5_000
"""Log rows read at once."""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Symbols to build again, whether an office record changed, and the sequence reached."""

    symbols: frozenset[str]
    offices_changed: bool
    sequence: int


def touched(*, sequence: int, day: datetime.date, on: datetime.date) -> Touched:
    """What was recorded after `sequence`, and what begins or ends between the day last seen and `on`."""
    symbols: set[str] = set()
    offices_changed = False
    while rows := list(editions().after(sequence).values_list("sequence", "kind", "key")[:BATCH]):
        symbols.update(sources.symbol_of(key) for _, kind, key in rows if kind == EditionKind.CARD)
        offices_changed = offices_changed or any(kind == EditionKind.OFFICE for _, kind, _ in rows)
        sequence = rows[-1][0]
    if day != on:
        first, last = min(day, on), max(day, on)
        symbols |= sources.changing_between(first, last)
        offices_changed = offices_changed or sources.offices_change_between(first, last)
    return Touched(symbols=frozenset(symbols), offices_changed=offices_changed, sequence=sequence)


def documents_of(symbols: frozenset[str], *, on: datetime.date) -> Iterator[SearchDocument]:
    """Documents of the services that still have a card in force."""
    if len(symbols) > MANY_SYMBOLS:
        found = (source for source in sources.all_sources(on=on) if source.card.symbol in symbols)
    else:
        found = (source for source in sources.sources_of(symbols, on=on))
    return (build(source) for source in found)


def chain_at(sequence: int) -> str:
    """Chain value of a row of the log; empty when there is no such row. Another log has other chain values."""
    return editions().filter(sequence=sequence).values_list("chain", flat=True).first() or ""
