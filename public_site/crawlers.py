"""What machines that index the site read: `robots.txt` and the sitemap (protocol 0.9, an index above 5,000 pages)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from public_site import addresses
from public_site.caching import CACHE_CONTROL, page_etag, unchanged
from public_site.days import ReadingDay
from publication.calendar import day_of, today
from publication.models import EditionKind
from publication.reading import editions, head_sequence

PER_FILE = 5_000
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KINDS = (EditionKind.CARD, EditionKind.OFFICE, EditionKind.LIFE_EVENT)
_FIXED = ("/", addresses.LIFE_EVENTS, addresses.TOPICS, addresses.OFFICES, addresses.ABOUT, addresses.DECLARATION)

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /szukaj/
Disallow: /*?na-dzien=
Disallow: /*&na-dzien=

Sitemap: {address}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`robots.txt`: cards are for everybody, readings of other days and search results need no indexing."""
    response = HttpResponse(ROBOTS.format(address=settings.PUBLIC_ADDRESS), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = CACHE_CONTROL
    return response


@require_safe
def sitemap(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The sitemap, or an index of its files above 5,000 addresses. Raises `Http404` for no such file."""
    present = today()
    etag = page_etag(ReadingDay(day=present, today=present), head_sequence(), number)
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    pages = _pages(on=present)
    files = -(-len(pages) // PER_FILE)
    if number > files:
        raise Http404
    if number == 0 and files > 1:
        body = _index(files)
    else:
        start = max(number - 1, 0) * PER_FILE
        body = _urlset(pages[start : start + PER_FILE])
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    response["Cache-Control"], response["ETag"] = CACHE_CONTROL, etag
    return response


def _pages(*, on: datetime.date) -> list[tuple[str, str]]:
    """Addresses with the day of their last change. One query that reads no payload."""
    rows = (
        editions()
        .filter(kind__in=_KINDS)
        .readable(on=on)
        .order_by("kind", "key")
        .values_list("kind", "key", "recorded_at")
    )
    found = [(addresses.of_edition(kind, key), day_of(recorded).isoformat()) for kind, key, recorded in rows]
    return [(address, "") for address in _FIXED] + found


def _urlset(pages: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f"<url><loc>{_absolute(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for address, changed in pages
    )
    return f"{_DECLARATION}<urlset {_NAMESPACE}>\n{entries}</urlset>\n"


def _index(files: int) -> str:
    entries = "".join(
        f"<sitemap><loc>{_absolute(f'/sitemap-{number}.xml')}</loc></sitemap>\n" for number in range(1, files + 1)
    )
    return f"{_DECLARATION}<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n"


def _absolute(address: str) -> str:
    return escape(f"{settings.PUBLIC_ADDRESS}{quote(address)}")
