"""Renderers of the formats that say where a service is offered: they need the area of the office beside the card."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings

from exporters import editions as edition_sets
from exporters.areas import Areas, AreasOf, areas_of_offices
from exporters.catalogue import Catalogue
from exporters.cpsv_ap import documents as cpsv_ap
from exporters.format_entry import CardRenderer
from exporters.hsds import service_entity as hsds
from exporters.schema_org import documents as schema_org
from publication.models import EditionKind
from publication.reading import editions


def site() -> str:
    """Public address of this installation."""
    return str(settings.PUBLIC_ADDRESS)


def schema_org_card(areas: Areas) -> CardRenderer:
    """Renderer of schema.org for a card whose office is competent there."""
    return lambda card, *, edition_sha256: schema_org.render_card(card, site=site(), areas=areas)


def hsds_card(areas: Areas) -> CardRenderer:
    """Renderer of HSDS for a card whose office is competent there."""
    return lambda card, *, edition_sha256: hsds.render_card(card, site=site(), areas=areas)


def cpsv_ap_card(syntax: cpsv_ap.Syntax) -> Callable[[Areas], CardRenderer]:
    """What makes the renderer of CPSV-AP in a syntax for a card whose office is competent there."""

    def in_area(areas: Areas) -> CardRenderer:
        return lambda card, *, edition_sha256: cpsv_ap.render_card(card, site=site(), syntax=syntax, areas=areas)

    return in_area


def areas(catalogue: Catalogue) -> AreasOf:
    """The areas of the offices on the day of the catalogue."""
    return areas_of_offices(on=catalogue.on)


def identity_with_areas(catalogue: Catalogue) -> str:
    """Of the cards, and of the records of all offices, whatever part of the catalogue is asked for."""
    records = edition_sets.identity_of(editions().of_kind(EditionKind.OFFICE).readable(on=catalogue.on))
    return f"{catalogue.identity().sha256} {records.sha256}"


def cpsv_ap_catalogue(syntax: cpsv_ap.Syntax) -> Callable[[Catalogue], Iterator[bytes]]:
    """What writes the whole catalogue in a syntax of CPSV-AP."""

    def collection(catalogue: Catalogue) -> Iterator[bytes]:
        return cpsv_ap.catalogue(
            (card for _, card in catalogue.cards()),
            catalogue.life_events(),
            site=site(),
            newest=catalogue.newest(),
            symbols=catalogue.symbols(),
            syntax=syntax,
            areas=areas(catalogue),
        )

    return collection
