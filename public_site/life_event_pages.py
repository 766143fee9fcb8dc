"""Life-event pages: what to settle in a situation, in stages and steps, inside and outside the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from life_events.published import reading as life_events
from life_events.published.life_event import LifeEvent
from public_site.absence import absent
from public_site.addresses import LIFE_EVENTS
from public_site.caching import page, page_etag, unchanged
from public_site.days import reading_day
from publication.reading import NotInForce, head_sequence

_LONGEST_CODE = 60


@require_safe
def life_event_list(request: HttpRequest) -> HttpResponse:
    """All life events by group."""
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    context = {"groups": by_group(life_events.life_events(on=reading.day)), "canonical": LIFE_EVENTS}
    return page(request, "public_site/life_events.html", context, reading=reading, etag=etag)


@require_safe
def life_event_page(request: HttpRequest, code: str) -> HttpResponse:
    """One life event with its stages and steps in order."""
    if len(code) > _LONGEST_CODE:
        raise Http404
    if code != code.upper():
        return HttpResponsePermanentRedirect(f"{LIFE_EVENTS}{code.upper()}/")
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    try:
        _, event = life_events.life_event(code, on=reading.day)
    except NotInForce as refusal:
        return absent(request, refusal, reading=reading)
    context = {
        "event": event,
        "stages": sorted(event.stages, key=lambda stage: stage.order),
        "has_outside": any(step.outside for stage in event.stages for step in stage.steps),
        "canonical": f"{LIFE_EVENTS}{code}/",
    }
    return page(request, "public_site/life_event.html", context, reading=reading, etag=etag)


def by_group(events: Iterable[LifeEvent]) -> list[tuple[str, list[LifeEvent]]]:
    """Life events under their groups, groups in the order of their first event."""
    groups: dict[str, list[LifeEvent]] = {}
    for event in events:
        groups.setdefault(event.group, []).append(event)
    return list(groups.items())
