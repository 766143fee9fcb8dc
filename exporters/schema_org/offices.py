"""Office, place and hours of a card in the vocabulary of schema.org."""

from __future__ import annotations

from typing import Any

from exporters.json_text import without_empty
from service_catalog.published.card import Card, Contact, HoursException, OfficeReference, ServicePoint, Unit

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALL_DAY_CLOSED = "00:00"
"""schema.org: equal `opens` and `closes` mean closed on that day."""


def provider(card: Card, office: OfficeReference, *, site: str) -> dict[str, Any]:
    """The office that offers the service, with the contact for this matter."""
    return without_empty(
        {
            "@type": "GovernmentOffice",
            "@id": f"{site}/urzedy/{office.code}/",
            "name": office.name,
            "alternateName": office.short_name,
            "url": office.website,
            "address": office.address,
            "location": {"@type": "Place", "name": office.town, "identifier": _named("TERYT", office.teryt)},
            "telephone": office.phone,
            "email": office.email,
            "taxID": office.nip,
            "identifier": [
                _named(name, value)
                for name, value in (
                    ("REGON", office.regon),
                    ("e-Doręczenia", office.edelivery_address),
                    ("ePUAP", office.epuap_address),
                )
                if value
            ],
            "contactPoint": _contact(card.contact),
            "department": _unit(card.responsible_unit),
        }
    )


def _named(name: str, value: str) -> dict[str, Any]:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    room = f"pokój {contact.room}" if contact.room else ""
    return without_empty(
        {"@type": "ContactPoint", "telephone": contact.phone, "email": contact.email, "description": room}
    )


def _unit(unit: Unit | None) -> dict[str, Any] | None:
    if unit is None:
        return None
    return without_empty(
        {
            "@type": "Organization",
            "name": unit.name,
            "alternateName": unit.symbol,
            "telephone": unit.phone,
            "email": unit.email,
            "location": f"pokój {unit.room}" if unit.room else "",
        }
    )


def place(point: ServicePoint) -> dict[str, Any]:
    """Where a client comes to: address, hours, exceptions, accessibility and facilities."""
    where = ", ".join(part for part in (point.floor, f"pokój {point.room}" if point.room else "") if part)
    return without_empty(
        {
            "@type": "Place",
            "name": point.name,
            "address": point.address,
            "description": where,
            "openingHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": f"https://schema.org/{_WEEKDAYS[hours.weekday]}",
                    "opens": hours.opens,
                    "closes": hours.closes,
                }
                for hours in point.hours
            ],
            "specialOpeningHoursSpecification": [_exception(exception) for exception in point.exceptions],
            "amenityFeature": _features(point),
        }
    )


def _exception(exception: HoursException) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": exception.date_from,
            "validThrough": exception.date_to,
            "opens": _ALL_DAY_CLOSED if exception.closed else exception.opens,
            "closes": _ALL_DAY_CLOSED if exception.closed else exception.closes,
            "description": exception.reason,
        }
    )


def _features(point: ServicePoint) -> list[dict[str, Any]]:
    accessible: list[dict[str, Any]] = [
        {"@type": "LocationFeatureSpecification", "name": words, "value": True} for words in point.accessibility
    ]
    return accessible + [
        without_empty(
            {
                "@type": "LocationFeatureSpecification",
                "name": facility.kind,
                "value": True if facility.count is None else facility.count,
                "description": facility.how_to_ask,
                "validFrom": facility.available_from,
                "validThrough": facility.available_to,
            }
        )
        for facility in point.facilities
    ]
