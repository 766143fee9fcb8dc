"""Office pages: the list by type and voivodeship, and the record of one office with its cards."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from public_site import presentation
from public_site.absence import absent
from public_site.addresses import OFFICES
from public_site.caching import page, page_etag, unchanged
from public_site.days import ReadingDay, reading_day
from publication.reading import NotInForce, head_sequence
from service_catalog.published import reading as catalogue
from service_catalog.published.office import Office

_LONGEST_CODE = 100


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """All offices, by type and by name; `?typ=` and `?wojewodztwo=` narrow the list."""
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    offices = catalogue.offices(on=reading.day)
    wanted_type, wanted_voivodeship = request.GET.get("typ", ""), request.GET.get("wojewodztwo", "")
    shown = [
        office
        for office in offices
        if wanted_type in {"", office.office_type.code} and wanted_voivodeship in {"", office.voivodeship}
    ]
    context = {
        "by_type": _by_type(shown),
        "total": len(shown),
        "types": sorted({(office.office_type.name, office.office_type.code) for office in offices}),
        "voivodeships": sorted(
            {(presentation.voivodeship_name(office.voivodeship), office.voivodeship) for office in offices}
        ),
        "wanted_type": wanted_type,
        "wanted_voivodeship": wanted_voivodeship,
        "canonical": OFFICES,
    }
    return page(request, "public_site/offices.html", context, reading=reading, etag=etag)


@require_safe
def office_page(request: HttpRequest, code: str) -> HttpResponse:
    """The record of an office and its cards by topic."""
    if len(code) > _LONGEST_CODE:
        raise Http404
    if code != code.lower():
        return HttpResponsePermanentRedirect(f"{OFFICES}{code.lower()}/")
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    try:
        _, office = catalogue.office(code, on=reading.day)
    except NotInForce as refusal:
        return absent(request, refusal, reading=reading)
    return page(request, "public_site/office.html", office_context(office, reading=reading), reading=reading, etag=etag)


def office_context(office: Office, *, reading: ReadingDay) -> dict[str, Any]:
    """What the office template shows. One query, for the cards."""
    cards = catalogue.cards_of_office(office.code, on=reading.day)
    return {
        "office": office,
        "canonical": f"{OFFICES}{office.code}/",
        "points": [
            {
                "point": point,
                "facilities": presentation.facilities_on(point, on=reading.day),
                "exceptions": presentation.exceptions_on(point, on=reading.day),
            }
            for point in office.service_points
        ],
        "cards": presentation.by_category(cards),
        "total": len(cards),
    }


def _by_type(offices: list[Office]) -> list[tuple[str, list[Office]]]:
    """Offices under the name of their type, both in alphabetical order."""
    groups: dict[str, list[Office]] = {}
    for office in offices:
        groups.setdefault(office.office_type.name, []).append(office)
    return sorted(groups.items())
