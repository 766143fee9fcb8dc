"""An office record as an HSDS organisation with its locations, phones, contacts and identifiers. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporters.hsds.identity import email, entity, identifier, phone, web_address
from exporters.hsds.locations import location
from exporters.json_text import listed
from service_catalog.published.card import Unit
from service_catalog.published.office import Office

LOSSES = (
    "address", "bip_url", "accounts", "head_title", "accessibility_contact", "privacy_notice", "jurisdiction",
    "districts", "units.parent", "service_points.payment_methods", "service_points.cash_machine_note",
    "service_points.facilities.cost", "service_points.facilities.availability",
    "service_points.facilities.confirmed_on", "participation",
)  # fmt: skip
"""Public fields of an office that HSDS has no place for."""


def offices(found: Iterable[Office], *, site: str) -> Iterator[bytes]:
    """Offices as an array of organisations, one per line, in the order given."""
    yield from listed(b"[", (organization(office, site=site) for office in found), b"]\n")


def organization(office: Office, *, site: str) -> dict[str, Any]:
    """The office as an organisation."""
    place = f"{site}/urzedy/{office.code}/"
    points = [
        location(f"{place}#punkt-{n}", point, town=office.town, teryt=office.teryt)
        for n, point in enumerate(office.service_points, start=1)
    ]
    return entity(
        place,
        name=office.name,
        alternate_name=office.short_name,
        description=office.intro or f"{office.office_type.name}, {office.address}",
        email=email(office.email),
        website=web_address(office.website),
        tax_id=office.nip,
        legal_status=office.office_type.name,
        uri=place,
        contacts=[_contact(f"{place}#komorka-{n}", unit) for n, unit in enumerate(office.units, start=1)],
        phones=phone(place, office.phone),
        locations=[_seat(office, place), *points],
        organization_identifiers=_identifiers(place, office),
    )


def _seat(office: Office, place: str) -> dict[str, Any]:
    """The seat of the office, with the parts of its address as the office record has them."""
    street = " ".join(part for part in (office.street, office.building) if part)
    address = entity(
        f"{place}#adres",
        address_1=street or office.address,
        city=office.town,
        state_province=office.voivodeship,
        postal_code=office.postal_code or "00-000",
        country="PL",
        address_type="physical",
    )
    return entity(
        f"{place}#siedziba",
        location_type="physical",
        name=office.short_name,
        addresses=[address],
        external_identifier=office.teryt,
        external_identifier_type="TERYT",
    )


def _contact(place: str, unit: Unit) -> dict[str, Any]:
    title = f"pokój {unit.room}" if unit.room else ""
    return entity(place, name=unit.name, department=unit.symbol, title=title, email=email(unit.email),
                  phones=phone(place, unit.phone))  # fmt: skip


def _identifiers(place: str, office: Office) -> list[dict[str, Any]]:
    numbers = {
        "REGON": office.regon,
        "NIP": office.nip,
        "e-Doręczenia": office.edelivery_address,
        "ePUAP": office.epuap_address,
        "kod": office.code,
        "typ": office.office_type.code,
    }
    return [
        entity(f"{place}#{name}", organization_id=identifier(place), identifier_type=name, identifier=value)
        for name, value in numbers.items()
        if value
    ]
