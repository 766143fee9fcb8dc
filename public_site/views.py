"""Home, the pages about the site itself, and the error pages."""

from __future__ import annotations

import datetime
import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from life_events.published import reading as life_events
from public_site import addresses
from public_site.caching import page, page_etag, unchanged
from public_site.days import UnreadableDay, reading_day
from public_site.life_event_pages import by_group
from public_site.topic_pages import tree_of
from publication.reading import head_sequence

DECLARED_ON = datetime.date(2026, 11, 20)
"""The day on which the accessibility declaration was drawn up."""

_API = "/api/"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search box, life events, topics and the way to the offices."""
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    context = {
        "groups": by_group(life_events.life_events(on=reading.day)),
        "topics": tree_of(reading).topics,
        "canonical": "/",
    }
    return page(request, "public_site/home.html", context, reading=reading, etag=etag)


@require_safe
def accessibility_declaration(request: HttpRequest) -> HttpResponse:
    """Accessibility declaration after model 2.0 (act of 4 April 2019 on digital accessibility, art. 10)."""
    context = {
        "public_address": settings.PUBLIC_ADDRESS,
        "contact_email": settings.DEFAULT_FROM_EMAIL,
        "declared_on": DECLARED_ON,
        "canonical": addresses.DECLARATION,
    }
    reading = reading_day(request)
    return page(
        request, "public_site/declaration.html", context, reading=reading, etag=page_etag(reading, "deklaracja")
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, how to read past and future versions, and where its data are."""
    reading = reading_day(request)
    return page(
        request,
        "public_site/about.html",
        {"canonical": addresses.ABOUT},
        reading=reading,
        etag=page_etag(reading, "o-serwisie"),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address cannot be read; a wrong day says what to write."""
    detail = (
        str(exception)
        if isinstance(exception, UnreadableDay)
        else "Nie umiemy odczytać tego adresu. Sprawdź, czy nie ma w nim zbędnych znaków."
    )
    return _error(request, HTTPStatus.BAD_REQUEST, "Nie rozumiemy tego adresu", detail)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the reader may not see this."""
    return _error(
        request,
        HTTPStatus.FORBIDDEN,
        "Nie masz dostępu do tej strony",
        "Ta strona jest tylko dla osób, które się zalogowały i mają do niej prawo.",
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such address."""
    return _error(
        request, HTTPStatus.NOT_FOUND, "Nie ma takiej strony",
        "Mogliśmy ją przenieść albo adres ma literówkę. Wpisz, co chcesz załatwić, albo wybierz dział.",
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """500: something broke on our side. Reads nothing from the database."""
    return _error(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, "Coś się u nas zepsuło",
        "To nasz błąd, nie twój. Spróbuj jeszcze raz za kilka minut.",
    )  # fmt: skip


def _error(request: HttpRequest, status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    """An error page, or a problem document (RFC 9457, formerly 7807) for programs."""
    if request.path.startswith(_API):
        problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
        return HttpResponse(
            json.dumps(problem, ensure_ascii=False),
            status=status,
            content_type="application/problem+json; charset=utf-8",
        )
    context = {"title": title, "detail": detail, "status": int(status)}
    response = render(request, "public_site/error.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
