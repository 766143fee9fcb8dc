"""Keeping the index equal to the edition log.

The index is a projection: it stores the last sequence and the day it has seen, and everything after them is worked
in by a catch-up, whatever happened in between. Publishing never waits for it. Writing the same document twice
changes nothing, so work may be repeated after a kill.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

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


def rebuild(
    *, on: datetime.date, progress: Callable[[int], None] = lambda count: None, patience_seconds: float = 0.0
) -> Outcome:
    """Build a new generation from the whole log beside the old one and swap them.

    Raises `IndexBusy` when another process writes for longer than the patience.
    """
    root = index_root()
    with generations.writing(root, patience_seconds=patience_seconds):
        return _rebuild(root, on=on, progress=progress)


def catch_up(*, on: datetime.date, patience_seconds: float = 0.0) -> Outcome:
    """Work in what was recorded since the index last looked, and what begins or ends with the days since then.

    Builds the index when there is none, or when it is damaged or was analysed by other rules. Raises `IndexBusy` when another
    process writes for longer than the patience.
    """
    with Indexer(patience_seconds=patience_seconds) as indexer:
        return indexer.catch_up(on=on)


class Indexer:
    """The one writer of the index: from its first catch-up until `rest` it holds the lock and keeps the engine open.

    So several publications after one another wait neither for the engine to be opened again nor for the merges that the one
    before set off: they run on in their threads.
    """

    def __init__(self, *, patience_seconds: float = 0.0) -> None:
        self._patience = patience_seconds
        self._held = ExitStack()
        self._root: Path | None = None
        self._generation: Path | None = None
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.rest()

    @property
    def resting(self) -> bool:
        """Whether another process may write."""
        return self._root is None

    def catch_up(self, *, on: datetime.date) -> Outcome:
        """As `catch_up` of the module; the lock and the engine are kept for the next one."""
        root = self._root or index_root()
        if self._root is None:
            self._held.enter_context(generations.writing(root, patience_seconds=self._patience))
            self._root = root
        generation = generations.current(root)
        state = generations.read_state(generation) if generation else None
        if generation is None or state is None or not _continues(generation, state):
            return self._rebuilt(root, on=on)
        try:
            return _catch_up(generation, state, self._opened(generation), on=on)
        except IndexDamaged as damage:
            logger.error("%s Buduję nowy sam.", damage)
            return self._rebuilt(root, on=on)

    def rest(self) -> None:
        """Let merges finish, then give memory and lock back. What was not committed is dropped."""
        try:
            self._close()
        finally:
            self._root = None
            self._held.close()

    def _opened(self, generation: Path) -> Engine:
        """The engine of the generation, open."""
        if self._engine is None or self._generation != generation:
            self._close()
            engine = open_engine(generation)
            engine.ensure()
            self._engine, self._generation = engine, generation
        return self._engine

    def _rebuilt(self, root: Path, *, on: datetime.date) -> Outcome:
        self._close()
        return _rebuild(root, on=on)

    def _close(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
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

    engine = open_engine(generation)
    engine.ensure()
    with closing(engine):
        written = engine.upsert(documents())
        engine.commit()
        write_segment(generation / "forms-0000.bin", collect(vocabulary.lemmas, vocabulary.surfaces))
        generations.write_directory(generation, directory)
        generations.write_state(generation, _state(engine, sequence, ("forms-0000.bin",), on=on))
    generations.swap(root, generation)
    return Outcome(written, 0, sequence, rebuilt=True)


def _catch_up(generation: Path, state: State, engine: Engine, *, on: datetime.date) -> Outcome:
    news = touched(sequence=state.sequence, day=datetime.date.fromisoformat(state.day), on=on)
    if news.sequence == state.sequence and on.isoformat() == state.day:
        return Outcome(0, 0, news.sequence)
    found = {document.key: document for document in documents_of(news.symbols, on=on)}
    _update_directory(generation, found.values(), offices_changed=news.offices_changed, on=on)
    forms = _with_new_forms(generation, state.forms, found.values())
    removed = news.symbols - found.keys()
    if news.symbols:
        engine.delete(removed)
        engine.upsert(found.values())
        engine.commit()
    generations.write_state(generation, _state(engine, news.sequence, forms, on=on))
    engine.refresh()  # what the engine still reads of the state before could not be deleted from disk
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
