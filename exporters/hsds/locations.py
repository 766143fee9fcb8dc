"""Places where a client comes to: address, hours, accessibility."""

from __future__ import annotations

from typing import Any

from exporters.hsds.identity import address, entity
from service_catalog.published.card import Facility, HoursException, ServicePoint

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def location(place: str, point: ServicePoint, *, town: str, teryt: str) -> dict[str, Any]:
    """A physical location. `place` is the address under which it is named."""
    where = ", ".join(part for part in (point.floor, f"pokój {point.room}" if point.room else "") if part)
    return entity(
        place,
        location_type="physical",
        name=point.name,
        description=where,
        addresses=[address(place, point.address, town=town, teryt=teryt)],
        accessibility=[*_features(place, point), *_facilities(place, point)],
        schedules=schedules(place, point),
    )


def schedules(place: str, point: ServicePoint) -> list[dict[str, Any]]:
    """The usual hours of each weekday (RFC 5545 names), then days with other hours."""
    usual = [
        entity(
            f"{place}#godziny-{n}",
            freq="WEEKLY",
            wkst="MO",
            byday=_WEEKDAYS[hours.weekday],
            opens_at=hours.opens,
            closes_at=hours.closes,
            notes=point.booking,
        )
        for n, hours in enumerate(point.hours, start=1)
    ]
    return usual + [_exception(f"{place}#dni-{n}", day) for n, day in enumerate(point.exceptions, start=1)]


def _exception(place: str, day: HoursException) -> dict[str, Any]:
    return entity(
        place,
        valid_from=day.date_from,
        valid_to=day.date_to,
        opens_at="" if day.closed else day.opens,
        closes_at="" if day.closed else day.closes,
        description="Nieczynne" if day.closed else "Inne godziny",
        notes=day.reason,
    )


def _features(place: str, point: ServicePoint) -> list[dict[str, Any]]:
    return [
        entity(f"{place}#dostepnosc-{n}", description=words) for n, words in enumerate(point.accessibility, start=1)
    ]


def _facilities(place: str, point: ServicePoint) -> list[dict[str, Any]]:
    return [
        entity(f"{place}#udogodnienie-{n}", description=facility.kind, details=_details(facility))
        for n, facility in enumerate(point.facilities, start=1)
    ]


def _details(facility: Facility) -> str:
    when = f"od {facility.available_from} do {facility.available_to}" if facility.available_from else ""
    count = f"liczba: {facility.count}" if facility.count is not None else ""
    return "; ".join(part for part in (facility.how_to_ask, count, when) if part)
