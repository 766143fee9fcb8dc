"""The feeds over HTTP: of a topic, of an office, of a card."""

from __future__ import annotations

import datetime
import hashlib

import msgspec
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from exporters.atom.feeds import MEDIA_TYPE, Entry, Feed, atom
from exporters.changed_fields import changed_fields
from publication.calendar import today
from publication.models import Edition, EditionKind, EditionLabel, EditionQuerySet
from publication.reading import NotInForce, editions
from service_catalog.published import keys
from service_catalog.published.card import CardTeaser
from service_catalog.published.reading import office, topic_tree

NEWEST = 50
"""Entries of a feed."""
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_teaser = msgspec.json.Decoder(CardTeaser)


@require_safe
def topic_feed(request: HttpRequest, topic: str) -> HttpResponseBase:
    """Changes of the cards of a topic, in general form and at offices."""
    try:
        found = next((entry for entry in topic_tree(on=today()).topics if entry.slug == topic), None)
    except NotInForce:
        found = None
    if found is None:
        raise Http404("Nie ma takiego działu.")
    own = EditionLabel.objects.filter(name="topic", value=topic)
    # A card at an office carries no labels of its service: it belongs to the topic of the general card.
    general = editions().filter(pk__in=own.values("edition")).values("key")
    symbols = EditionLabel.objects.filter(name="symbol", value__in=general)
    cards = _cards().filter(Q(pk__in=own.values("edition")) | Q(pk__in=symbols.values("edition")))
    return _answer(request, cards, title=f"Zmiany w dziale: {found.name}", page=f"/dzialy/{topic}/")


@require_safe
def office_feed(request: HttpRequest, code: str) -> HttpResponseBase:
    """Changes of the cards of an office."""
    try:
        _, found = office(code, on=today())
    except NotInForce:
        raise Http404("Nie ma takiego urzędu.") from None
    # Only cards have this label; asked for the kind too, SQLite would look through all cards.
    cards = editions().labelled("office", code)
    return _answer(request, cards, title=f"Zmiany kart: {found.name}", page=f"/urzedy/{code}/")


@require_safe
def card_feed(request: HttpRequest, symbol: str, code: str = "") -> HttpResponseBase:
    """Every change of one card; a withdrawn card keeps its feed."""
    key = keys.office_card_key(symbol, code) if code else symbol
    cards = _cards().filter(key=key)
    newest = cards.order_by("-sequence").first()
    if newest is None:
        raise Http404("Nie ma takiej karty.")
    title = _teaser.decode(bytes(newest.payload)).title
    return _answer(request, cards, title=f"Zmiany karty: {title}", page=f"/karta/{key}/")


def _cards() -> EditionQuerySet:
    return editions().of_kind(EditionKind.CARD)


def _answer(request: HttpRequest, cards: EditionQuerySet, *, title: str, page: str) -> HttpResponseBase:
    """The feed of the newest editions; the numbers of its editions and the address of the site decide its ETag."""
    rows = list(cards.order_by("-sequence")[:NEWEST])
    named = f"{settings.PUBLIC_ADDRESS} {title} {[row.sequence for row in rows]}"
    etag = f'"{hashlib.sha256(named.encode()).hexdigest()}"'
    modified = int(max(row.recorded_at for row in rows).timestamp()) if rows else None
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        feed = Feed(site=settings.PUBLIC_ADDRESS, path=request.path, page=page, title=title)
        response = HttpResponse(atom(feed, _entries(rows), empty_since=EPOCH), content_type=MEDIA_TYPE)
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=60"
    return response


def _entries(rows: list[Edition]) -> list[Entry]:
    changed = changed_fields((row.sequence, row.key, row.state) for row in reversed(rows))
    return [_entry(row, changed[row.sequence]) for row in rows]


def _entry(row: Edition, changed: list[str] | None) -> Entry:
    card = _teaser.decode(bytes(row.payload))
    return Entry(
        sequence=row.sequence,
        key=row.key,
        title=card.title,
        office=card.office.name if card.office else "",
        state=row.state,
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        changed=changed,
    )
