"""From a neutral office record to the page of the office: the inverse of `records.office_record`."""

from __future__ import annotations

import datetime
from decimal import Decimal

from cms.fields import LinesField
from service_catalog.authoring.records import ACCESSIBILITY
from service_catalog.models import (
    BankAccount,
    Jurisdiction,
    OfficePage,
    OfficeType,
    OpeningException,
    OpeningHours,
    OrganisationalUnit,
)
from service_catalog.models import Facility as FacilityRow
from service_catalog.models import ServicePoint as ServicePointRow
from service_catalog.published.card import Facility, ServicePoint
from service_catalog.published.office import Office


def office_page(office: Office) -> OfficePage:
    """An unsaved page with all its rows. The office type must exist."""
    page = OfficePage(
        title=office.name,
        slug=office.code,
        code=office.code,
        office_type=OfficeType.objects.get(code=office.office_type.code),
        short_name=office.short_name,
        intro=office.intro,
        teryt=office.teryt,
        street=office.street,
        building=office.building,
        postal_code=office.postal_code,
        town=office.town,
        phone=office.phone,
        email=office.email,
        website=office.website,
        bip_url=office.bip_url,
        nip=office.nip,
        regon=office.regon,
        epuap_address=office.epuap_address,
        edelivery_address=office.edelivery_address,
        head_title=office.head_title,
        accessibility_contact=office.accessibility_contact,
        privacy_notice_url=office.privacy_notice,
        districts=LinesField.join(office.districts),
        participation=office.participation or "poza",
    )
    page.units = [
        OrganisationalUnit(
            symbol=unit.symbol,
            name=unit.name,
            parent_symbol=unit.parent,
            phone=unit.phone,
            email=unit.email,
            room=unit.room,
        )
        for unit in office.units
    ]
    page.accounts = [
        BankAccount(purpose=account.purpose, owner=account.owner, number=account.number) for account in office.accounts
    ]
    page.jurisdictions = [Jurisdiction(prefix=area.prefix, include=area.include) for area in office.jurisdiction]
    page.service_points = [_point(point) for point in office.service_points]
    return page


def _point(point: ServicePoint) -> ServicePointRow:
    row = ServicePointRow(
        name=point.name,
        address=point.address,
        floor=point.floor,
        room=point.room,
        booking=point.booking,
        payment_methods=LinesField.join(point.payment_methods),
        cash_machine_note=point.cash_machine_note,
        **{name: words in point.accessibility for name, words in ACCESSIBILITY},
    )
    row.hours = [
        OpeningHours(weekday=hours.weekday, opens=_clock(hours.opens), closes=_clock(hours.closes))
        for hours in point.hours
    ]
    row.exceptions = [
        OpeningException(
            date_from=day(exception.date_from),
            date_to=day(exception.date_to),
            closed=exception.closed,
            opens=_clock(exception.opens),
            closes=_clock(exception.closes),
            reason=exception.reason,
        )
        for exception in point.exceptions
    ]
    row.facilities = [_facility(facility) for facility in point.facilities]
    return row


def _facility(facility: Facility) -> FacilityRow:
    return FacilityRow(
        kind=facility.kind,
        count=facility.count,
        cost=Decimal(facility.cost or "0"),
        how_to_ask=facility.how_to_ask,
        availability=facility.availability,
        available_from=day(facility.available_from),
        available_to=day(facility.available_to),
        confirmed_on=day(facility.confirmed_on),
    )


def day(value: str) -> datetime.date | None:
    """The date of an ISO text, None for an empty one."""
    return datetime.date.fromisoformat(value) if value else None


def _clock(value: str) -> datetime.time | None:
    return datetime.time.fromisoformat(value) if value else None
