"""Proof that the index equals the log: every document is built again and compared with what the engine stores."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search import generations, sources
from search.damage import IndexDamaged
from search.documents import build
from search.engines import open_engine
from search.engines.protocol import Engine, EngineUnavailable, StoredDocument
from search.indexer import index_root
from search.places import known_offices
from service_catalog.published.reading import offices


@dataclass(frozen=True)
class Difference:
    """One way in which the index is not the log. `key` is a card symbol, or empty for the whole index."""

    key: str
    reason: str


def differences(*, on: datetime.date, progress: Callable[[int], None] = lambda count: None) -> list[Difference]:
    """All differences between the log as in force on the day and the index; empty when they are equal."""
    generation = generations.current(index_root())
    if generation is None:
        return [Difference("", "nie ma indeksu: zbuduj go poleceniem search_index rebuild")]
    try:
        engine = open_engine(generation)
        engine.ensure()
        found = _compared(engine.documents(), on=on, progress=progress)
    except IndexDamaged as damage:
        return [Difference("", str(damage))]
    if generations.read_directory(generation).offices != known_offices(offices(on=on)):
        found.append(Difference("", "spis urzędów w indeksie różni się od dziennika"))
    return found


def differences_on_server(
    engine: Engine, *, on: datetime.date, progress: Callable[[int], None] = lambda count: None
) -> list[Difference]:
    """All differences between the log and the index on a server; a server that does not answer is one, too."""
    try:
        engine.commit()
        return _compared(engine.documents(), on=on, progress=progress)
    except EngineUnavailable as unavailable:
        return [Difference("", str(unavailable))]


def _compared(
    documents: Iterable[StoredDocument], *, on: datetime.date, progress: Callable[[int], None]
) -> list[Difference]:
    """Build every document of the log again and compare it with the stored one."""
    stored: dict[str, StoredDocument] = {}
    found: list[Difference] = []
    for document in documents:
        if document.key in stored:
            found.append(Difference(document.key, "usługa jest w indeksie dwa razy"))
        stored[document.key] = document
    for count, source in enumerate(sources.all_sources(on=on), start=1):
        expected = build(source)
        reason = _reason(
            StoredDocument(expected.key, expected.sequence, expected.source_hash, expected.teaser, expected.numbers),
            stored.pop(expected.key, None),
        )
        if reason:
            found.append(Difference(expected.key, reason))
        progress(count)
    return found + [Difference(key, "jest w indeksie, a nie obowiązuje w dzienniku") for key in sorted(stored)]


def _reason(expected: StoredDocument, stored: StoredDocument | None) -> str:
    """What is wrong with one document; empty when nothing is."""
    if stored is None:
        return "brakuje jej w indeksie"
    if stored.source_hash != expected.source_hash:
        return "w indeksie jest inna wersja niż w dzienniku"
    if (stored.teaser, stored.numbers) != (expected.teaser, expected.numbers):
        return "zapis w indeksie nie zgadza się z treścią wydania"
    return ""
