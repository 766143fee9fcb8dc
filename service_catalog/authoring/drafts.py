"""Whole catalogues from importers: neutral structs in, published pages and editions out.

Each function is one transaction: a plan is written whole or not at all. What exists already (same code or symbol) is left as it
is, so an interrupted load can be run again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec
from django.db import transaction
from wagtail.models import Page

from cms.bulk_pages import insert_pages
from cms.editorial.standing import register_imported
from cms.models import HomePage
from publication.models import Edition
from service_catalog.authoring.card_pages import CardPages
from service_catalog.authoring.office_pages import office_page
from service_catalog.authoring.publishing import (
    Cause,
    record_local_cards,
    record_model_cards,
    record_office_cards,
    record_offices,
)
from service_catalog.authoring.registers import Registers
from service_catalog.models import (
    LocalCard,
    ModelCard,
    ModelCataloguePage,
    ModelCataloguesPage,
    NotOffered,
    OfficeCard,
    OfficePage,
    OfficesPage,
    OfficeType,
)
from service_catalog.presentation import OfficeContribution
from service_catalog.published.card import Card, RestrictedCard
from service_catalog.published.office import Office


class CardDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A complete card: what is public and what only consultants read."""

    card: Card
    restricted: RestrictedCard


class OfficeCardDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An office adopts a model card and says something about it."""

    symbol: str
    said: OfficeContribution


class LocalCardDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A card of one office without a model."""

    draft: CardDraft
    said: OfficeContribution


class OfficeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An office with all its cards. `not_offered` maps symbols of model cards to reasons."""

    office: Office
    cards: tuple[OfficeCardDraft, ...] = ()
    local_cards: tuple[LocalCardDraft, ...] = ()
    not_offered: dict[str, str] = {}


def branches() -> tuple[OfficesPage, ModelCataloguesPage]:
    """The two branches of the page tree, made when missing."""
    home = HomePage.objects.first() or _home()
    offices = OfficesPage.objects.first() or home.add_child(instance=OfficesPage(title="Urzędy", slug="urzedy"))
    catalogues = ModelCataloguesPage.objects.first() or home.add_child(
        instance=ModelCataloguesPage(title="Katalogi wzorcowe", slug="katalogi-wzorcowe")
    )
    return offices, catalogues


def _home() -> HomePage:
    """The home page in the place of Wagtail's welcome page, as root of the only site."""
    from wagtail.models import Site

    root = Page.get_first_root_node()
    home: HomePage = root.add_child(instance=HomePage(title="Okienko", slug="okienko"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "site_name": "Okienko", "root_page": home}
    )
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    return home


def write_model_cards(
    office_type: str, drafts: Sequence[CardDraft], *, registers: Registers, cause: Cause, moment: datetime.datetime
) -> list[Edition]:
    """Write the model catalogue of one office type and record it."""
    with transaction.atomic():
        catalogue = _catalogue(OfficeType.objects.get(code=office_type))
        present = set(ModelCard.objects.filter(office_type__code=office_type).values_list("symbol", flat=True))
        pages = CardPages(registers)
        cards = [pages.model_card(draft.card, draft.restricted) for draft in drafts if draft.card.symbol not in present]
        if not cards:
            return []
        insert_pages(catalogue, cards, moment=moment)
        register_imported(cards, moment=moment)
        return record_model_cards(cards, cause=cause, moment=moment, registers=registers)


def _catalogue(office_type: OfficeType) -> ModelCataloguePage:
    """The model catalogue of an office type, made when missing."""
    found: ModelCataloguePage | None = ModelCataloguePage.objects.filter(office_type=office_type).first()
    if found:
        return found
    page = ModelCataloguePage(
        title=f"{office_type.name_plural[:1].upper()}{office_type.name_plural[1:]}",
        slug=office_type.code.lower(),
        office_type=office_type,
    )
    added: ModelCataloguePage = branches()[1].add_child(instance=page)
    return added


def write_office(
    draft: OfficeDraft,
    *,
    registers: Registers,
    cause: Cause,
    moment: datetime.datetime,
    valid_from: datetime.date | None = None,
) -> list[Edition]:
    """Write one office with its cards and record them all; an office that exists already is left alone."""
    if OfficePage.objects.filter(code=draft.office.code).exists():
        return []
    with transaction.atomic():
        models = {card.symbol: card for card in ModelCard.objects.filter(symbol__in=_symbols(draft))}
        page = office_page(draft.office)
        insert_pages(branches()[0], [page], moment=moment)
        register_imported([page], moment=moment)
        NotOffered.objects.bulk_create(
            NotOffered(office=page, model_card=models[symbol], reason=reason)
            for symbol, reason in draft.not_offered.items()
        )
        written = record_offices([page], cause=cause, moment=moment, valid_from=valid_from)
        pages = CardPages(registers, office=page)
        office_cards = [pages.office_card(models[card.symbol], card.said) for card in draft.cards]
        insert_pages(page, office_cards, moment=moment)
        register_imported(office_cards, moment=moment)
        written += record_office_cards(office_cards, cause=cause, moment=moment)
        local_cards = [
            pages.local_card(local.draft.card, local.draft.restricted, local.said) for local in draft.local_cards
        ]
        insert_pages(page, local_cards, moment=moment)
        register_imported(local_cards, moment=moment)
        return written + record_local_cards(local_cards, cause=cause, moment=moment, registers=registers)


def _symbols(draft: OfficeDraft) -> Iterable[str]:
    return {card.symbol for card in draft.cards} | set(draft.not_offered)


def counts() -> dict[str, int]:
    """How many cards and offices are published."""
    return {
        "offices": OfficePage.objects.live().count(),
        "model_cards": ModelCard.objects.live().count(),
        "office_cards": OfficeCard.objects.live().count(),
        "local_cards": LocalCard.objects.live().count(),
        "not_offered": NotOffered.objects.count(),
    }
