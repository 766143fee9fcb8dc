"""The published office: its record as shown on the office page, in the address book and in the API."""

from __future__ import annotations

from service_catalog.published.card import Named, PublishedStruct, ServicePoint, Unit


class Account(PublishedStruct, frozen=True, kw_only=True):
    """A bank account: purpose, owner and 26-digit NRB."""

    purpose: str
    owner: str
    number: str


class JurisdictionArea(PublishedStruct, frozen=True, kw_only=True):
    """A TERYT prefix (2, 4 or 7 digits) that belongs to the office, or is taken out of it (`include` false)."""

    prefix: str
    include: bool = True
    name: str = ""


class Office(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="office/1"):
    """An office with its units and service points. `teryt` is the 7-digit code of the seat."""

    code: str
    office_type: Named
    name: str
    short_name: str
    town: str
    voivodeship: str
    teryt: str
    address: str
    street: str = ""
    building: str = ""
    postal_code: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    bip_url: str = ""
    nip: str = ""
    regon: str = ""
    epuap_address: str = ""
    edelivery_address: str = ""
    accounts: tuple[Account, ...] = ()
    head_title: str = ""
    accessibility_contact: str = ""
    privacy_notice: str = ""
    jurisdiction: tuple[JurisdictionArea, ...] = ()
    districts: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    service_points: tuple[ServicePoint, ...] = ()
    participation: str = ""
    intro: str = ""
