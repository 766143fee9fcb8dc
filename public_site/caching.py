"""Honest caching of public pages: a strong ETag from what the page is made of, 304, one minute of shared caching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import parse_etags

from public_site.days import ReadingDay
from public_site.templating import template_version

CACHE_CONTROL = "public, max-age=60"


def page_etag(reading: ReadingDay, *parts: object) -> str:
    """ETag of a page: its sources, the day it is read for, the present day (banners) and the template version."""
    present = "" if reading.is_today else reading.today.isoformat()
    named = (*parts, reading.day.isoformat(), present, template_version())
    joined = "-".join(str(part) for part in named if part != "")
    return f'"{joined}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 when the reader has this very page already, else None."""
    if_none_match = request.META.get("HTTP_IF_NONE_MATCH", "")
    known = parse_etags(if_none_match) if if_none_match else []
    if "*" in known or etag in known or f"W/{etag}" in known:
        return _with_headers(HttpResponseNotModified(), etag)
    return None


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, reading: ReadingDay, etag: str = ""
) -> HttpResponse:
    """Render a page for a day. A reading of another day asks search engines to leave it out."""
    shown = {"reading": reading, "suffix": reading.suffix, "path": request.path, **context}
    response = render(request, template, shown)
    if not reading.is_today:
        response["X-Robots-Tag"] = "noindex"
    return _with_headers(response, etag)


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = CACHE_CONTROL
    if etag:
        response["ETag"] = etag
    return response
