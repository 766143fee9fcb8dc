"""Answering with the bytes of an edition exactly as they were stored and hashed."""

from __future__ import annotations

import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags

from exporters.catalogue_api.problems import not_in_force
from publication.models import Edition, EditionQuerySet
from publication.reading import NotInForce, editions, latest

MEDIA_TYPE = "application/json; charset=utf-8"
CACHE_CONTROL = "public, max-age=60"


def stored_edition(request: HttpRequest, key: str, *, kind: str, on: datetime.date) -> HttpResponse:
    """The payload in force on the day, with its SHA-256 as ETag; 304 without reading the payload. One query.

    A reader whose copy is out of date costs a second query.
    """
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known:
        head = _head(key, on=on)
        if head is not None and head.kind == kind and head.covers(on) and _matches(head, known):
            return _with_headers(HttpResponse(status=HTTPStatus.NOT_MODIFIED), head)
    edition = latest(key, on=on)
    if edition is None or edition.kind != kind or not edition.covers(on):
        return not_in_force(NotInForce(key, on, edition if edition and edition.kind == kind else None))
    return _with_headers(HttpResponse(bytes(edition.payload), content_type=MEDIA_TYPE), edition)


def _head(key: str, *, on: datetime.date) -> Edition | None:
    """The deciding edition without its payload."""
    found: EditionQuerySet = editions().filter(key=key, valid_from__lte=on).order_by("-valid_from", "-sequence")
    return found.defer(None).only("kind", "key", "state", "valid_from", "valid_to", "sha256", "recorded_at").first()


def _matches(edition: Edition, known: list[str]) -> bool:
    return "*" in known or f'"{edition.sha256}"' in known or f'W/"{edition.sha256}"' in known


def _with_headers(response: HttpResponse, edition: Edition) -> HttpResponse:
    response["ETag"] = f'"{edition.sha256}"'
    response["Last-Modified"] = http_date(edition.recorded_at.timestamp())
    response["Cache-Control"] = CACHE_CONTROL
    return response
