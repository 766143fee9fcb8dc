"""The JSON-LD of a card as text for a data block in its page. The public pages find this function by its name in the settings."""

from __future__ import annotations

import msgspec
from django.conf import settings

from exporters.schema_org.documents import CONTEXT, service
from service_catalog.published.card import Card

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""So no text of a card can end the data block or begin another element."""


def _without_passing_facilities(card: Card) -> Card:
    """A facility for a period is not shown outside its dates, and a page in a cache does not know the day."""
    if card.place is None:
        return card
    lasting = tuple(facility for facility in card.place.facilities if facility.availability == "stała")
    return msgspec.structs.replace(card, place=msgspec.structs.replace(card.place, facilities=lasting))


def structured_data(card: Card) -> str:
    """Compact JSON-LD of the card, safe inside `<script type="application/ld+json">`."""
    node = {"@context": CONTEXT, **service(_without_passing_facilities(card), site=settings.PUBLIC_ADDRESS)}
    return msgspec.json.encode(node).decode().translate(_ESCAPED)
