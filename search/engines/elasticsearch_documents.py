"""How a search document is kept in Elasticsearch: its mapping, the index template, and reading it back.

Texts arrive as terms, so the built-in `whitespace` analyzer is all that is needed: any cluster works without a plugin.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import (
    Binary,
    ComposableIndexTemplate,
    Document,
    Index,
    Keyword,
    Long,
    Mapping,
    Text,
    mapped_field,
)

from search.documents import FACETS, TEXT_FIELDS, SearchDocument
from search.engines.protocol import StoredDocument
from search.engines.terms import KINDS, analysed

REFRESH_INTERVAL = "500ms"
"""Set explicitly: visible within a second, also after the index was idle."""
LONGEST_PAGE = 10_000


class ServiceDocument(Document):
    """What is read back of a service. Filters and fields of terms stand in the mapping only."""

    key: str = mapped_field(Keyword())
    sequence: int = mapped_field(Long(index=False))
    source_hash: str = mapped_field(Keyword(index=False))
    sort_title: str = mapped_field(Keyword(index=False))
    teaser: bytes = mapped_field(Binary(doc_values=False))
    numbers: bytes = mapped_field(Binary(doc_values=False))


def index_named(name: str) -> Index:
    """The index of service documents under a name."""
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for facet in FACETS:
        mapping.field(facet, Keyword())
    for text in TEXT_FIELDS:
        for kind in KINDS:
            mapping.field(f"{text}_{kind}", Text(analyzer="whitespace", index_options="freqs"))
    index = Index(name)
    index.settings(number_of_shards=1, refresh_interval=REFRESH_INTERVAL, max_result_window=LONGEST_PAGE)
    index.mapping(mapping)
    index.document(ServiceDocument)
    return index


def template(alias: str) -> ComposableIndexTemplate:
    """The template of all generations of an alias."""
    return index_named(alias).as_composable_template(alias, pattern=f"{alias}-g*", priority=200)


def source_of(document: SearchDocument) -> dict[str, Any]:
    """The document as the source that is sent; bytes as base64."""
    kept = ServiceDocument(
        key=document.key,
        sequence=document.sequence,
        source_hash=document.source_hash,
        sort_title=document.sort_title,
        teaser=document.teaser,
        numbers=document.numbers,
    )
    facets = {name: list(values) for name, values in document.facets.items()}
    return kept.to_dict() | facets | analysed(document)


def stored_document(hit: dict[str, Any]) -> StoredDocument:
    """The stored part of a document in an answer. Raises `ValueError` or `TypeError` when it is not one."""
    found = ServiceDocument.from_es(hit)
    return StoredDocument(found.key, found.sequence, found.source_hash, bytes(found.teaser), bytes(found.numbers))
