"""The model card of an office card as it is in force: the law part that an office shows and cannot change."""

from __future__ import annotations

import datetime

from publication.reading import restricted_editions
from service_catalog.published.card import Card, RestrictedCard
from service_catalog.published.reading import decode_card, decode_restricted

Law = tuple[Card, RestrictedCard]


def law_in_force(symbol: str, *, on: datetime.date) -> Law | None:
    """The model card with what only consultants read, as in force on the day; None when nobody can read it. One query."""
    dated = restricted_editions().filter(key=symbol, valid_from__lte=on)
    edition = dated.order_by("-valid_from", "-sequence").first()
    if edition is None or not edition.covers(on):
        return None
    return decode_card(edition), decode_restricted(edition)
