"""The public page of a card that is not published, for its author."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from public_site.caching import page
from public_site.card_pages import card_context
from public_site.days import ReadingDay
from publication.calendar import today
from service_catalog.published.card import Card


def card_preview(request: HttpRequest, card: Card) -> HttpResponse:
    """The card page as readers would see it today."""
    reading = ReadingDay(day=today(), today=today())
    context = card_context(card, reading=reading, versions=[])
    context |= {"sha256": "", "offices": (), "general": ""}
    return page(request, "public_site/card.html", context, reading=reading)
