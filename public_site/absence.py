"""Pages for what cannot be shown: withdrawn, suspended, expired, not yet in force, unknown. Each says what to do."""

from __future__ import annotations

import datetime
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse

from public_site.caching import page
from public_site.days import ReadingDay
from publication.models import Edition, EditionKind, EditionState
from publication.reading import NotInForce, editions, latest
from service_catalog.published.card import CardTeaser, OfficeReference
from service_catalog.published.reading import teasers

NEAR_MATCHES = 10
_OF_GENERAL_CARDS = "topic"
"""A label that general and local cards carry and office cards do not."""


class _Remains(msgspec.Struct):
    """What a tombstone may still say: the title and the office to phone."""

    title: str = ""
    name: str = ""
    office: OfficeReference | None = None
    phone: str = ""
    reason: str = ""


def absent(request: HttpRequest, refusal: NotInForce, *, reading: ReadingDay, general: str = "") -> HttpResponse:
    """The page for a key that cannot be read on the day; `general` is the address of the general form, if there is one.

    200 for suspended content (a short notice and the phone), 410 for withdrawn and expired, 404 for the rest.
    """
    edition = refusal.edition
    remains = _remains(edition)
    symbol = refusal.key.partition("/")[0]
    context = {
        "reason": _reason(edition),
        "remains_title": remains.title or remains.name,
        "office": remains.office,
        "phone": remains.office.phone if remains.office else remains.phone,
        "since": edition.valid_from if edition else None,
        "until": edition.valid_to if edition else None,
        "why": remains.reason,
        "last_day": _last_day(edition),
        "begins": _begins(refusal.key, after=reading.day) if edition is None else None,
        "wanted": refusal.key,
        "general": general,
        "near": near_matches(symbol, on=reading.day) if _is_card(refusal) else (),
    }
    response = page(request, "public_site/absent.html", context, reading=reading)
    response.status_code = _status(edition)
    response["X-Robots-Tag"] = "noindex"
    return response


def near_matches(symbol: str, *, on: datetime.date) -> tuple[CardTeaser, ...]:
    """General and local cards whose symbols begin like `symbol`, shortened part by part until some are found."""
    prefix = symbol
    while prefix:
        found = editions().filter(key__startswith=prefix, labels__name=_OF_GENERAL_CARDS).distinct()
        cards = teasers(found, on=on)[:NEAR_MATCHES]
        if cards:
            return cards
        prefix = prefix.rpartition("-")[0]
    return ()


def _is_card(refusal: NotInForce) -> bool:
    if refusal.edition is not None:
        return refusal.edition.kind == EditionKind.CARD
    return "-" in refusal.key.partition("/")[0]


def _reason(edition: Edition | None) -> str:
    if edition is None:
        return "unknown"
    return "expired" if edition.state == EditionState.PUBLISHED else str(edition.state)


def _status(edition: Edition | None) -> int:
    if edition is None:
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.OK if edition.state == EditionState.SUSPENDED else HTTPStatus.GONE


def _remains(edition: Edition | None) -> _Remains:
    """The title and office of the last text; a tombstone may be empty or of another shape."""
    if edition is None:
        return _Remains()
    try:
        return msgspec.json.decode(bytes(edition.payload), type=_Remains)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _Remains()


def _last_day(edition: Edition | None) -> datetime.date | None:
    """The last day on which a withdrawn text could be read; it stays readable for that day."""
    if edition is None or edition.state != EditionState.WITHDRAWN:
        return None
    day = edition.valid_from - datetime.timedelta(days=1)
    before = latest(edition.key, on=day)
    return day if before is not None and before.covers(day) else None


def _begins(key: str, *, after: datetime.date) -> datetime.date | None:
    """The first day on which the key will be in force, when that is still to come."""
    later = editions().filter(key=key, valid_from__gt=after, state=EditionState.PUBLISHED).order_by("valid_from")
    return later.values_list("valid_from", flat=True).first()
