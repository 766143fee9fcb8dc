"""The Elasticsearch engine: one index, or the alias that points to the current one.

Writes carry the sequence of the log up to which they were built as an external version, so that a writer that was held
up never replaces what a later one wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.documents import FacetName, SearchDocument
from search.engines import elasticsearch_requests as requests
from search.engines.elasticsearch_documents import index_named, source_of, stored_document
from search.engines.elasticsearch_server import answering
from search.engines.protocol import Candidate, EngineUnavailable, Filters, Retrieved, StoredDocument
from search.planner import Plan

KEPT_ALIVE: Final = "1m"
"""How long the server keeps a point in time after each use."""
PAGE: Final = 1_000
REMEMBERED_DOCUMENTS: Final = 5_000
ONLY_HITS: Final = "hits.total.value,hits.hits._id,hits.hits._score,hits.hits.fields,timed_out,_shards.failed"


class _Total(msgspec.Struct):
    value: int


class _Fields(msgspec.Struct):
    source_hash: tuple[str]


class _Hit(msgspec.Struct):
    fields: _Fields
    id: str = msgspec.field(name="_id")
    score: float | None = msgspec.field(name="_score", default=None)


class _Hits(msgspec.Struct):
    total: _Total
    hits: list[_Hit] = []


class _Shards(msgspec.Struct):
    failed: int


class _Found(msgspec.Struct):
    hits: _Hits
    timed_out: bool
    shards: _Shards = msgspec.field(name="_shards")


class _Bucket(msgspec.Struct):
    key: str
    doc_count: int


class _Values(msgspec.Struct):
    buckets: list[_Bucket]


class _Filtered(msgspec.Struct):
    values: _Values


class _Counted(msgspec.Struct):
    aggregations: dict[str, _Filtered]
    timed_out: bool
    shards: _Shards = msgspec.field(name="_shards")


class ElasticsearchEngine:
    """An `Engine` on an index or alias. `version` is the sequence of the log that writes are built from.

    With `wait_for_refresh` a write returns when the next refresh has made it visible, instead of forcing a refresh of its own.

    Every method raises `EngineUnavailable` when the server does not answer as Elasticsearch does.
    """

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, index: str, *, version: int = 1, wait_for_refresh: bool = False) -> None:
        self._client = client
        self._index = index
        self._version = version
        self._refresh: dict[str, Any] = {"refresh": "wait_for"} if wait_for_refresh else {}
        self._remembered: dict[tuple[str, str], StoredDocument] = {}

    def ensure(self) -> None:
        """Create the index where there is none."""
        with answering():
            if not self._client.indices.exists(index=self._index):
                index_named(self._index).create(using=self._client)

    def upsert(self, documents: Iterable[SearchDocument]) -> int:
        """Write documents in place of those with equal keys, unless a later writer was here."""
        return self._write(
            {"_op_type": "index", "_id": document.key, "_source": source_of(document)} for document in documents
        )

    def delete(self, keys: Iterable[str]) -> None:
        """Remove documents by key, unless a later writer was here."""
        self._write({"_op_type": "delete", "_id": key} for key in keys)

    def commit(self) -> None:
        """Make everything written visible now; without it, the refresh interval of the index does."""
        with answering():
            self._client.indices.refresh(index=self._index)

    def close(self) -> None:
        """Nothing to give back: connections belong to the client."""

    def refresh(self) -> None:
        """Nothing to do: the server always answers from its newest refresh."""

    def snapshot(self) -> str:
        """Open a point in time, so that later pages show the same state of the index."""
        with answering():
            return str(self._client.open_point_in_time(index=self._index, keep_alive=KEPT_ALIVE)["id"])

    def retrieve(self, plan: Plan, filters: Filters, limit: int, snapshot: str = "") -> Retrieved:
        """The best documents by BM25, or all documents by title for an empty plan.

        A snapshot that the server has given up is left aside: the page then shows the present state.
        """
        with answering():
            request = requests.retrieval(plan, filters, limit)
            found = msgspec.convert(self._search(request, snapshot, filter_path=ONLY_HITS), _Found)
            _whole(timed_out=found.timed_out, failed=found.shards.failed)
            hits = found.hits.hits
            stored = self._stored([(hit.id, hit.fields.source_hash[0]) for hit in hits], snapshot)
            candidates = [Candidate(stored[hit.id], hit.score or 0.0) for hit in hits if hit.id in stored]
            return Retrieved(found.hits.total.value, candidates)

    def facets(self, plan: Plan, filters: Filters, names: Sequence[FacetName]) -> dict[FacetName, dict[str, int]]:
        """Counts of all facets in one request."""
        with answering():
            response = self._client.search(index=self._index, **requests.counting(plan, filters, names))
            counted = msgspec.convert(response.body, _Counted)
            _whole(timed_out=counted.timed_out, failed=counted.shards.failed)
            return {
                name: {bucket.key: bucket.doc_count for bucket in counted.aggregations[name].values.buckets}
                for name in names
            }

    def documents(self) -> Iterator[StoredDocument]:
        """All stored documents of one point in time."""
        with answering():
            snapshot, after = self.snapshot(), None
            while True:
                body = self._search(requests.walking(PAGE, after), snapshot)
                hits = body["hits"]["hits"]
                yield from (stored_document(hit) for hit in hits)
                if len(hits) < PAGE:
                    break
                after = hits[-1]["sort"]
            self._client.close_point_in_time(id=snapshot)

    def count(self) -> int:
        """Number of documents as of the last refresh."""
        with answering():
            return int(self._client.count(index=self._index)["count"])

    def health(self) -> str:
        """Empty, or why the index cannot be searched."""
        try:
            self.count()
        except EngineUnavailable as unavailable:
            return str(unavailable)
        return ""

    def stats(self) -> dict[str, int]:
        """Documents, segments and bytes on the server."""
        with answering():
            total = self._client.indices.stats(index=self._index)["_all"]["primaries"]
            return {
                "documents": self.count(),
                "segments": int(total["segments"]["count"]),
                "bytes": int(total["store"]["size_in_bytes"]),
            }

    def _search(self, request: requests.Request, snapshot: str, **options: Any) -> Any:
        if snapshot:
            within = {"id": snapshot, "keep_alive": KEPT_ALIVE}
            try:
                return self._client.search(**request, **options, pit=within).body
            except NotFoundError:
                if "search_after" in request:
                    raise
        if request.get("sort") == [{"_shard_doc": "asc"}]:
            raise EngineUnavailable("nie utrzymał punktu w czasie")
        return self._client.search(index=self._index, **request, **options).body

    def _stored(self, wanted: Sequence[tuple[str, str]], snapshot: str) -> dict[str, StoredDocument]:
        """Stored parts by key, from memory where the hash says that they are the same."""
        found = {key: self._remembered[key, sha] for key, sha in wanted if (key, sha) in self._remembered}
        missing = [key for key, _ in wanted if key not in found]
        if missing:
            body = self._search(requests.reading(missing), snapshot)
            read = [stored_document(hit) for hit in body["hits"]["hits"]]
            if len(self._remembered) + len(read) > REMEMBERED_DOCUMENTS:
                self._remembered = {}
            self._remembered |= {(document.key, document.source_hash): document for document in read}
            found |= {document.key: document for document in read}
        return found

    def _write(self, actions: Iterable[dict[str, Any]]) -> int:
        """Send actions in bulk; return how many took effect. What a later writer has done is left alone."""
        place = {"_index": self._index, "version": self._version, "version_type": "external_gte"}
        written = 0
        with answering():
            outcomes = streaming_bulk(
                self._client,
                (place | action for action in actions),
                raise_on_error=False,
                max_retries=0,
                **self._refresh,
            )
            for succeeded, outcome in outcomes:
                (result,) = outcome.values()
                if not succeeded and result["status"] not in {HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND}:
                    raise EngineUnavailable(f"odrzucił zapis „{result.get('_id')}”: {result.get('error')!r:.200}")
                written += succeeded
        return written


def _whole(*, timed_out: bool, failed: int) -> None:
    """Refuse an answer that misses some shards. Raises `EngineUnavailable`."""
    if timed_out or failed:
        raise EngineUnavailable("odpowiedź jest niepełna")
