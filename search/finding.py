"""The search itself: question -> plan -> candidates -> order -> results, on one state of the index.

With an office or a place the services of the competent offices come first, each as the card of its office; the other
services follow in general form.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from search import generations, vocabulary
from search.choices import Choice, Namer, choices
from search.damage import IndexDamaged
from search.documents import DOCUMENT_FORMAT, FACETS, FacetName, Offer, Teaser, TextField
from search.engines import open_engine
from search.engines.protocol import EmbeddedEngine, Engine, EngineUnavailable, Filters
from search.families import Families
from search.forms import FormIndex
from search.generations import State
from search.highlighting import Highlighter
from search.indexer import index_root
from search.nearness import OfficeList, office_list, place_of, towards
from search.office_names import NO_OFFICES, OfficeNames, office_names
from search.places import Competent, Directory, OfficeName, competent_offices
from search.planner import Plan, Planner
from search.ranking import RERANKED, Ranked, rank
from search.server import configured, may_answer
from search.suggesting import Suggester
from search.synonyms import Vocabulary
from service_catalog.published.keys import office_card_key

logger = logging.getLogger(__name__)

DEEPEST = 1_000
"""Results that can be paged through."""
_teaser = msgspec.msgpack.Decoder(Teaser)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for. `place` is a TERYT code, `office` the code of an office; `offset` counts results."""

    text: str = ""
    place: str = ""
    office: str = ""
    filters: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    limit: int = 10
    offset: int = 0
    facets: bool = False
    snapshot: str = ""
    """The state of the index that the page before was read from."""
    keep_snapshot: bool = False
    """Whether the state is to be kept for later pages."""
    literal: bool = False
    """Whether words count only as they are written, so that neither a typing error nor a related word finds anything."""

    @property
    def begins_a_search(self) -> bool:
        """Whether this is the first page of words just typed, and neither a later page nor a narrowing by a filter."""
        return bool(self.text.strip()) and not self.filters and not self.offset


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One service found. `title_html` and `snippet` are escaped HTML with `<mark>`; `offices` counts who offers it.

    `competent` are the offices for the place when the place does not decide: several, or one that serves a part of it.
    """

    key: str
    symbol: str
    kind: str
    title: str
    title_html: str
    summary: str
    snippet: str
    office_type: str
    office: OfficeName | None
    competent: tuple[OfficeName, ...]
    offices: int
    matched_fields: tuple[TextField, ...]
    fee: str
    time: str
    url: str
    score: float
    ranked: Ranked


class FacetValue(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value of a facet with its Polish name and the number of services."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The results of one page. `next_offset` is None on the last page.

    `degraded` says that the embedded engine answers for a server that does not.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[FacetName, tuple[FacetValue, ...]] = field(default_factory=dict)
    did_you_mean: str = ""
    next_offset: int | None = None
    snapshot: str = ""
    index_ready: bool = True
    degraded: bool = False
    choices: tuple[Choice, ...] = ()
    offices: OfficeList = field(default_factory=OfficeList)
    plan: Plan = field(default_factory=lambda: Plan(""))


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A state of the index: the embedded engine, forms, families, and names with the identity of their file."""

    generation: Path
    engine: EmbeddedEngine
    forms: FormIndex
    families: Families
    directory: Directory
    directory_identity: tuple[int, int] | None
    office_names: OfficeNames

    @classmethod
    def of(cls, generation: Path, state: State, *, before: Loaded | None) -> Loaded:
        """Read a state of a generation; only what is new since the state `before` of the same generation."""
        known = before if before is not None and before.generation == generation else None
        forms = FormIndex((generation / name for name in state.forms), opened=known.forms if known else None)
        families = known.families if known else Families()
        identity = generations.identity_of_directory(generation)
        same = known is not None and known.directory_identity == identity
        directory = known.directory if known and same else generations.read_directory(generation)
        return cls(
            generation=generation,
            engine=known.engine.reopened() if known else _opened(generation),
            forms=forms,
            families=families.joined_by(forms.all_lemmas(without=known.forms if known else None)),
            directory=directory,
            directory_identity=identity,
            office_names=office_names(
                directory.offices,
                directory.names.get("office_type", {}),
                before=before.office_names if before else NO_OFFICES,
            ),
        )


def _opened(generation: Path) -> EmbeddedEngine:
    engine = open_engine(generation)
    engine.ensure()
    return engine


