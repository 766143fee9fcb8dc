"""A temporary index of any corpus of cards, searched by the same planner, engine and re-ranker as the site."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from search import synonyms
from search.analysis import ANALYSIS_VERSION, Word, words
from search.documents import DOCUMENT_FORMAT, FACETS, SearchDocument, Suggestion, Teaser, TextField, term_numbers
from search.engines import open_engine
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_server import answering, connect
from search.engines.protocol import Engine
from search.engines.server_address import server_address
from search.finding import Finder
from search.forms import collect, write_segment
from search.generations import State, write_directory
from search.places import Directory
from search.quality import UnusableJudgements, read_lines

SERVER_SECONDS = 30.0
"""How long the server may take over one request."""


@dataclass(frozen=True, kw_only=True)
class CorpusCard:
    """A card of a corpus: what a judged query may find."""

    key: str
    title: str
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()


def read_cards(path: Path) -> list[CorpusCard]:
    """Cards of a file, one JSON object a line. Raises `UnusableJudgements` for a line without `id` or with a used one."""
    found: dict[str, CorpusCard] = {}
    for number, line in read_lines(path):
        key = str(line.get("id") or "")
        if not key or key in found:
            raise UnusableJudgements(f"{path.name}, wiersz {number}: brak pola id albo powtórzona wartość „{key}”.")
        keywords = line.get("keywords") or ()
        found[key] = CorpusCard(
            key=key,
            title=str(line.get("title") or ""),
            summary=str(line.get("summary") or ""),
            body=str(line.get("body") or ""),
            keywords=tuple(map(str, keywords)) if isinstance(keywords, (list, tuple)) else (str(keywords),),
        )
    if not found:
        raise UnusableJudgements(f"{path.name}: plik nie zawiera ani jednej karty.")
    return list(found.values())


@contextmanager
def temporary_finder(cards: list[CorpusCard], *, engine: str) -> Iterator[Finder]:
    """A finder on an index of exactly these cards; the index is removed at the end.

    `engine` is "tantivy" or "elasticsearch"; the latter needs the server of `SEARCH_URL`, and plans are made from an embedded index
    all the same. Raises `UnusableJudgements`, `EngineUnavailable`.
    """
    with tempfile.TemporaryDirectory(prefix="okienko-quality-") as name, _on_server(engine) as server:
        generation = Path(name) / "generation-000001"
        generation.mkdir()
        documents = [document(card) for card in cards]
        embedded = open_engine(generation)
        engines: list[Engine] = [embedded] if server is None else [embedded, server]
        for each in engines:
            each.ensure()
            each.upsert(documents)
            each.commit()
            each.close()
        met = [word for each in documents for word in each.words()]
        lemmas = {lemma for word in met for lemma in word.lemmas}
        write_segment(generation / "forms-0000.bin", collect(lemmas, {word.surface for word in met}))
        write_directory(generation, Directory())
        embedded.refresh()
        yield Finder(generation, _state(embedded.name), chosen=server or embedded, vocabulary=synonyms.shipped)


@contextmanager
def _on_server(engine: str) -> Iterator[ElasticsearchEngine | None]:
    """An empty index of a name of its own on the server, deleted at the end; None for the embedded engine."""
    if engine != ElasticsearchEngine.name:
        yield None
        return
    if not settings.SEARCH_URL:
        raise UnusableJudgements("Silnik elasticsearch wymaga serwera. Wpisz jego adres w ustawieniu SEARCH_URL.")
    address = server_address(settings.SEARCH_URL)
    client = connect(address, timeout_seconds=SERVER_SECONDS)
    index = f"{address.alias}-quality-{secrets.token_hex(6)}"
    try:
        yield ElasticsearchEngine(client, index)
    finally:
        with answering():
            client.options(ignore_status=404).indices.delete(index=index)
        client.close()


def document(card: CorpusCard) -> SearchDocument:
    """The search document of a card."""
    texts: dict[TextField, list[Word]] = {
        "title": words(card.title),
        "keywords": words("\n".join(card.keywords)),
        "summary": words(card.summary),
        "body": words(card.body),
        "local": [],
    }
    teaser = Teaser(symbol=card.key, kind="model", title=card.title, summary=card.summary, office_type="")
    return SearchDocument(
        key=card.key,
        sequence=1,
        source_hash="",
        sort_title=" ".join(word.folded for word in texts["title"]),
        texts=texts,
        facets=dict.fromkeys(FACETS, ()),
        suggestions=tuple(Suggestion(text) for text in (card.title, *card.keywords)),
        teaser=msgspec.msgpack.encode(teaser),
        numbers=msgspec.msgpack.encode(term_numbers(texts)),
    )


def _state(engine: str) -> State:
    return State(
        sequence=0,
        chain="",
        day="",
        document_format=DOCUMENT_FORMAT,
        analysis_version=ANALYSIS_VERSION,
        engine=engine,
        forms=("forms-0000.bin",),
    )
