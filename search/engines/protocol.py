"""What every search engine can do for the catalogue.

An engine serves one generation of the index. A rebuild fills a new generation beside the old one with `ensure` and
`upsert`; the swap of generations belongs to `search.generations`, because forms and names change together with the
engine's index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from search.documents import FacetName, SearchDocument
from search.planner import Plan


class EngineUnavailable(RuntimeError):
    """The server does not answer, or answers what cannot be read. The message says which and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Serwer wyszukiwarki nie odpowiada poprawnie: {reason}. Sprawdź SEARCH_URL i stan serwera.")


@dataclass(frozen=True)
class Filters:
    """Values per facet: any of the values of one facet, all of the facets. `without_offices` are offices not wanted."""

    values: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    without_offices: tuple[str, ...] = ()

    def ignoring(self, name: FacetName) -> Filters:
        """The same filters without the facet's own: what multi-select counts are made with."""
        kept = {facet: values for facet, values in self.values.items() if facet != name}
        return Filters(kept, self.without_offices)

    def offered_by(self, offices: Sequence[str]) -> Filters:
        """The same filters for services of any of the offices."""
        return Filters({**self.values, "office": tuple(offices)}, self.without_offices)

    def not_offered_by(self, offices: Sequence[str]) -> Filters:
        """The same filters for services of none of the offices."""
        return Filters(self.values, tuple(offices))


class StoredDocument(msgspec.Struct, frozen=True):
    """The stored part of a document."""

    key: str
    sequence: int
    source_hash: str
    teaser: bytes
    numbers: bytes


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A document found by an engine, with the engine's own score."""

    stored: StoredDocument
    score: float


@dataclass(frozen=True)
class Retrieved:
    """The first candidates and the number of all documents found."""

    total: int
    candidates: list[Candidate]


class Engine(Protocol):
    """One engine on one generation of the index. Reading is safe from several threads; one process writes."""

    name: str

    def ensure(self) -> None:
        """Create an empty index where there is none. Raises `IndexDamaged` when what is there cannot be opened."""

    def upsert(self, documents: Iterable[SearchDocument]) -> int:
        """Write documents in place of those with equal keys; not visible before `commit`. Returns their number."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove documents by key; not visible before `commit`."""

    def commit(self) -> None:
        """Make everything written durable, then visible to readers that `refresh`."""

    def close(self) -> None:
        """Give the writer's memory and lock back; what was not committed is dropped."""

    def refresh(self) -> None:
        """Read from the last commit onwards."""

    def snapshot(self) -> str:
        """A state of the index that later pages can ask for; empty when the engine keeps none."""

    def retrieve(self, plan: Plan, filters: Filters, limit: int, snapshot: str = "") -> Retrieved:
        """The best documents for a plan; for an empty plan all documents by title, with score 0."""

    def facets(self, plan: Plan, filters: Filters, names: Sequence[FacetName]) -> dict[FacetName, dict[str, int]]:
        """Numbers of documents per value; each facet ignores its own filter."""

    def documents(self) -> Iterator[StoredDocument]:
        """All stored documents."""

    def count(self) -> int:
        """Number of documents."""

    def health(self) -> str:
        """Empty when the engine answers, else what is wrong."""

    def stats(self) -> dict[str, int]:
        """Figures for operators: documents, segments, bytes."""


class EmbeddedEngine(Engine, Protocol):
    """The engine that is always there: it also knows the words that plans and suggestions are made from.

    Plans are made here whichever engine answers, so that both are asked for the same.
    """

    def reopened(self) -> EmbeddedEngine:
        """An engine on the last commit, while this one goes on reading the commit that it reads. Raises `IndexDamaged`."""

    def suggest(self, prefix: str, limit: int) -> list[str]:
        """Titles and everyday names in which a word begins with the folded prefix."""

    def frequency(self, lemma: str) -> int:
        """Number of documents with the lemma in any field; an upper bound after deletions."""

    def occurs(self, lemma: str) -> bool:
        """Whether any document that is not deleted has the lemma."""

    def together(self, first: str, second: str) -> int:
        """Number of documents that have both lemmas in their titles or keywords."""

    def document(self, key: str) -> StoredDocument | None:
        """The stored document of a key, None when there is none."""
