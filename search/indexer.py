"""Keeping the index equal to the edition log.

The index is a projection: it stores the last sequence and the day it has seen, and everything after them is worked
in by a catch-up, whatever happened in between. Publishing never waits for it. Writing the same document twice
changes nothing, so work may be repeated after a kill.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from publication.reading import head_sequence
from search import generations, sources
from search.analysis import ANALYSIS_VERSION, Word
from search.changes import chain_at, documents_of, touched
from search.damage import IndexDamaged
from search.documents import DOCUMENT_FORMAT, SearchDocument, build
from search.engines import open_engine
from search.engines.protocol import Engine
from search.forms import FormIndex, FormSegment, collect, merged, write_segment
from search.generations import State
from search.places import Directory, known_offices
from service_catalog.published.reading import offices

logger = logging.getLogger(__name__)

MOST_SEGMENTS = 8
"""Form segments beside the first one, before they are merged into one."""


@dataclass(frozen=True)
class Outcome:
    """What a run did: services written and removed, the last sequence seen, and whether the index was built anew."""

    written: int
    removed: int
    sequence: int
    rebuilt: bool = False


@dataclass
class Vocabulary:
    """Lemmas and surfaces met while documents are written."""

    lemmas: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)

    def meet(self, words: Iterable[Word]) -> None:
        """Remember the words."""
        for word in words:
            self.surfaces.add(word.surface)
            self.lemmas.update(word.lemmas)


def index_root() -> Path:
    """The directory of the search index (`SEARCH_DIRECTORY`)."""
    return Path(settings.SEARCH_DIRECTORY)


def rebuild(*, on: datetime.date, progress: Callable[[int], None] = lambda count: None) -> Outcome:
    """Build a new generation from the whole log beside the old one and swap them. Raises `IndexBusy`."""
    root = index_root()
    with generations.writing(root):
        return _rebuild(root, on=on, progress=progress)


def catch_up(*, on: datetime.date) -> Outcome:
    """Work in what was recorded since the index last looked, and what begins or ends with the days since then.

    Builds the index when there is none, or when it is damaged or was analysed by other rules. Raises `IndexBusy`.
    """
    root = index_root()
    with generations.writing(root):
        generation = generations.current(root)
        state = generations.read_state(generation) if generation else None
        if generation is None or state is None or not _continues(generation, state):
            return _rebuild(root, on=on)
        try:
            return _catch_up(generation, state, on=on)
        except IndexDamaged:
            logger.exception("Indeks wyszukiwarki jest uszkodzony; buduję nowy.")
            return _rebuild(root, on=on)


@contextmanager
def _opened(generation: Path) -> Iterator[Engine]:
    """The engine of a generation, closed again whatever happens."""
    engine = open_engine(generation)
    engine.ensure()
    try:
        yield engine
    finally:
        engine.close()


def _rebuild(root: Path, *, on: datetime.date, progress: Callable[[int], None] = lambda count: None) -> Outcome:
    sequence = head_sequence()  # read first: what is recorded meanwhile is worked in again by the next catch-up
    generation = generations.begin(root)
    vocabulary, directory = Vocabulary(), Directory(offices=known_offices(offices(on=on)))

    def documents() -> Iterator[SearchDocument]:
        for count, source in enumerate(sources.all_sources(on=on), start=1):
            document = build(source)
            vocabulary.meet(document.words())
            directory.learn(document.names)
            yield document
            progress(count)

    with _opened(generation) as engine:
        written = engine.upsert(documents())
        engine.commit()
        write_segment(generation / "forms-0000.bin", collect(vocabulary.lemmas, vocabulary.surfaces))
        generations.write_directory(generation, directory)
        generations.write_state(generation, _state(engine, sequence, ("forms-0000.bin",), on=on))
    generations.swap(root, generation)
    return Outcome(written, 0, sequence, rebuilt=True)


def _catch_up(generation: Path, state: State, *, on: datetime.date) -> Outcome:
    news = touched(sequence=state.sequence, day=datetime.date.fromisoformat(state.day), on=on)
    if news.sequence == state.sequence and on.isoformat() == state.day:
        return Outcome(0, 0, news.sequence)
    found = {document.key: document for document in documents_of(news.symbols, on=on)}
    _update_directory(generation, found.values(), offices_changed=news.offices_changed, on=on)
    with _opened(generation) as engine:
        forms = _with_new_forms(generation, state.forms, found.values())
        removed = news.symbols - found.keys()
        if news.symbols:
            engine.delete(removed)
            engine.upsert(found.values())
            engine.commit()
        generations.write_state(generation, _state(engine, news.sequence, forms, on=on))
    return Outcome(len(found), len(removed), news.sequence)


def _update_directory(
    generation: Path, documents: Iterable[SearchDocument], *, offices_changed: bool, on: datetime.date
) -> None:
    """Write new names and offices; nothing when there are none, so that readers need not read them again."""
    directory = generations.read_directory(generation)
    new = [directory.learn(document.names) for document in documents]
    if offices_changed:
        directory.offices = known_offices(offices(on=on))
    if offices_changed or any(new):
        generations.write_directory(generation, directory)


def _state(engine: Engine, sequence: int, forms: tuple[str, ...], *, on: datetime.date) -> State:
    return State(
        sequence=sequence,
        chain=chain_at(sequence),
        day=on.isoformat(),
        document_format=DOCUMENT_FORMAT,
        analysis_version=ANALYSIS_VERSION,
        engine=engine.name,
        forms=forms,
    )


def _continues(generation: Path, state: State) -> bool:
    """Whether the index was made by the present rules, for the present engine, from the present log.

    A log that was emptied and filled again, or another database, has other chain values.
    """
    made_alike = (state.document_format, state.analysis_version) == (DOCUMENT_FORMAT, ANALYSIS_VERSION)
    return made_alike and state.engine == open_engine(generation).name and state.chain == chain_at(state.sequence)


def _with_new_forms(
    generation: Path, segments: tuple[str, ...], documents: Iterable[SearchDocument]
) -> tuple[str, ...]:
    """Names of form segments that cover the documents; a new segment is written when a word is new."""
    known = FormIndex(generation / name for name in segments)
    fresh = Vocabulary()
    met = {word for document in documents for word in document.words()}
    fresh.meet(word for word in met if not known.knows(word.folded, word.lemmas))
    if not fresh.surfaces:
        return segments
    entries = collect(fresh.lemmas, fresh.surfaces)
    first, *rest = segments
    if len(rest) >= MOST_SEGMENTS:
        entries = merged([*(FormSegment(generation / name).entries() for name in rest), entries])
        rest = []
    number = max(int(Path(name).stem.rpartition("-")[2]) for name in segments) + 1
    name = f"forms-{number:04d}.bin"
    write_segment(generation / name, entries)
    return (first, *rest, name)
