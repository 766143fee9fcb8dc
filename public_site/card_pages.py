"""Card pages: `/karta/<symbol>/` the general form with its offices, `/karta/<symbol>/<office>/` one office's card."""

from __future__ import annotations

import datetime
import re
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.views.decorators.http import require_safe

from public_site import presentation
from public_site.absence import absent
from public_site.addresses import CARD, CARDS_API, DAY_PARAMETER
from public_site.caching import page, page_etag, unchanged
from public_site.days import ReadingDay, reading_day
from publication.models import EditionKind, EditionState
from publication.reading import NotInForce, editions, head_sequence, in_force, latest
from service_catalog.published.card import Card, OfficeReference
from service_catalog.published.keys import office_card_key
from service_catalog.published.reading import decode_card, offices_offering
from service_catalog.published.wording import transfers

OFFICE_PARAMETER = "urzad"
_SYMBOL = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
"""A symbol has two parts at least, so that no prefix of another kind of key (`urzad/`, `typ/`) is taken for one."""
_OFFICE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 60
_FREE = "0.00"

Versions = list[tuple[datetime.date, str, int]]
"""For each day on which a new text begins: the day, its state and the sequence of its edition, newest day first."""


@require_safe
def general_card(request: HttpRequest, symbol: str) -> HttpResponse:
    """The general form of a service. A local card has none: its address without an office leads to its office."""
    elsewhere = _canonical(request, symbol.upper())
    if elsewhere:
        return elsewhere
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    try:
        edition = in_force(symbol, on=reading.day)
    except NotInForce as refusal:
        return _without_general_form(request, refusal, reading=reading)
    if edition.kind != EditionKind.CARD:
        raise Http404
    offices = offices_offering(symbol, on=reading.day)
    context = card_context(decode_card(edition), reading=reading, versions=versions_of(symbol))
    context |= {"offices": offices, "sha256": edition.sha256, **_choice(request, offices)}
    return page(request, "public_site/card.html", context, reading=reading, etag=etag)


@require_safe
def office_card(request: HttpRequest, symbol: str, office: str) -> HttpResponse:
    """The card of one office: two queries, of which the second lists its other versions."""
    elsewhere = _canonical(request, symbol.upper(), office.lower())
    if elsewhere:
        return elsewhere
    reading = reading_day(request)
    key = office_card_key(symbol, office)
    edition = latest(key, on=reading.day)
    if edition is None or not edition.covers(reading.day):
        general = latest(symbol, on=reading.day)
        address = f"{CARD}{symbol}/" if general and general.covers(reading.day) else ""
        return absent(request, NotInForce(key, reading.day, edition), reading=reading, general=address)
    versions = versions_of(key)
    etag = page_etag(reading, edition.sha256, max(sequence for _, _, sequence in versions))
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    context = card_context(decode_card(edition), reading=reading, versions=versions)
    context |= {"sha256": edition.sha256, "general": f"{CARD}{symbol}/"}
    return page(request, "public_site/card.html", context, reading=reading, etag=etag)


def versions_of(key: str) -> Versions:
    """The days on which the text under a key changes; of several editions of one day the last counts. One query."""
    rows = editions().filter(key=key).order_by("valid_from", "sequence").values_list("valid_from", "state", "sequence")
    by_day = {day: (day, state, sequence) for day, state, sequence in rows}
    return sorted(by_day.values(), reverse=True)


def card_context(card: Card, *, reading: ReadingDay, versions: Versions) -> dict[str, Any]:
    """What the card template shows, with everything out of its validity left out."""
    on = reading.day
    fees = presentation.fees_on(card, on=on)
    address = f"{CARD}{quote(card.key)}"
    return {
        "card": card,
        "address": f"{address}/",
        "downloads": _downloads(card, address, reading),
        "free": [fee for fee in fees if fee.amount == _FREE],
        "transfers": transfers(fee for fee in fees if fee.amount != _FREE),
        "deadlines": presentation.deadlines_on(card.client_deadlines, on=on),
        "handling": presentation.deadlines_on(card.handling_time, on=on),
        "facilities": presentation.facilities_on(card.place, on=on) if card.place else [],
        "exceptions": presentation.exceptions_on(card.place, on=on) if card.place else [],
        "related_query": _related_query(card, reading),
        "versions": [
            (day, state, _day_query(day, reading)) for day, state, _ in versions if state == EditionState.PUBLISHED
        ],
    }


def _downloads(card: Card, address: str, reading: ReadingDay) -> list[tuple[str, str]]:
    """The same card for printing and for machines, read for the same day."""
    on = "" if reading.is_today else f"?on={reading.day.isoformat()}"
    more = "&" if reading.suffix else "?"
    return [
        ("PDF", f"{address}/pdf{reading.suffix}"),
        ("Jedna kartka na wizytę", f"{address}/pdf{reading.suffix}{more}wariant=wizyta"),
        ("Duży druk", f"{address}/pdf{reading.suffix}{more}wariant=duzy"),
        ("PDF do archiwum", f"{address}/pdf{reading.suffix}{more}wariant=archiwum"),
        ("XML", f"{address}/xml{reading.suffix}"),
        ("JSON", f"{CARDS_API}{quote(card.key)}{on}"),
    ]


def _day_query(day: datetime.date, reading: ReadingDay) -> str:
    """Query string that shows the version beginning on `day`; empty for the page of today."""
    return "" if day == reading.today else f"?{DAY_PARAMETER}={day.isoformat()}"


def _related_query(card: Card, reading: ReadingDay) -> str:
    """Query string of links to related cards: keeps the office and the day."""
    query = {OFFICE_PARAMETER: card.office.code} if card.office else {}
    if not reading.is_today:
        query[DAY_PARAMETER] = reading.day.isoformat()
    return f"?{urlencode(query)}" if query else ""


def _choice(request: HttpRequest, offices: tuple[OfficeReference, ...]) -> dict[str, Any]:
    """The office chosen in the form of the general page, and whether a choice was made that has no card."""
    wanted = request.GET.get(OFFICE_PARAMETER, "").strip().lower()
    chosen = next((office for office in offices if office.code == wanted), None)
    return {"chosen": chosen, "not_offered": bool(wanted) and chosen is None}


def _canonical(request: HttpRequest, symbol: str, office: str = "") -> HttpResponse | None:
    """A redirect when the address is written in other letters; None when it is right. Raises `Http404` for no code."""
    if len(symbol) > _LONGEST_CODE or not _SYMBOL.fullmatch(symbol):
        raise Http404
    if office and (len(office) > _LONGEST_CODE or not _OFFICE.fullmatch(office)):
        raise Http404
    address = f"{CARD}{symbol}/{office}/" if office else f"{CARD}{symbol}/"
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(quote(address) + (f"?{query}" if query else ""))


def _without_general_form(request: HttpRequest, refusal: NotInForce, *, reading: ReadingDay) -> HttpResponse:
    """Redirect to the only office of a local card; otherwise explain why there is nothing to read."""
    if refusal.edition is None:
        offices = offices_offering(refusal.key, on=reading.day)
        if len(offices) == 1:
            return HttpResponseRedirect(f"{CARD}{quote(refusal.key)}/{quote(offices[0].code)}/{reading.suffix}")
    return absent(request, refusal, reading=reading)