class Finder:
    """One generation of the index as loaded by this process: engine, forms, names and state.

    Plans come from the embedded index; answers from `chosen`, else from the configured server, else from the embedded
    index as well.
    """

    def __init__(
        self,
        generation: Path,
        state: State,
        *,
        chosen: Engine | None = None,
        vocabulary: Callable[[], Vocabulary] = vocabulary.current,
        before: Loaded | None = None,
    ) -> None:
        """Load a state of a generation; what is loaded of the same generation `before` is taken over."""
        self._chosen = chosen
        self._vocabulary = vocabulary
        self._loaded_at = time.monotonic()
        self.loaded = Loaded.of(generation, state, before=before)
        self._engine = self.loaded.engine
        self._suggester = Suggester(self._engine, self.loaded.directory)
        self.state = state

    def answer(self, question: Question) -> Answer:
        """Answer a question. A server that fails is replaced by the embedded engine, and the answer says so."""
        plan = self.plan(question.text, literal=question.literal)
        server = None if self._chosen else configured()
        if server is None:
            return self._answered(plan, question, self._chosen or self._engine)
        if may_answer(server, self.state, root=self.loaded.generation.parent, loaded_at=self._loaded_at):
            try:
                return server.guard.call(lambda: self._answered(plan, question, server.engine))
            except EngineUnavailable:
                pass  # the guard has told the log
        return replace(self._answered(plan, question, self._engine), degraded=True)

    def _answered(self, plan: Plan, question: Question, engine: Engine) -> Answer:
        """The answer as one engine gives it."""
        preferred = self._preferred(question)
        near = preferred if preferred.codes else self._near(plan)
        total, ranked = self._page(plan, question, preferred.codes, engine, near=near.codes)
        highlighter = Highlighter(plan)
        reached = question.offset + len(ranked)
        more = bool(ranked) and reached < min(total, DEEPEST)
        kept = question.snapshot or (engine.snapshot() if more and question.keep_snapshot else "")
        return Answer(
            total=total,
            hits=tuple(self._hit(item, plan, highlighter, near) for item in ranked),
            facets=self._facets(plan, question, engine) if question.facets else {},
            did_you_mean=plan.did_you_mean,
            choices=choices(plan.ambiguities, self._namer()),
            offices=office_list(
                plan.offices, chosen=question.place, directory=self.loaded.directory, competent=self._competent
            ),
            next_offset=reached if more else None,
            snapshot=kept,
            plan=plan,
        )

    def plan(self, text: str, *, literal: bool = False) -> Plan:
        """What to look for, on the present state of the index; `literal` as in `Question`."""
        return self._planner(literal=literal).plan(text)

    def suggest(self, prefix: str, limit: int) -> list[str]:
        """Names of services, offices and hints that begin with what was typed, and what others asked for and found."""
        return self._suggester.suggest(prefix, limit, self._vocabulary()) if prefix.strip() else []

    def names(self, facet: FacetName) -> dict[str, str]:
        """Known values of a facet with their names."""
        if facet == "office":
            return {code: office.name for code, office in self.loaded.directory.offices.items()}
        return dict(self.loaded.directory.names.get(facet, {}))

    def _planner(self, *, literal: bool) -> Planner:
        """A planner that asks the engine once for each lemma."""
        return Planner(
            forms=self.loaded.forms,
            frequency=lru_cache(self._engine.frequency),
            occurs=self._engine.occurs,
            documents=self._engine.count(),
            vocabulary=self._vocabulary(),
            relatives=self.loaded.families,
            together=self._engine.together,
            literal=literal,
            offices=self.loaded.office_names,
        )

    def _namer(self) -> Namer:
        types = self.loaded.directory.names.get("office_type", {})
        return Namer(self._engine.occurs, self._title, lambda code: types.get(code, ""))

    def _title(self, symbol: str) -> str:
        """The title of a service in the index; empty when it is not there."""
        stored = self._engine.document(symbol)
        return _teaser.decode(stored.teaser).title if stored else ""

    def _preferred(self, question: Question) -> Competent:
        """Offices whose cards come first."""
        if question.office:
            return Competent((question.office,))
        return self._competent(question.place) if question.place else Competent()

    def _near(self, plan: Plan) -> Competent:
        """Offices competent for the place that the query itself names."""
        place = place_of(plan.offices)
        return self._competent(place) if place else Competent()

    def _competent(self, place: str) -> Competent:
        return competent_offices(self.loaded.directory.offices.values(), place)

    def _page(
        self,
        plan: Plan,
        question: Question,
        preferred: tuple[str, ...],
        engine: Engine,
        *,
        near: tuple[str, ...],
    ) -> tuple[int, list[Ranked]]:
        """Total and the results of the page: first services of the preferred offices, then the others.

        Among local cards those of the offices `near` to the place come first.
        """
        filters = Filters(question.filters)
        parts = [filters.offered_by(preferred), filters.not_offered_by(preferred)] if preferred else [filters]
        total, results = 0, []
        start, wanted = question.offset, question.limit
        for part in parts:
            found = engine.retrieve(plan, part, max(RERANKED, min(start + wanted, DEEPEST)), question.snapshot)
            count, ranked = found.total, rank(plan, found.candidates)
            ranked = towards(near, ranked) if near else ranked
            results += ranked[start : start + wanted]
            wanted = question.limit - len(results)
            start = max(0, start - count)
            total += count
        return total, results

    def _hit(self, ranked: Ranked, plan: Plan, highlighter: Highlighter, preferred: Competent) -> Hit:
        teaser = _teaser.decode(ranked.candidate.stored.teaser)
        offers = {offer.code: offer for offer in teaser.offers}
        competent = [code for code in preferred.codes if code in offers]
        code = teaser.office or preferred.decided(competent)
        offer = offers.get(code, Offer(code))
        key = office_card_key(teaser.symbol, code) if code else teaser.symbol
        return Hit(
            key=key,
            symbol=teaser.symbol,
            kind="local" if teaser.kind == "local" else ("office" if code else "model"),
            title=teaser.title,
            title_html=highlighter.marked(teaser.title),
            summary=teaser.summary,
            snippet=highlighter.snippet(teaser.summary),
            office_type=teaser.office_type,
            office=self._office(code, preferred) if code else None,
            competent=() if code else tuple(self._office(each, preferred) for each in competent),
            offices=max(len(teaser.offers), 1 if teaser.office else 0),
            matched_fields=ranked.matched_fields,
            fee=offer.fee or teaser.fee,
            time=offer.time or teaser.time,
            url=f"/karta/{key}/",
            score=round(ranked.score, 4),
            ranked=ranked,
        )

    def _office(self, code: str, preferred: Competent) -> OfficeName:
        name = self.loaded.directory.name("office", code)
        return OfficeName(code=code, name=name, districts=preferred.partly.get(code, ()))

    def _facets(self, plan: Plan, question: Question, engine: Engine) -> dict[FacetName, tuple[FacetValue, ...]]:
        counts = engine.facets(plan, Filters(question.filters), FACETS)
        return {facet: self._values(facet, counts[facet]) for facet in FACETS}

    def _values(self, facet: FacetName, counts: dict[str, int]) -> tuple[FacetValue, ...]:
        """Commonest first; of topics only the first level."""
        name = self.loaded.directory.name
        ordered = sorted((-count, name(facet, value), value) for value, count in counts.items() if "/" not in value)
        return tuple(FacetValue(value=value, name=named, count=-negative) for negative, named, value in ordered)


class FinderOfProcess:
    """The one finder of this process, loaded again whenever the indexer has committed."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._identity: tuple[Path, tuple[str, int, int] | None] | None = None
        self._finder: Finder | None = None

    def get(self) -> Finder | None:
        """The finder for the newest commit, None when there is no usable index."""
        root = index_root()
        identity = (root, generations.identity(root))
        if identity != self._identity:
            with self._loading:
                if identity != self._identity:
                    self._finder = _load(root, before=self._finder.loaded if self._finder else None)
                    self._identity = identity
        return self._finder


_finders = FinderOfProcess()


def finder() -> Finder | None:
    """The finder for the newest commit, None when there is no usable index."""
    return _finders.get()


def find(question: Question) -> Answer:
    """Answer a question; without a usable index the answer is empty and says so."""
    ready = finder()
    return ready.answer(question) if ready else Answer(index_ready=False)


def _load(root: Path, *, before: Loaded | None) -> Finder | None:
    generation = generations.current(root)
    state = generations.read_state(generation) if generation else None
    if generation is None or state is None or state.document_format != DOCUMENT_FORMAT:
        return None
    try:
        return Finder(generation, state, before=before)
    except IndexDamaged as damage:
        logger.error("%s", damage)
        return None
