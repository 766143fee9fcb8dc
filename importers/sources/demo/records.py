"""Shapes of an invented office record: the local data that every office card takes over."""

from typing import Literal

import msgspec

AccountPurpose = Literal["dochody", "opłata skarbowa", "cennik"]
PaymentMethod = Literal["gotówka", "karta", "BLIK", "przelew"]
Availability = Literal["stała", "okresowa"]
Participation = Literal["projekt", "przyjął wzorzec"]


class Jurisdiction(msgspec.Struct, frozen=True, kw_only=True):
    """A TERYT prefix of 2, 4 or 7 digits that belongs to the office (`include`) or is cut out of its area."""

    prefix: str
    include: bool


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A postal address; `postal_code` is written dd-ddd."""

    street: str
    building: str
    postal_code: str
    town: str


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account: 26 digits of the Polish NRB without spaces, and whose it is."""

    purpose: AccountPurpose
    owner: str
    number: str


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """An organisational unit; `parent` is the symbol of the unit above it in the same office."""

    symbol: str
    name: str
    parent: str | None
    phone: str
    email: str
    room: str


class OpeningHours(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of one weekday (0 is Monday), local time written HH:MM."""

    weekday: int
    opens: str
    closes: str


class HoursException(msgspec.Struct, frozen=True, kw_only=True):
    """Days (ISO dates, both included) on which the weekly hours do not apply."""

    date_from: str
    date_to: str
    closed: bool
    opens: str | None
    closes: str | None
    reason: str


class FacilityRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A facility of a service point; `cost` is a decimal text in PLN, dates are ISO texts."""

    kind: str
    count: int | None
    cost: str
    how_to_ask: str
    availability: Availability
    available_from: str | None
    available_to: str | None
    confirmed_on: str


class ServicePointRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A place where clients are served, with hours, ways to pay, accessibility and facilities."""

    name: str
    address: Address
    floor: str
    room: str
    hours: list[OpeningHours]
    exceptions: list[HoursException]
    booking: str
    payment_methods: list[PaymentMethod]
    cash_machine_note: str
    step_free_access: bool
    lift: bool
    induction_loop: bool
    accessible_toilet: bool
    parking: bool
    facilities: list[FacilityRecord]


class OfficeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the demonstration knows about one office; names are real, all numbers are invented."""

    code: str
    office_type: str
    name: str
    short_name: str
    town: str
    teryt_seat: str
    jurisdiction: list[Jurisdiction]
    districts: list[str]
    address: Address
    phone: str
    email: str
    website: str
    bip_url: str
    nip: str
    regon: str
    epuap_address: str
    edelivery_address: str
    accounts: list[Account]
    head_title: str
    accessibility_contact: str
    privacy_notice_url: str
    units: list[Unit]
    service_points: list[ServicePointRecord]
    participation: Participation
    special_task_note: str
