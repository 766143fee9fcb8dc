"""The embedded engine: tantivy in a directory.

Texts arrive analysed and are split at white space only. Each text field exists three times: lemmas, exact and
undiacritised surfaces. Only one process may write (the indexer's file lock sees to it); readers follow commits by
`refresh`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from search.analysis import folded
from search.damage import IndexDamaged
from search.documents import TEXT_FIELDS, FacetName, SearchDocument
from search.engines.protocol import Candidate, Filters, Retrieved, StoredDocument
from search.engines.tantivy_documents import SEPARATOR, fields_of, schema, stored_document, together
from search.engines.tantivy_merging import let_merges_wait
from search.engines.terms import (
    LEVEL_OF_SYMBOLS,
    MOST_FACET_VALUES,
    SUGGESTED_FIRST,
    TIE_BREAKER,
    weighted_terms,
)
from search.planner import Clause, Plan

logger = logging.getLogger(__name__)

WRITER_MEMORY: Final = 32_000_000
SUGGESTION_POOL: Final = 50
REMEMBERED_DOCUMENTS: Final = 2_000
MOST_SETS: Final = 5_000
"""Different sets of values of one facet up to which counting whole sets is exact and worth while."""


class View:
    """One commit as readers see it, with the documents already read: their addresses hold for one commit only."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._remembered: dict[tuple[int, int], StoredDocument] = {}

    def stored(self, address: tantivy.DocAddress) -> StoredDocument:
        """The stored fields of a document."""
        place = (address.segment_ord, address.doc)
        known = self._remembered.get(place)
        if known is not None:
            return known
        stored = stored_document(self.searcher.doc(address))
        if len(self._remembered) < REMEMBERED_DOCUMENTS:
            self._remembered[place] = stored
        return stored


