"""From office pages and register entries to their published structs."""

from __future__ import annotations

import datetime
from typing import cast

from cms.fields import as_lines
from service_catalog.authoring.transcription import iso
from service_catalog.models import (
    Facility as FacilityRow,
)
from service_catalog.models import (
    FormFamily,
    LegalAct,
    OfficePage,
    OfficeType,
    Topic,
)
from service_catalog.models import (
    ServicePoint as ServicePointRow,
)
from service_catalog.published import register
from service_catalog.published.card import Availability, Facility, Hours, HoursException, Named, ServicePoint, Unit
from service_catalog.published.office import Account, JurisdictionArea, Office
from service_catalog.teryt import teryt_register

ACCESSIBILITY = (
    ("step_free_access", "wejście bez schodów"),
    ("lift", "winda"),
    ("induction_loop", "pętla indukcyjna"),
    ("accessible_toilet", "toaleta dostępna dla osób na wózku"),
    ("parking", "miejsce parkingowe dla osób z niepełnosprawnością"),
)


def office_record(page: OfficePage) -> Office:
    """The office as published."""
    teryt = teryt_register()
    street = " ".join(part for part in (page.street, page.building) if part)
    return Office(
        code=page.code,
        office_type=Named(code=page.office_type.code, name=page.office_type.name),
        name=page.title,
        short_name=page.short_name,
        town=page.town,
        voivodeship=teryt.voivodeship_of(page.teryt).name,
        teryt=page.teryt,
        address=f"{street}, {page.postal_code} {page.town}",
        street=page.street,
        building=page.building,
        postal_code=page.postal_code,
        phone=page.phone,
        email=page.email,
        website=page.website,
        bip_url=page.bip_url,
        nip=page.nip,
        regon=page.regon,
        epuap_address=page.epuap_address,
        edelivery_address=page.edelivery_address,
        accounts=tuple(Account(purpose=row.purpose, owner=row.owner, number=row.number) for row in page.accounts.all()),
        head_title=page.head_title,
        accessibility_contact=page.accessibility_contact,
        privacy_notice=page.privacy_notice_url,
        jurisdiction=tuple(
            JurisdictionArea(prefix=row.prefix, include=row.include, name=teryt.name_path(row.prefix))
            for row in page.jurisdictions.all()
        ),
        districts=as_lines(page.districts),
        units=tuple(
            Unit(
                symbol=row.symbol,
                name=row.name,
                parent=row.parent_symbol,
                phone=row.phone,
                email=row.email,
                room=row.room,
            )
            for row in page.units.all()
            if not row.closed
        ),
        service_points=tuple(_point(row) for row in page.service_points.all()),
        participation=page.participation,
        intro=page.intro,
    )


def _point(row: ServicePointRow) -> ServicePoint:
    return ServicePoint(
        name=row.name,
        address=row.address,
        floor=row.floor,
        room=row.room,
        hours=tuple(
            Hours(weekday=hours.weekday, opens=_clock(hours.opens), closes=_clock(hours.closes))
            for hours in row.hours.all()
        ),
        exceptions=tuple(
            HoursException(
                date_from=iso(exception.date_from),
                date_to=iso(exception.date_to),
                closed=exception.closed,
                opens=_clock(exception.opens),
                closes=_clock(exception.closes),
                reason=exception.reason,
            )
            for exception in row.exceptions.all()
        ),
        booking=row.booking,
        payment_methods=as_lines(row.payment_methods),
        cash_machine_note=row.cash_machine_note,
        accessibility=tuple(words for name, words in ACCESSIBILITY if getattr(row, name)),
        facilities=tuple(_facility(facility) for facility in row.facilities.all()),
    )


def _facility(row: FacilityRow) -> Facility:
    return Facility(
        kind=row.kind,
        count=row.count,
        cost=f"{row.cost:.2f}" if row.cost else "",
        how_to_ask=row.how_to_ask,
        availability=cast("Availability", row.availability),
        available_from=iso(row.available_from),
        available_to=iso(row.available_to),
        confirmed_on=iso(row.confirmed_on),
    )


def _clock(value: datetime.time | str | None) -> str:
    """The time as "HH:MM"."""
    return value.strftime("%H:%M") if isinstance(value, datetime.time) else (value or "")[:5]


def office_type_record(row: OfficeType) -> register.OfficeType:
    """An office type as published."""
    return register.OfficeType(
        code=row.code,
        name=row.name,
        name_plural=row.name_plural,
        level=row.level,
        subordination=row.subordination,
        appeal_body=row.appeal_body,
        jurisdiction_kind=row.jurisdiction_kind,
        in_catalogue=row.in_catalogue,
    )


def act_record(row: LegalAct) -> register.LegalAct:
    """A legal act as published."""
    return register.LegalAct(
        code=row.code,
        title=row.title,
        kind=row.kind,
        date=iso(row.date),
        display=row.display,
        eli=row.eli,
        isap=row.isap,
        status=row.status,
        consolidated=tuple(
            register.ConsolidatedText(display=text.display, eli=text.eli, announced_on=iso(text.announced_on))
            for text in row.consolidated_texts.all()
        ),
    )


def form_record(row: FormFamily) -> register.FormFamily:
    """A form family as published."""
    return register.FormFamily(
        code=row.code,
        title=row.title,
        versions=tuple(
            register.FormVersion(
                version=version.version,
                format=version.format,
                fillable=version.fillable,
                url=version.document.url if version.document else version.url,
                valid_from=iso(version.valid_from),
                valid_to=iso(version.valid_to),
                note=version.note,
            )
            for version in row.versions.all()
        ),
    )


def topic_tree_record() -> register.TopicTree:
    """The topic tree as published: groups without any card are left out by nobody; empty branches stay visible."""
    topics = Topic.objects.prefetch_related("categories__groups").order_by("position", "name")
    return register.TopicTree(
        topics=tuple(
            register.Topic(
                slug=topic.slug,
                name=topic.name,
                ivr_key=topic.ivr_key,
                categories=tuple(
                    register.TopicCategory(
                        slug=category.slug,
                        name=category.name,
                        groups=tuple(
                            register.TopicGroup(slug=group.slug, name=group.name) for group in category.groups.all()
                        ),
                    )
                    for category in topic.categories.all()
                ),
            )
            for topic in topics
        )
    )
