"""What the embedded engine keeps of a document: the fields of its schema, and the stored part back again."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import tantivy

from search.documents import FACETS, TEXT_FIELDS, FacetName, SearchDocument
from search.engines.protocol import StoredDocument
from search.engines.terms import KINDS, analysed, suggestion_terms

SEPARATOR: Final = "\x1f"
"""Stands between the folded words by which a suggestion is found and its text, and between values counted together."""
SINGLE: Final = frozenset[FacetName](("office_type", "free_of_charge"))
"""Facets of which a document has one value, so that there are no sets to be counted.

Each indexed field has a dictionary, and starting one costs half a millisecond in every commit and in every merge.
"""


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("source_hash", stored=True)
    builder.add_unsigned_field("sequence", stored=True)
    builder.add_text_field("sort_title", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("suggestion", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("any_lemma", tokenizer_name="whitespace", index_option="basic")
    for name in TEXT_FIELDS:
        for kind in KINDS:
            builder.add_text_field(f"{name}_{kind}", tokenizer_name="whitespace", index_option="freq")
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        if facet not in SINGLE:
            builder.add_text_field(together(facet), fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("teaser", stored=True)
    builder.add_bytes_field("numbers", stored=True)
    return builder.build()


def together(facet: FacetName) -> str:
    """The field that holds all values of a facet as one; of a facet with single values the facet itself.

    A document has many topics and offices but one set of them, so counting sets is several times quicker than counting values;
    and a catalogue has few different sets.
    """
    return facet if facet in SINGLE else f"{facet}_together"


def fields_of(document: SearchDocument) -> dict[str, Any]:
    """The document as fields of the schema."""
    fields: dict[str, Any] = {
        "key": document.key,
        "source_hash": document.source_hash.encode("ascii"),
        "sequence": document.sequence,
        "sort_title": document.sort_title,
        "suggestion": list(dict.fromkeys(suggestion_terms(document, SEPARATOR))),
        "any_lemma": " ".join(sorted({lemma for word in document.words() for lemma in word.lemmas})),
        "teaser": document.teaser,
        "numbers": document.numbers,
    }
    fields.update(analysed(document))
    for facet, values in document.facets.items():
        fields[facet] = list(values)
        if facet not in SINGLE:
            fields[together(facet)] = SEPARATOR.join(values) if values else []
    return fields


def stored_document(found: tantivy.Document) -> StoredDocument:
    """The stored part of a document."""
    fields: Any = found
    values = {name: fields.get_first(name) for name in StoredDocument.__struct_fields__}
    values["source_hash"] = values["source_hash"].decode("ascii")
    return msgspec.convert(values, StoredDocument)
