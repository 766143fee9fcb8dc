"""Keeping the index on an Elasticsearch server equal to the edition log.

The server's index is a projection like the embedded one, and beside it: publishing waits for neither. How far it has seen
the log stands on the server itself, so that an emptied server is filled anew, and one that was away is caught up.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import msgspec
from elasticsearch import Elasticsearch

from publication.reading import head_sequence
from search import generations, sources
from search.analysis import ANALYSIS_VERSION
from search.changes import chain_at, documents_of, touched
from search.documents import DOCUMENT_FORMAT, SearchDocument, build
from search.engines import open_engine
from search.engines.elasticsearch_documents import template
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_server import answering, connect
from search.engines.protocol import EngineUnavailable, Filters
from search.engines.server_address import ServerAddress, server_address
from search.indexer import Outcome, index_root
from search.planner import Clause, Evidence, Plan
from search.server import Report, name_of, write_report

WRITING_SECONDS = 30.0
"""How long the server may take over one bulk."""
CANARIES = 5
PROGRESS_ID = "current"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What the server's index has seen of the log, and by which rules it was made."""

    index: str
    sequence: int
    chain: str
    day: str
    document_format: int
    analysis_version: str


@dataclass(frozen=True)
class Mirror:
    """The index on one server: `address.alias` points to the current generation `alias-g…`."""

    address: ServerAddress
    client: Elasticsearch

    def catch_up(self, *, on: datetime.date, wait: bool = False) -> Outcome:
        """Work in what the log has new; build anew where that is impossible. With `wait`, until it can be found.

        Raises `EngineUnavailable`, `IndexBusy`.
        """
        with generations.writing(index_root() / "server"), answering():
            seen = self._progress()
            if seen is None or not self._continues(seen):
                return self._rebuild(on=on)
            news = touched(sequence=seen.sequence, day=datetime.date.fromisoformat(seen.day), on=on)
            documents = list(documents_of(news.symbols, on=on))
            removed = news.symbols - {document.key for document in documents}
            if news.symbols:
                engine = ElasticsearchEngine(self.client, seen.index, version=news.sequence, wait_for_refresh=wait)
                engine.delete(sorted(removed))
                engine.upsert(documents)
            if (news.sequence, on.isoformat()) != (seen.sequence, seen.day):
                self._write_progress(seen.index, news.sequence, on=on)
            self._report(news.sequence, on=on)
            return Outcome(len(documents), len(removed), news.sequence)

    def rebuild(self, *, on: datetime.date, progress: Callable[[int], None] = lambda count: None) -> Outcome:
        """Fill a new index beside the one that answers, prove it, then point the alias to it.

        Raises `EngineUnavailable`, `IndexBusy`.
        """
        with generations.writing(index_root() / "server"), answering():
            return self._rebuild(on=on, progress=progress)

    def engine(self) -> ElasticsearchEngine:
        """The engine behind the alias."""
        return ElasticsearchEngine(self.client, self.address.alias)

    def bring_up(self, *, on: datetime.date, whole: bool) -> Outcome:
        """Catch up; with `whole`, after an interruption, also count, and build anew what lost documents.

        Raises `EngineUnavailable`, `IndexBusy`.
        """
        outcome = self.catch_up(on=on)
        return self.rebuild(on=on) if whole and not self.in_step() else outcome

    def in_step(self) -> bool:
        """Whether the server still has the index and as many documents as the embedded one of the same day and log."""
        with answering():
            seen = self._progress()
            if seen is None or not self._continues(seen):
                return False
            generation = generations.current(index_root())
            state = generations.read_state(generation) if generation else None
            if generation is None or state is None or (state.sequence, state.day) != (seen.sequence, seen.day):
                return True
            engine = self.engine()
            engine.commit()
            return engine.count() == embedded_count(generation)

    def _rebuild(self, *, on: datetime.date, progress: Callable[[int], None] = lambda count: None) -> Outcome:
        sequence = head_sequence()
        index = self._begin()
        keys: set[str] = set()

        def documents() -> Iterator[SearchDocument]:
            for count, source in enumerate(sources.all_sources(on=on), start=1):
                keys.add(source.card.symbol)
                yield build(source)
                progress(count)

        ElasticsearchEngine(self.client, index, version=max(1, sequence)).upsert(documents())
        while (news := touched(sequence=sequence, day=on, on=on)).sequence != sequence:
            engine = ElasticsearchEngine(self.client, index, version=news.sequence)
            recorded = list(documents_of(news.symbols, on=on))
            engine.delete(sorted(news.symbols - {document.key for document in recorded}))
            engine.upsert(recorded)
            keys = (keys - news.symbols) | {document.key for document in recorded}
            sequence = news.sequence
        self._prove(index, keys, on=on)
        self._swap(index)
        self._write_progress(index, sequence, on=on)
        self._report(sequence, on=on)
        return Outcome(len(keys), 0, sequence, rebuilt=True)

    def _begin(self) -> str:
        """Create the next index of the alias. The name tells the rules of analysis."""
        alias = self.address.alias
        template(alias).save(using=self.client)
        numbers = [int(name.removeprefix(f"{alias}-g").partition("-")[0]) for name in self._generations()]
        index = f"{alias}-g{max(numbers, default=0) + 1:06d}-{ANALYSIS_VERSION}"
        self.client.indices.create(index=index)
        return index

    def _prove(self, index: str, keys: set[str], *, on: datetime.date) -> None:
        """Refuse a new index that has another number of documents, or does not find some cards by their titles."""
        engine = ElasticsearchEngine(self.client, index)
        engine.commit()
        if engine.count() != len(keys):
            raise EngineUnavailable(f"nowy indeks ma {engine.count()} usług zamiast {len(keys)}")
        ordered = sorted(keys)
        for key in ordered[:: max(1, len(ordered) // CANARIES)]:
            for document in documents_of(frozenset({key}), on=on):
                found = engine.retrieve(_by_title(document), Filters(), 100)
                if key not in {candidate.stored.key for candidate in found.candidates}:
                    raise EngineUnavailable(f"nowy indeks nie znajduje usługi {key} po jej tytule")

    def _swap(self, index: str) -> None:
        """Point the alias to the new index in one step, keep the index before it, delete older ones."""
        before = self._behind_alias()
        actions = [{"remove": {"index": name, "alias": self.address.alias}} for name in before]
        self.client.indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": self.address.alias}}])
        for name in set(self._generations()) - {index, *before}:
            self.client.indices.delete(index=name)

    def _generations(self) -> list[str]:
        return sorted(self.client.indices.get(index=f"{self.address.alias}-g*").body)

    def _behind_alias(self) -> list[str]:
        found = self.client.options(ignore_status=HTTPStatus.NOT_FOUND).indices.get_alias(name=self.address.alias)
        return sorted(found.body) if found.meta.status == HTTPStatus.OK else []

    def _continues(self, seen: Progress) -> bool:
        """Whether the server's index was made by the present rules from the present log, and is still there."""
        made_alike = (seen.document_format, seen.analysis_version) == (DOCUMENT_FORMAT, ANALYSIS_VERSION)
        return made_alike and seen.chain == chain_at(seen.sequence) and self._behind_alias() == [seen.index]

    def _progress(self) -> Progress | None:
        found = self.client.options(ignore_status=HTTPStatus.NOT_FOUND).get(index=self._progress_index, id=PROGRESS_ID)
        if found.meta.status != HTTPStatus.OK:
            return None
        return msgspec.convert(found["_source"], Progress)

    def _write_progress(self, index: str, sequence: int, *, on: datetime.date) -> None:
        progress = Progress(
            index=index,
            sequence=sequence,
            chain=chain_at(sequence),
            day=on.isoformat(),
            document_format=DOCUMENT_FORMAT,
            analysis_version=ANALYSIS_VERSION,
        )
        if not self.client.indices.exists(index=self._progress_index):
            self.client.indices.create(index=self._progress_index, mappings={"enabled": False})
        self.client.index(index=self._progress_index, id=PROGRESS_ID, document=msgspec.to_builtins(progress))

    def _report(self, sequence: int, *, on: datetime.date) -> None:
        report = Report(
            address=name_of(self.address),
            sequence=sequence,
            day=on.isoformat(),
            document_format=DOCUMENT_FORMAT,
            analysis_version=ANALYSIS_VERSION,
        )
        write_report(index_root(), report)

    @property
    def _progress_index(self) -> str:
        return f"{self.address.alias}-progress"


def mirror_of(search_url: str) -> Mirror:
    """The index on the server of `SEARCH_URL`, with a client that is patient enough to write."""
    address = server_address(search_url)
    return Mirror(address, connect(address, timeout_seconds=WRITING_SECONDS))


def embedded_count(generation: Path) -> int:
    """Number of documents in a generation of the embedded index."""
    engine = open_engine(generation)
    engine.ensure()
    return engine.count()


def report_trouble(address: ServerAddress, reason: str) -> None:
    """Tell the processes that answer to use the embedded index."""
    write_report(index_root(), Report(address=name_of(address), trouble=reason))


def _by_title(document: SearchDocument) -> Plan:
    """A plan of the words of the title, without an index of forms."""
    words = document.texts["title"]
    return Plan(
        " ".join(word.surface for word in words),
        tuple(Clause(word.surface, (Evidence("exact", word.surface, 1.0, "exact"),), 1.0) for word in words),
    )
