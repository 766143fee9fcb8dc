"""An index of any number of services with the real vocabulary, without editions: to see how the search grows.

Each document takes its title, keywords, summary and body from four services of the demonstration, drawn repeatably. So every
word is as frequent among a million documents as it is in the catalogue, and the posting lists grow with the number of documents:
the hard case. Some thousand mixtures are analysed once; the documents are these mixtures with keys of their own.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import tantivy

from publication.calendar import today
from search import sources
from search.analysis import ANALYSIS_VERSION, Word
from search.documents import DOCUMENT_FORMAT, SearchDocument, Teaser, TextField, build, term_numbers
from search.engines.tantivy_documents import fields_of
from search.engines.tantivy_engine import TantivyEngine
from search.finding import Finder
from search.forms import collect, write_segment
from search.generations import State, write_directory
from search.places import Directory

SEED = 20_261_126
PER_COMMIT = 100_000
MIXTURES = 4_000
LONGEST_BODY = 160
"""Words of a body: a million longer ones would need more disk than a machine for tests has."""


_decoder = msgspec.msgpack.Decoder(Teaser)


@dataclass(frozen=True)
class Generated:
    """A finder on a generated index, and the bytes it takes on disk."""

    finder: Finder
    bytes_on_disk: int


@contextmanager
def generated(count: int) -> Iterator[Generated]:
    """An index of `count` documents in a temporary directory, removed at the end."""
    real = [build(source) for source in sources.all_sources(on=today())]
    with tempfile.TemporaryDirectory(prefix="okienko-bench-index-") as name:
        generation = Path(name) / "generation-000001"
        generation.mkdir()
        engine = _Filled(generation / "tantivy")
        engine.ensure()
        mixtures = _mixtures(real, min(count, MIXTURES))
        for start in range(0, count, PER_COMMIT):
            engine.fill(mixtures, range(start, min(count, start + PER_COMMIT)))
            engine.commit()
            print(f"… {min(count, start + PER_COMMIT)} z {count} usług w indeksie", file=sys.stderr)
        engine.close()
        met = {word for document in real for word in document.words()}
        lemmas = {lemma for word in met for lemma in word.lemmas}
        write_segment(generation / "forms-0000.bin", collect(lemmas, {word.surface for word in met}))
        directory = Directory()
        for document in real:
            directory.learn(document.names)
        write_directory(generation, directory)
        size = sum(path.stat().st_size for path in generation.rglob("*") if path.is_file())
        yield Generated(Finder(generation, _state(engine.name), chosen=None), size)


class _Filled(TantivyEngine):
    """The engine of the site, filled from fields that are analysed already."""

    def fill(self, mixtures: list[dict[str, Any]], numbers: range) -> None:
        """Add documents by number; the same number is the same document in every run."""
        writer = self._writing()
        for number in numbers:
            key = f"BENCH-{number:07d}"
            fields = {**mixtures[number % len(mixtures)], "key": key, "sequence": number, "sort_title": key}
            writer.add_document(tantivy.Document.from_dict(fields, self._schema))


def _mixtures(real: list[SearchDocument], count: int) -> list[dict[str, Any]]:
    """Analysed fields of mixed documents."""
    draw = Random(SEED)
    found = []
    for number in range(count):
        named, known, short, long = (real[draw.randrange(len(real))] for _ in range(4))
        texts: dict[TextField, list[Word]] = {
            "title": named.texts["title"],
            "keywords": known.texts["keywords"],
            "summary": short.texts["summary"],
            "body": long.texts["body"][:LONGEST_BODY],
            "local": [],
        }
        teaser = _decoder.decode(named.teaser)
        summary = _decoder.decode(short.teaser).summary
        mixed = replace(
            named,
            key=str(number),
            texts=texts,
            teaser=msgspec.msgpack.encode(msgspec.structs.replace(teaser, summary=summary, offers=())),
            numbers=msgspec.msgpack.encode(term_numbers(texts)),
        )
        found.append(fields_of(mixed))
    return found


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