class TantivyEngine:
    """An `Engine` on one directory."""

    name = "tantivy"

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._schema = schema()
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._view: View | None = None

    def ensure(self) -> None:
        """Create or open the index. Raises `IndexDamaged` when it cannot be opened."""
        self._directory.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(self._schema, path=str(self._directory), reuse=True)
            index.config_reader("manual")
        except (ValueError, OSError) as error:
            raise IndexDamaged(self._directory.name, str(error)) from error
        self._index = index
        self.refresh()

    def reopened(self) -> TantivyEngine:
        """An engine on the last commit. Opening the index once more, as `ensure` does, takes several times as long.

        Raises `IndexDamaged`.
        """
        engine = TantivyEngine(self._directory)
        engine._index = self._opened()
        try:
            engine.refresh()
        except (ValueError, OSError) as error:
            raise IndexDamaged(self._directory.name, str(error)) from error
        return engine

    def upsert(self, documents: Iterable[SearchDocument]) -> int:
        """Write documents in place of those with equal keys."""
        writer, written = self._writing(), 0
        for document in documents:
            writer.delete_documents_by_term("key", document.key)
            writer.add_document(tantivy.Document.from_dict(fields_of(document), self._schema))
            written += 1
        return written

    def delete(self, keys: Iterable[str]) -> None:
        """Remove documents by key."""
        writer = self._writing()
        for key in keys:
            writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Commit on disk."""
        if self._writer is not None:
            self._writer.commit()

    def close(self) -> None:
        """Let merges that a commit began finish, drop what was not committed, and give the directory's lock back.

        A rollback would end the merges as well: every commit would leave one more segment for ever.
        """
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.wait_merging_threads()
            except (ValueError, OSError):  # a full disk, say: what was to be merged is all still there
                logger.exception("Nie udało się scalić części indeksu wyszukiwarki; działa bez tego.")

    def refresh(self) -> None:
        """Read from the last commit onwards. Threads in the middle of a search finish on the state they began with."""
        index = self._opened()
        index.reload()
        self._view = View(index.searcher())

    def snapshot(self) -> str:
        """Empty: pages follow the newest commit."""
        return ""

    def retrieve(self, plan: Plan, filters: Filters, limit: int, snapshot: str = "") -> Retrieved:
        """The best documents by BM25, or all documents by title for an empty plan."""
        view = self._reading()
        query = self._query(plan, filters)
        if plan.lists_everything:
            found = view.searcher.search(query, limit, order_by_field="sort_title", order=tantivy.Order.Asc)
        else:
            found = view.searcher.search(query, limit)
        candidates = [
            Candidate(view.stored(address), 0.0 if plan.lists_everything else float(score))
            for score, address in found.hits
        ]
        total: int = found.count  # type: ignore[attr-defined] # left out of the stubs of tantivy 0.27
        return Retrieved(total, candidates)

    def facets(self, plan: Plan, filters: Filters, names: Sequence[FacetName]) -> dict[FacetName, dict[str, int]]:
        """Counts by aggregation: one for all facets without a filter of their own, one more for each facet with one."""
        searcher = self._reading().searcher
        free = [name for name in names if name not in filters.values]
        counts: dict[FacetName, dict[str, int]] = {}
        for group in ([free] if free else []) + [[name] for name in names if name in filters.values]:
            counts |= _counted(searcher, self._query(plan, filters.ignoring(group[0]), scored=False), group)
        return counts

    def suggest(self, prefix: str, limit: int) -> list[str]:
        """Level by level; within one names of many cards first, then shorter ones, and symbols in their order.

        Terms of deleted documents are excluded by the filter query.
        """
        searcher, texts = self._reading().searcher, dict[str, None]()
        for level in SUGGESTED_FIRST:
            found = searcher.terms_with_prefix(
                "suggestion", level + folded(prefix), filter_query=tantivy.Query.all_query(), limit=SUGGESTION_POOL
            )
            named = [(-count, term.split(SEPARATOR, 1)[1]) for term, count in found if count]
            if level != LEVEL_OF_SYMBOLS:
                named.sort(key=lambda item: (item[0], len(item[1]), item[1]))
            texts.update(dict.fromkeys(text for _, text in named))
            if len(texts) >= limit:
                break
        return list(texts)[:limit]

    def frequency(self, lemma: str) -> int:
        """Document frequency in all fields."""
        return self._reading().searcher.doc_freq("any_lemma", lemma)

    def occurs(self, lemma: str) -> bool:
        """Whether a search for the lemma finds anything."""
        query = tantivy.Query.term_query(self._schema, "any_lemma", lemma, "basic")
        return bool(self._reading().searcher.search(query, 1, count=False).hits)

    def together(self, first: str, second: str) -> int:
        """Documents that have both lemmas in their titles or keywords."""
        named = [
            tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, f"{name}_lemma", lemma, "basic"))
                    for name in ("title", "keywords")
                ]
            )
            for lemma in (first, second)
        ]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in named])
        found: int = self._reading().searcher.search(query, 1).count  # type: ignore[attr-defined] # as above
        return found

    def document(self, key: str) -> StoredDocument | None:
        """The document of a key."""
        view = self._reading()
        found = view.searcher.search(tantivy.Query.term_query(self._schema, "key", key, "basic"), 1, count=False).hits
        return view.stored(found[0][1]) if found else None

    def documents(self) -> Iterator[StoredDocument]:
        """All stored documents, in no order."""
        view = self._reading()
        if view.searcher.num_docs:
            for _, address in view.searcher.search(tantivy.Query.all_query(), view.searcher.num_docs).hits:
                yield view.stored(address)

    def count(self) -> int:
        """Number of documents."""
        return self._reading().searcher.num_docs

    def health(self) -> str:
        """Empty, or why the index cannot be read."""
        try:
            self._reading().searcher.search(tantivy.Query.all_query(), 1)
        except (ValueError, OSError, IndexDamaged) as error:
            return str(error)
        return ""

    def stats(self) -> dict[str, int]:
        """Documents, segments and bytes on disk."""
        size = sum(path.stat().st_size for path in self._directory.iterdir() if path.is_file())
        return {"documents": self.count(), "segments": self._reading().searcher.num_segments, "bytes": size}

    def _opened(self) -> tantivy.Index:
        if self._index is None:
            raise IndexDamaged(self.name, "indeks nie jest otwarty")
        return self._index

    def _reading(self) -> View:
        if self._view is None:
            raise IndexDamaged(self.name, "indeks nie jest otwarty")
        return self._view

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._opened().writer(WRITER_MEMORY, 1)
            let_merges_wait()
        return self._writer

    def _query(self, plan: Plan, filters: Filters, *, scored: bool = True) -> tantivy.Query:
        """Any clause of the plan, within the filters; filters add nothing to the score."""
        if plan.lists_everything:
            wanted = tantivy.Query.all_query()
        elif plan.clauses:
            wanted = self._any(plan) if scored else self._matching(plan)
        else:
            return tantivy.Query.empty_query()
        parts = [(tantivy.Occur.Must, wanted)]
        for facet, values in filters.values.items():
            within = tantivy.Query.term_set_query(self._schema, facet, list(values))
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)))
        if filters.without_offices:
            unwanted = tantivy.Query.term_set_query(self._schema, "office", list(filters.without_offices))
            parts.append((tantivy.Occur.MustNot, unwanted))
        return tantivy.Query.boolean_query(parts) if len(parts) > 1 else wanted

    def _any(self, plan: Plan) -> tantivy.Query:
        """Any clause that finds; the others add to the score."""
        clauses = [(tantivy.Occur.Should, self._clause(clause)) for clause in plan.clauses]
        if plan.finding is None:
            return tantivy.Query.boolean_query(clauses)
        found = tantivy.Query.boolean_query([clauses[index] for index in plan.finding])
        others = [clause for index, clause in enumerate(clauses) if index not in plan.finding]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, found), *others])

    def _matching(self, plan: Plan) -> tantivy.Query:
        """The same documents without scores: one list of postings per lemma instead of one per field.

        A document with the exact surface of a word has its lemmas as well, and they are evidence of the same clause. Single terms,
        because a set of terms would walk through the whole dictionary of its field.
        """
        clauses = plan.clauses if plan.finding is None else [plan.clauses[index] for index in plan.finding]
        evidence = {(item.kind, item.term) for clause in clauses for item in clause.evidence}
        places = [("any_lemma", term) for kind, term in evidence if kind == "lemma"]
        places += [(f"{name}_folded", term) for kind, term in evidence if kind == "folded" for name in TEXT_FIELDS]
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, "basic"))
                for field, term in places
            ]
        )

    def _clause(self, clause: Clause) -> tantivy.Query:
        terms = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, "freq"), boost)
            for field, term, boost in weighted_terms(clause)
        ]
        return tantivy.Query.disjunction_max_query(terms, TIE_BREAKER)


def _counted(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[FacetName]
) -> dict[FacetName, dict[str, int]]:
    """Numbers of documents per value of facets, counted by sets, or by values where there are too many different sets."""
    wanted = {name: {"terms": {"field": together(name), "size": MOST_SETS}} for name in names}
    found = searcher.aggregate(query, wanted)
    complete = [name for name in names if not found[name]["sum_other_doc_count"]]
    counts: dict[FacetName, dict[str, int]] = {}
    for name in complete:
        values: dict[str, int] = {}
        for bucket in found[name]["buckets"]:
            for value in _values_together(bucket["key"]):
                values[value] = values.get(value, 0) + bucket["doc_count"]
        counts[name] = values
    others = [name for name in names if name not in counts]
    if others:
        wanted = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in others}
        found = searcher.aggregate(query, wanted)
        for name in others:
            counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
    return counts


@lru_cache(maxsize=MOST_SETS)
def _values_together(text: str) -> tuple[str, ...]:
    """The values of a set, which comes again with nearly every query."""
    return tuple(text.split(SEPARATOR))
