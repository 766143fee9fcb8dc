"""The table of formats in which the catalogue can be taken away. Formats do not know each other; only this table knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec
from django.conf import settings

from exporters import editions as edition_sets
from exporters.catalogue import Catalogue
from exporters.epuap import addresses
from exporters.epuap import validation as epuap_validation
from exporters.epuap.documents import office_catalogue, render_card
from exporters.epuap.folder import CatalogueFolder
from exporters.findings import Finding
from exporters.pdf.assets import Variant, style_version
from exporters.resp import address_book
from exporters.schema_org import documents as schema_org
from exporters.schema_org import validation as schema_org_validation
from exporters.tables import columns, csv_file, xlsx_file
from service_catalog.published.card import Card
from service_catalog.published.office import Office


class CardRenderer(Protocol):
    """A pure function from a published card and the hash of its edition to the bytes of a document."""

    def __call__(self, card: Card, *, edition_sha256: str) -> bytes:
        """Render the card; equal arguments give equal bytes."""


class ExportFolder(Protocol):
    """A format that writes many files: how many, one after the other, and what is left from an earlier export."""

    def expected(self) -> int:
        """How many files `write` is going to write."""

    def write(self) -> Iterator[Path]:
        """Write file by file, each whole; yields each path once the file is in its place."""

    def remove_withdrawn(self, written: list[Path]) -> int:
        """Delete files of an earlier full export that are no longer in force. Returns how many."""


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Which public fields of a struct a format cannot hold; "appeal" stands for everything inside it."""

    shape: type[msgspec.Struct] = Card
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: how it is named, served, made and checked.

    `identifier` is its name for commands, `segment` its part of an address. `schema` is the address of what describes the
    document; `version` changes when the same edition gives other bytes, so it is part of the ETag.
    """

    identifier: str
    segment: str
    label: str
    media_type: str
    extension: str
    schema: str
    version: Callable[[], str]
    render: CardRenderer | None = None
    """One card as bytes; None for a format that only holds collections."""
    collection: Callable[[Catalogue], Iterator[bytes]] | None = None
    """A collection as a stream of bytes; None for a format of single cards."""
    folder: Callable[[Path, Catalogue], ExportFolder] | None = None
    """For a format whose collection is a folder of files."""
    validate: Callable[[Path], list[Finding]] | None = None
    standing: str = ""
    """Said with every validation: what the check cannot promise."""
    losses: Losses | None = None
    """None for formats for reading, whose fields cannot be compared one by one (PDF)."""
    kept: bool = True
    """Whether documents are kept on disk by the hash of their edition, so that they are made once."""
    needs_office: bool = False
    """Whether a collection over HTTP is always the one of an office."""
    of_changes: bool = False
    """Whether the format can hold the changes after a sequence instead of a state."""


def _pdf(variant: Variant) -> CardRenderer:
    """The PDF of a card in one variant. What lays it out is imported only then: other processes need not pay its memory."""

    def render(card: Card, *, edition_sha256: str) -> bytes:
        from exporters.pdf.documents import card_pdf

        return card_pdf(card, edition_sha256=edition_sha256, variant=variant)

    return render


def _site() -> str:
    return str(settings.PUBLIC_ADDRESS)


def _of_site(version: str) -> Callable[[], str]:
    """Version of a format whose documents name the address of this installation."""
    return lambda: f"{version} {_site()}"


def _cards(catalogue: Catalogue) -> Iterator[Card]:
    return (card for _, card in catalogue.cards())


def _epuap_catalogue(catalogue: Catalogue) -> Iterator[bytes]:
    """The catalogue of the one office of `catalogue`."""
    identity = edition_sets.identity_of(edition_sets.of_office(catalogue.office, on=catalogue.on))
    (office,) = catalogue.offices()
    return office_catalogue(office, _cards(catalogue), editions_sha256=identity.sha256, published_on=identity.newest)


_TABLE = (
    Format(
        identifier="epuap",
        segment="xml",
        label="XML (rama ePUAP)",
        media_type="application/xml; charset=utf-8",
        extension="xml",
        schema=addresses.NAMESPACE + "schemat.xsd",
        version=lambda: addresses.VERSION,
        render=render_card,
        collection=_epuap_catalogue,
        folder=CatalogueFolder,
        validate=epuap_validation.validate,
        standing=epuap_validation.STANDING,
        losses=Losses(),
        kept=False,
        needs_office=True,
    ),
    Format(
        identifier="pdf",
        segment="pdf",
        label="PDF (PDF/UA-1)",
        media_type="application/pdf",
        extension="pdf",
        schema="ISO 14289-1",
        version=style_version,
        render=_pdf("full"),
    ),
    Format(
        identifier="schema-org",
        segment="schema-org",
        label="schema.org (JSON-LD)",
        media_type="application/ld+json",
        extension="jsonld",
        schema=schema_org.SCHEMA,
        version=_of_site(schema_org.VERSION),
        render=lambda card, *, edition_sha256: schema_org.render_card(card, site=_site()),
        collection=lambda catalogue: schema_org.catalogue(_cards(catalogue), site=_site()),
        validate=schema_org_validation.validate,
        losses=Losses(fields=schema_org.LOSSES),
    ),
    Format(
        identifier="csv",
        segment="csv",
        label="CSV (lista kart)",
        media_type="text/csv; charset=utf-8",
        extension="csv",
        schema=csv_file.SCHEMA,
        version=lambda: columns.VERSION,
        collection=lambda catalogue: csv_file.card_list(_cards(catalogue)),
        losses=Losses(fields=columns.LOSSES),
    ),
    Format(
        identifier="xlsx",
        segment="xlsx",
        label="XLSX (lista kart)",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        extension="xlsx",
        schema=xlsx_file.SCHEMA,
        version=lambda: columns.VERSION,
        collection=lambda catalogue: xlsx_file.card_list(_cards(catalogue)),
        losses=Losses(fields=columns.LOSSES),
    ),
    Format(
        identifier="resp",
        segment="resp",
        label="RESP.xml (książka adresowa ESP)",
        media_type="application/xml; charset=utf-8",
        extension="xml",
        schema=address_book.SCHEMA,
        version=lambda: address_book.VERSION,
        collection=lambda catalogue: address_book.xml(catalogue.offices()),
        validate=address_book.validate,
        losses=Losses(shape=Office, fields=address_book.LOSSES),
    ),
    Format(
        identifier="resp-csv",
        segment="resp-csv",
        label="RESP.csv (książka adresowa ESP)",
        media_type="text/csv; charset=utf-8",
        extension="csv",
        schema=address_book.SCHEMA,
        version=lambda: address_book.VERSION,
        collection=lambda catalogue: address_book.table(catalogue.offices()),
        losses=Losses(shape=Office, fields=address_book.LOSSES),
    ),
)

PDF_VARIANTS = {
    "": next(entry for entry in _TABLE if entry.identifier == "pdf"),
    "wizyta": Format(
        identifier="pdf-wizyta",
        segment="pdf",
        label="PDF: jedna wizyta",
        media_type="application/pdf",
        extension="pdf",
        schema="ISO 14289-1",
        version=style_version,
        render=_pdf("visit"),
    ),
    "duzy": Format(
        identifier="pdf-duzy",
        segment="pdf",
        label="PDF: duży druk",
        media_type="application/pdf",
        extension="pdf",
        schema="ISO 14289-1",
        version=style_version,
        render=_pdf("large"),
    ),
}
"""What `?wariant=` of a card's PDF may say."""

FORMATS = {entry.identifier: entry for entry in _TABLE}
CARD_FORMATS = {entry.segment: entry for entry in _TABLE if entry.render}
COLLECTIONS = {entry.segment: entry for entry in _TABLE if entry.collection}


class UnknownFormat(LookupError):
    """There is no such format, or it cannot do what was asked."""


def format_named(identifier: str, *, doing: Callable[[Format], Any], what: str) -> Format:
    """The format of that name which can do it. Raises `UnknownFormat` with a sentence that lists those that can."""
    able = [name for name, entry in FORMATS.items() if doing(entry)]
    if identifier not in able:
        raise UnknownFormat(f"Nie ma formatu „{identifier[:40]}”, który {what}. Wybierz jeden z: {', '.join(able)}.")
    return FORMATS[identifier]
