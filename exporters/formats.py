"""The table of formats in which the catalogue can be taken away. Formats do not know each other; only this table knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from exporters import area_formats, checks
from exporters import editions as edition_sets
from exporters.area_formats import site
from exporters.areas import NOWHERE
from exporters.catalogue import Catalogue
from exporters.cpsv_ap import documents as cpsv_ap
from exporters.cpsv_ap.dataset import Distribution
from exporters.cpsv_ap.public_service import LOSSES as CPSV_AP_LOSSES
from exporters.epuap import addresses
from exporters.epuap.documents import office_catalogue, render_card
from exporters.epuap.folder import CatalogueFolder, life_event_editions, life_events
from exporters.format_entry import CardRenderer, Format, Losses
from exporters.hsds import organizations as hsds_organizations
from exporters.hsds import service_entity as hsds
from exporters.knowledge_package import package as knowledge_package
from exporters.pdf.assets import Variant, style_version
from exporters.resp import address_book
from exporters.schema_org import documents as schema_org
from exporters.tables import columns, csv_file, xlsx_file
from publication.canonical import canonical_json
from publication.package_format import Scope
from service_catalog.published.card import Card
from service_catalog.published.office import Office


def _pdf(variant: Variant) -> CardRenderer:
    """The PDF of a card in one variant. What lays it out is imported only then: other processes need not pay its memory."""

    def render(card: Card, *, edition_sha256: str) -> bytes:
        from exporters.pdf.documents import card_pdf

        return card_pdf(card, edition_sha256=edition_sha256, variant=variant)

    return render


def archived_card(card: Card, *, edition_sha256: str) -> bytes:
    """The card as PDF/A-3b that carries the same card as XML and as JSON."""
    from exporters.pdf.archive import Attachment
    from exporters.pdf.documents import card_pdf

    name = card.key.replace("/", ".")
    xml = Attachment(
        name=f"{name}.xml",
        media_type="application/xml",
        description=f"Karta {card.key} w ramie ePUAP",
        content=render_card(card, edition_sha256=edition_sha256),
    )
    plain = Attachment(
        name=f"{name}.json",
        media_type="application/json",
        description=f"Karta {card.key} tak, jak zapisano ją w dzienniku wydań",
        content=canonical_json(card),
    )
    return card_pdf(card, edition_sha256=edition_sha256, attachments=[xml, plain])


def _of_site(version: str) -> Callable[[], str]:
    """Version of a format whose documents name the address of this installation."""
    return lambda: f"{version} {site()}"


def _cards(catalogue: Catalogue) -> Iterator[Card]:
    return (card for _, card in catalogue.cards())


def _epuap_catalogue(catalogue: Catalogue) -> Iterator[bytes]:
    """The catalogue of the one office of `catalogue`."""
    identity = edition_sets.identity_of(edition_sets.of_office(catalogue.office, on=catalogue.on))
    (office,) = catalogue.offices()
    return office_catalogue(office, _cards(catalogue), editions_sha256=identity.sha256, published_on=identity.newest)


def _dataset_description(catalogue: Catalogue) -> Iterator[bytes]:
    """The dataset with every file in which the whole catalogue can be taken."""
    files = (
        Distribution(
            address=f"{site()}/katalog/{entry.segment}",
            media_type=entry.media_type,
            title=entry.label,
        )
        for entry in _TABLE
        if entry.collection and not entry.needs_office
    )
    return cpsv_ap.dataset_description(site=site(), newest=catalogue.newest(), distributions=files)


def _synonyms() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = import_string(settings.SYNONYMS_FOR_EXPORT)()
    return rows


def _knowledge_package(scope: Scope) -> Callable[[Catalogue], Iterator[bytes]]:
    """Full, or with `since` the changes after it."""

    def collection(catalogue: Catalogue) -> Iterator[bytes]:
        day, progress = catalogue.on, catalogue.progress
        if catalogue.since is None:
            return knowledge_package.full(on=day, scope=scope, synonyms=_synonyms, progress=progress)
        return knowledge_package.delta(catalogue.since, on=day, scope=scope, synonyms=_synonyms, progress=progress)

    return collection


def _package_identity(catalogue: Catalogue) -> str:
    return knowledge_package.identity(on=catalogue.on, since=catalogue.since, synonyms=_synonyms)


_TABLE: tuple[Format, ...] = (
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
        validate=checks.epuap,
        standing=addresses.STANDING,
        losses=Losses(),
        needs_office=True,
    ),
    Format(
        identifier="epuap-life-events",
        segment="xml-zdarzenia",
        label="Zdarzenia życiowe: XML (rama ePUAP)",
        media_type="application/xml; charset=utf-8",
        extension="xml",
        schema=addresses.NAMESPACE + "schemat.xsd",
        version=lambda: addresses.VERSION,
        collection=life_events,
        validate=checks.epuap,
        standing=addresses.STANDING,
        identity=lambda catalogue: life_event_editions(catalogue).sha256,
        whole=True,
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
        render=area_formats.schema_org_card(NOWHERE),
        in_area=area_formats.schema_org_card,
        collection=lambda catalogue: schema_org.catalogue(
            _cards(catalogue), site=site(), areas=area_formats.areas(catalogue)
        ),
        identity=area_formats.identity_with_areas,
        validate=checks.schema_org,
        losses=Losses(fields=schema_org.LOSSES),
    ),
    Format(
        identifier="cpsv-ap",
        segment="cpsv-ap",
        label="CPSV-AP 3.2.0 (JSON-LD)",
        media_type="application/ld+json",
        extension="jsonld",
        schema=cpsv_ap.SCHEMA,
        version=_of_site(cpsv_ap.VERSION),
        render=area_formats.cpsv_ap_card(cpsv_ap.JSON_LD)(NOWHERE),
        in_area=area_formats.cpsv_ap_card(cpsv_ap.JSON_LD),
        identity=area_formats.identity_with_areas,
        collection=area_formats.cpsv_ap_catalogue(cpsv_ap.JSON_LD),
        validate=checks.cpsv_ap,
        losses=Losses(fields=CPSV_AP_LOSSES),
    ),
    Format(
        identifier="cpsv-ap-ttl",
        segment="cpsv-ap-ttl",
        label="CPSV-AP 3.2.0 (Turtle)",
        media_type="text/turtle; charset=utf-8",
        extension="ttl",
        schema=cpsv_ap.SCHEMA,
        version=_of_site(cpsv_ap.VERSION),
        render=area_formats.cpsv_ap_card(cpsv_ap.TURTLE)(NOWHERE),
        in_area=area_formats.cpsv_ap_card(cpsv_ap.TURTLE),
        identity=area_formats.identity_with_areas,
        collection=area_formats.cpsv_ap_catalogue(cpsv_ap.TURTLE),
        validate=checks.cpsv_ap,
        losses=Losses(fields=CPSV_AP_LOSSES),
    ),
    Format(
        identifier="dcat-ap",
        segment="dcat-ap",
        label="DCAT-AP (opis zbioru danych)",
        media_type="application/ld+json",
        extension="jsonld",
        schema=cpsv_ap.DCAT_SCHEMA,
        version=lambda: f"{cpsv_ap.VERSION} {site()} {' '.join(FORMATS)}",
        collection=_dataset_description,
    ),
    Format(
        identifier="hsds",
        segment="hsds",
        label="HSDS 3.0 (usługi)",
        media_type="application/json",
        extension="json",
        schema=hsds.SCHEMA,
        version=_of_site(hsds.VERSION),
        render=area_formats.hsds_card(NOWHERE),
        in_area=area_formats.hsds_card,
        collection=lambda catalogue: hsds.catalogue(
            _cards(catalogue), site=site(), areas=area_formats.areas(catalogue)
        ),
        identity=area_formats.identity_with_areas,
        validate=checks.hsds_services,
        losses=Losses(fields=hsds.LOSSES),
    ),
    Format(
        identifier="hsds-organizations",
        segment="hsds-organizations",
        label="HSDS 3.0 (urzędy)",
        media_type="application/json",
        extension="json",
        schema=hsds.SCHEMA,
        version=_of_site(hsds.VERSION),
        collection=lambda catalogue: hsds_organizations.offices(catalogue.offices(), site=site()),
        validate=checks.hsds_organizations,
        losses=Losses(shape=Office, fields=hsds_organizations.LOSSES),
    ),
    Format(
        identifier="knowledge-package",
        segment="knowledge-package",
        label="Pakiet wiedzy (część publiczna)",
        media_type="application/zip",
        extension="zip",
        schema=knowledge_package.SCHEMA,
        version=lambda: knowledge_package.VERSION,
        collection=_knowledge_package("public"),
        validate=checks.knowledge_package,
        identity=_package_identity,
        whole=True,
    ),
    Format(
        identifier="knowledge-package-consultant",
        segment="knowledge-package-consultant",
        label="Pakiet wiedzy dla konsultantów",
        media_type="application/zip",
        extension="zip",
        schema=knowledge_package.SCHEMA,
        version=lambda: knowledge_package.VERSION,
        collection=_knowledge_package("consultant"),
        validate=checks.knowledge_package,
        identity=_package_identity,
        for_consultants=True,
        whole=True,
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
        validate=checks.address_book,
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
    "archiwum": Format(
        identifier="pdf-archiwum",
        segment="pdf",
        label="PDF: do archiwum (PDF/A-3b z XML i JSON w środku)",
        media_type="application/pdf",
        extension="pdf",
        schema="ISO 19005-3",
        version=lambda: f"{style_version()} {addresses.VERSION}",
        render=archived_card,
    ),
}
"""What `?wariant=` of a card's PDF may say."""

FORMATS: dict[str, Format] = {entry.identifier: entry for entry in _TABLE}
CARD_FORMATS = {entry.segment: entry for entry in _TABLE if entry.render}
COLLECTIONS = {entry.segment: entry for entry in _TABLE if entry.collection and not entry.for_consultants}
"""What is served to everybody."""


class UnknownFormat(LookupError):
    """There is no such format, or it cannot do what was asked."""


def able(doing: Callable[[Format], Any]) -> list[str]:
    """Names of the formats that can do something, in the order of the table."""
    return [name for name, entry in FORMATS.items() if doing(entry)]


def format_named(identifier: str, *, doing: Callable[[Format], Any], what: str) -> Format:
    """The format of that name which can do it. Raises `UnknownFormat` with a sentence that lists those that can."""
    known = able(doing)
    if identifier not in known:
        raise UnknownFormat(f"Nie ma formatu „{identifier[:40]}”, który {what}. Wybierz jeden z: {', '.join(known)}.")
    return FORMATS[identifier]
