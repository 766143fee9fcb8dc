"""Answering with the bytes of an edition exactly as they were stored and hashed."""

from __future__ import annotations

import datetime
import hashlib
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags

from exporters.catalogue_api.problems import not_in_force, problem
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
}
"""Kinds of editions of which single fields can be asked for."""


def stored_edition(
    request: HttpRequest, key: str, *, kind: str, on: datetime.date, fields: tuple[str, ...] = ()
) -> HttpResponse:
    """The payload in force on the day, with its SHA-256 as ETag; 304 without reading the payload. One query.

    A reader whose copy is out of date costs a second query. With `fields` only those, in the order of the payload, with an ETag of
    their own.
    """
    if fields:
        return _selected(request, key, kind=kind, on=on, fields=fields)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known:
        head = _head(key, on=on)
        if head is not None and head.kind == kind and head.covers(on) and _matches(head, known):
            return _with_headers(HttpResponse(status=HTTPStatus.NOT_MODIFIED), head)
    edition = latest(key, on=on)
    if edition is None or edition.kind != kind or not edition.covers(on):
        return not_in_force(NotInForce(key, on, edition if edition and edition.kind == kind else None))
    return _with_headers(HttpResponse(bytes(edition.payload), content_type=MEDIA_TYPE), edition)


def _selected(request: HttpRequest, key: str, *, kind: str, on: datetime.date, fields: tuple[str, ...]) -> HttpResponse:
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
    unchanged = get_conditional_response(request, etag=f'"{etag}"')
    response = unchanged if isinstance(unchanged, HttpResponse) else HttpResponse(body, content_type=MEDIA_TYPE)
    return _with_headers(response, edition, etag=etag)


def _head(key: str, *, on: datetime.date) -> Edition | None:
    """The deciding edition without its payload."""
    found: EditionQuerySet = editions().filter(key=key, valid_from__lte=on).order_by("-valid_from", "-sequence")
    return found.defer(None).only("kind", "key", "state", "valid_from", "valid_to", "sha256", "recorded_at").first()


def _matches(edition: Edition, known: list[str]) -> bool:
    return "*" in known or f'"{edition.sha256}"' in known or f'W/"{edition.sha256}"' in known


def _with_headers(response: HttpResponse, edition: Edition, *, etag: str = "") -> HttpResponse:
    response["ETag"] = f'"{etag or edition.sha256}"'
    response["Last-Modified"] = http_date(edition.recorded_at.timestamp())
    response["Cache-Control"] = CACHE_CONTROL
    return response
