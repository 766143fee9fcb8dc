"""Answering with the bytes of an edition exactly as they were stored and hashed."""

from __future__ import annotations

import datetime
import hashlib
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from exporters.catalogue_api.problems import not_in_force, problem
from exporters.modification import modified_at
from handbooks.published.handbook import Handbook
from life_events.published.life_event import LifeEvent
from publication.models import Edition, EditionKind, EditionQuerySet
from publication.reading import NotInForce, editions, latest
from service_catalog.published.card import Card
from service_catalog.published.office import Office

MEDIA_TYPE = "application/json; charset=utf-8"
CACHE_CONTROL = "public, max-age=60"


_top_level = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NAMES: dict[str, type[msgspec.Struct]] = {
    EditionKind.CARD: Card,
    EditionKind.OFFICE: Office,
    EditionKind.LIFE_EVENT: LifeEvent,
    EditionKind.ARTICLE: Handbook,
}
"""Kinds of editions of which single fields can be asked for."""


def stored_edition(
    request: HttpRequest, key: str, *, kind: str, on: datetime.date, fields: tuple[str, ...] = (), dated: bool = True
) -> HttpResponse:
    """The payload in force on the day, with its SHA-256 as ETag; 304 without reading the payload. One query.

    A reader whose copy is out of date costs a second query. With `fields` only those, in the order of the payload, with an ETag of
    their own. Without `dated` nothing is said of when it changed: the caller chose the key by something that changes, too.
    """
    if fields:
        return _selected(request, key, kind=kind, on=on, fields=fields, dated=dated)
    if {"If-None-Match", "If-Modified-Since"} & set(request.headers):
        head = _head(key, on=on)
        if head is not None and head.kind == kind and head.covers(on):
            unchanged = _unchanged(request, head, head.sha256, dated=dated)
            if unchanged:
                return unchanged
    edition = latest(key, on=on)
    if edition is None or edition.kind != kind or not edition.covers(on):
        return not_in_force(NotInForce(key, on, edition if edition and edition.kind == kind else None))
    response = HttpResponse(bytes(edition.payload), content_type=MEDIA_TYPE)
    return _with_headers(response, edition, edition.sha256, dated=dated)


def _selected(
    request: HttpRequest, key: str, *, kind: str, on: datetime.date, fields: tuple[str, ...], dated: bool
) -> HttpResponse:
    """Some fields of the payload, undecoded. Fields that are empty are left out, as they are in the payload."""
    known = [field.name for field in msgspec.structs.fields(_NAMES[kind])]
    unknown = [name for name in fields if name not in known]
    if unknown:
        detail = f"Nie ma pól: {', '.join(unknown)}. Można wybrać: {', '.join(known)}."
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Nieznane pole", detail)
    edition = latest(key, on=on)
    if edition is None or edition.kind != kind or not edition.covers(on):
        return not_in_force(NotInForce(key, on, edition if edition and edition.kind == kind else None))
    payload = _top_level.decode(bytes(edition.payload))
    body = msgspec.json.encode({name: value for name, value in payload.items() if name in fields})
    named = f"{edition.sha256} {','.join(sorted(fields))}"
    etag = hashlib.sha256(named.encode()).hexdigest()
    return _unchanged(request, edition, etag, dated=dated) or _with_headers(
        HttpResponse(body, content_type=MEDIA_TYPE), edition, etag, dated=dated
    )


def _head(key: str, *, on: datetime.date) -> Edition | None:
    """The deciding edition without its payload."""
    found: EditionQuerySet = editions().filter(key=key, valid_from__lte=on).order_by("-valid_from", "-sequence")
    return found.defer(None).only("kind", "key", "state", "valid_from", "valid_to", "sha256", "recorded_at").first()


def _unchanged(request: HttpRequest, edition: Edition, etag: str, *, dated: bool) -> HttpResponse | None:
    """304 when the reader has this text; by its date only when he named no hash (RFC 9110, 13.1.3)."""
    since = modified_at(edition) if dated else None
    answer = get_conditional_response(request, etag=f'"{etag}"', last_modified=since)
    if isinstance(answer, HttpResponse) and answer.status_code == HTTPStatus.NOT_MODIFIED:
        return _with_headers(answer, edition, etag, dated=dated)
    return None


def _with_headers(response: HttpResponse, edition: Edition, etag: str, *, dated: bool) -> HttpResponse:
    response["ETag"] = f'"{etag}"'
    if dated:
        response["Last-Modified"] = http_date(modified_at(edition))
    response["Cache-Control"] = CACHE_CONTROL
    return response
