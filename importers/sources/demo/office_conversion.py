"""Invented office records as neutral offices, and what each office says about each card, drawn repeatably."""

from __future__ import annotations

from decimal import Decimal

from importers.sources.demo.drawing import Draw
from importers.sources.demo.records import OfficeRecord, ServicePointRecord
from service_catalog.authoring.records import ACCESSIBILITY
from service_catalog.presentation import OfficeContribution, Price
from service_catalog.published.card import (
    Card,
    Facility,
    Hours,
    HoursException,
    Named,
    ServicePoint,
    Unit,
)
from service_catalog.published.office import Account, JurisdictionArea, Office

LOCAL_NOTES = (
    "W poniedziałki przyjmujemy dłużej. Godziny znajdziesz na tej stronie.",
    "Wnioski wypełnisz na miejscu. Przy stolikach leżą wzory.",
    "Wejdź od strony parkingu, tam nie ma schodów.",
    "Numerek pobierz w automacie przy wejściu.",
    "Po godzinie 14 kolejki są najkrótsze.",
    "Dokumenty możesz wrzucić do wrzutni przy wejściu głównym.",
    "Z psem asystującym wejdziesz do każdej sali.",
    "Jeśli dojeżdżasz z daleka, zadzwoń i zapytaj, czy masz komplet dokumentów.",
)
FREE_COPIES = "W biurze obsługi klienta na parterze bezpłatnie skserujesz dokumenty."
INTERNAL_NOTES = (
    "Gdy klient pyta o stan sprawy, poproś o numer sprawy i przełącz do komórki prowadzącej.",
    "Najczęściej dzwonią osoby bez kompletu dokumentów. Zacznij od listy dokumentów.",
    "Numer pokoju podawaj zawsze razem z piętrem.",
)


def office(record: OfficeRecord, office_type_name: str) -> Office:
    """The neutral form of an invented record."""
    street = f"{record.address.street} {record.address.building}"
    return Office(
        code=record.code,
        office_type=Named(code=record.office_type, name=office_type_name),
        name=record.name,
        short_name=record.short_name,
        town=record.town,
        voivodeship="",
        teryt=record.teryt_seat,
        address=f"{street}, {record.address.postal_code} {record.address.town}",
        street=record.address.street,
        building=record.address.building,
        postal_code=record.address.postal_code,
        phone=record.phone,
        email=record.email,
        website=record.website,
        bip_url=record.bip_url,
        nip=record.nip,
        regon=record.regon,
        epuap_address=record.epuap_address,
        edelivery_address=record.edelivery_address,
        accounts=tuple(
            Account(purpose=account.purpose, owner=account.owner, number=account.number) for account in record.accounts
        ),
        head_title=record.head_title,
        accessibility_contact=record.accessibility_contact,
        privacy_notice=record.privacy_notice_url,
        jurisdiction=tuple(JurisdictionArea(prefix=area.prefix, include=area.include) for area in record.jurisdiction),
        districts=tuple(record.districts),
        units=tuple(
            Unit(
                symbol=unit.symbol,
                name=unit.name,
                parent=unit.parent or "",
                phone=unit.phone,
                email=unit.email,
                room=unit.room,
            )
            for unit in record.units
        ),
        service_points=tuple(_point(point) for point in record.service_points),
        participation=record.participation,
        intro=record.special_task_note,
    )


def _point(point: ServicePointRecord) -> ServicePoint:
    address = point.address
    return ServicePoint(
        name=point.name,
        address=f"{address.street} {address.building}, {address.postal_code} {address.town}",
        floor=point.floor,
        room=point.room,
        hours=tuple(Hours(weekday=day.weekday, opens=day.opens, closes=day.closes) for day in point.hours),
        exceptions=tuple(
            HoursException(
                date_from=exception.date_from,
                date_to=exception.date_to,
                closed=exception.closed,
                opens=exception.opens or "",
                closes=exception.closes or "",
                reason=exception.reason,
            )
            for exception in point.exceptions
        ),
        booking=point.booking,
        payment_methods=tuple(point.payment_methods),
        cash_machine_note=point.cash_machine_note,
        accessibility=tuple(words for name, words in ACCESSIBILITY if getattr(point, name)),
        facilities=tuple(
            Facility(
                kind=facility.kind,
                count=facility.count,
                cost=facility.cost,
                how_to_ask=facility.how_to_ask,
                availability=facility.availability,
                available_from=facility.available_from or "",
                available_to=facility.available_to or "",
                confirmed_on=facility.confirmed_on,
            )
            for facility in point.facilities
        ),
    )


def contribution(record: OfficeRecord, card: Card) -> OfficeContribution:
    """What the office says about one card: unit and room by topic, its prices, and now and then a note or an average."""
    by_topic = Draw(f"{record.code}|{card.topic.topic}|{card.topic.category}")
    by_card = Draw(f"{record.code}|{card.symbol}")
    unit = by_topic.pick("unit", record.units)
    point = by_topic.pick("point", record.service_points)
    measured = by_card.chance("measured", percent=35)
    return OfficeContribution(
        point=point.name,
        unit=unit.symbol,
        phone=unit.phone,
        room=str(1 + by_card.number("room", below=12)) if by_card.chance("room of card", percent=20) else unit.room,
        pickup="Odbierzesz w tym samym punkcie." if by_card.chance("pickup", percent=40) else "",
        average_days=4 + by_card.number("average", below=24) if measured else None,
        average_on="2026-09-30" if measured else "",
        local_notes=_notes(record, point, by_card),
        internal_note=by_card.pick("internal", INTERNAL_NOTES) if by_card.chance("internal note", percent=15) else "",
        last_verified=f"2026-{1 + by_card.number('month', below=9):02d}-{1 + by_card.number('day', below=28):02d}",
        prices=tuple(
            Price(code=fee.code, amount=_price(by_topic, fee.condition or fee.kind)) for fee in card.fees if fee.code
        ),
    )


def _notes(record: OfficeRecord, point: ServicePointRecord, by_card: Draw) -> tuple[str, ...]:
    """Local notes that agree with the record: free copies only where the office makes them."""
    free_copies = any(facility.kind == "bezpłatne ksero" for facility in point.facilities)
    notes = [FREE_COPIES] if free_copies and point.floor == "parter" and by_card.chance("copies", percent=60) else []
    if by_card.chance("note", percent=25):
        notes.append(Draw(record.code).pick(f"note {by_card.number('which', below=3)}", LOCAL_NOTES))
    return tuple(notes)


def _price(draw: Draw, purpose: str) -> str:
    """A price between 2.00 and 89.50 zł in steps of 50 grosze."""
    return str(Decimal("2.00") + Decimal("0.50") * draw.number(f"price {purpose}", below=176))
