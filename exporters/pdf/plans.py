"""Publications of a day, read from the edition log: what is suspended or withdrawn on that day is not among them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from exporters.editions import identity_of, model_cards, of_office
from exporters.pdf.publications import CardEdition, Publication, catalogue_publication, handbook_publication
from publication.models import Edition, EditionKind
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_card
from service_catalog.published.register import OfficeType

GENERAL = "model"
"""Kind of the cards of a handbook; local cards of single offices are left to their offices."""


def handbook_plan(office_type: OfficeType, *, on: datetime.date) -> Publication | None:
    """The handbook of an office type on a day; None when the type has no general cards."""
    found = model_cards(office_type.code, on=on)
    cards = [entry for entry in _card_editions(found) if entry.card.kind == GENERAL]
    if not cards:
        return None
    identity = identity_of(found)
    return handbook_publication(office_type, cards, editions_sha256=identity.sha256, published_on=identity.newest)


def catalogue_plan(office: Office, *, on: datetime.date) -> Publication | None:
    """The printed catalogue of an office on a day; None when the office has no cards."""
    found = of_office(office.code, on=on)
    cards = _card_editions(found.of_kind(EditionKind.CARD).order_by("key"))
    if not cards:
        return None
    identity = identity_of(found)
    return catalogue_publication(office, cards, editions_sha256=identity.sha256, published_on=identity.newest)


def _card_editions(found: Iterable[Edition]) -> list[CardEdition]:
    return [CardEdition(decode_card(edition), edition.sha256) for edition in found]
