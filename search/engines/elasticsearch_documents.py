"""How a search document is kept in Elasticsearch: its mapping, the index template, and reading it back.

Texts arrive as terms, so the built-in `whitespace` analyzer is all that is needed: any cluster works without a plugin.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Binary, ComposableIndexTemplate, Document, Index, Keyword, Long, MetaField, Text

from search.documents import FACETS, TEXT_FIELDS, SearchDocument
from search.engines.protocol import StoredDocument
from search.engines.terms import KINDS, analysed

REFRESH_INTERVAL = "500ms"
"""Set explicitly: visible within a second, also after the index was idle."""
LONGEST_PAGE = 10_000


class ServiceDocument(Document):
    """One service. The fields of terms are added below: five texts times three kinds of evidence."""

    key = Keyword()
    sequence = Long(index=False)
    source_hash = Keyword(index=False)
    sort_title = Keyword(index=False)
    teaser = Binary(doc_values=False)
    numbers = Binary(doc_values=False)

    class Meta:
        dynamic = MetaField("strict")

    class Index:
        settings = {
            "number_of_shards": 1,
            "refresh_interval": REFRESH_INTERVAL,
            "max_result_window": LONGEST_PAGE,
        }


for _facet in FACETS:
    ServiceDocument._doc_type.mapping.field(_facet, Keyword())  # type: ignore[attr-defined]
for _text in TEXT_FIELDS:
    for _kind in KINDS:
        ServiceDocument._doc_type.mapping.field(  # type: ignore[attr-defined]
            f"{_text}_{_kind}", Text(analyzer="whitespace", index_options="freqs")
        )


def index_named(name: str) -> Index:
    """The index of service documents under a name."""
    index: Index = ServiceDocument._index.clone(name=name)
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
