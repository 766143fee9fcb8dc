"""The effective card: what a client reads at one office, joined from the model card, the office's words and its record.

Pure: published structs in, published structs out; the same input gives the same card. It is the only code that decides which
value a field has and where it comes from (section 2.4): a locked field is the model's, a required one is the office's or the
office record's, an optional one is the office's if it said anything, appended lists are the model's entries and then the
office's, marked as local.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from service_catalog.published.card import (
    Card,
    Channel,
    Contact,
    Fee,
    Item,
    Keywords,
    OfficeReference,
    Origin,
    RestrictedCard,
    ServicePoint,
    SpecialNeed,
    Step,
    Unit,
    Variant,
)
from service_catalog.published.keys import office_card_key
from service_catalog.published.office import Account, Office
from service_catalog.published.wording import place_line

ACCOUNT_OF_PAYEE = {
    "urząd": ("dochody",),
    "cennik": ("cennik", "dochody"),
    "miasto siedziby": ("opłata skarbowa",),
    "budżet": ("dochody",),
}
"""Purposes of the office's accounts that take a fee, best first. Stamp duty goes to the city where the office sits."""

IN_PERSON = "osobiście"
Entry = TypeVar("Entry", ServicePoint, Unit)


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """A price of the office for a fee that the model leaves to the price list."""

    code: str
    amount: str
    valid_from: str = ""
    valid_to: str = ""


class ChannelWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the office says about one channel."""

    channel: str
    available: bool = True
    text: str = ""
    booking: str = ""


class OfficeContribution(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an office may say about a card. Empty means that it says nothing."""

    point: str = ""
    unit: str = ""
    phone: str = ""
    email: str = ""
    room: str = ""
    booking: str = ""
    pickup: str = ""
    payment_methods: tuple[str, ...] = ()
    average_days: int | None = None
    average_on: str = ""
    local_notes: tuple[str, ...] = ()
    internal_note: str = ""
    privacy_notice: str = ""
    last_verified: str = ""
    prices: tuple[Price, ...] = ()
    channel_words: tuple[ChannelWords, ...] = ()
    keywords_everyday: tuple[str, ...] = ()
    keywords_misspellings: tuple[str, ...] = ()
    client_groups: tuple[str, ...] = ()
    before_you_start: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    mistakes: tuple[str, ...] = ()
    special_needs: tuple[SpecialNeed, ...] = ()
    variants: tuple[Variant, ...] = ()


def effective_card(model: Card, said: OfficeContribution, office: Office) -> Card:
    """The card of `office`: `model` (a model card, or the law part of a local card) with what the office said.

    A place or unit that the office no longer has, or did not choose among several, is left out.

    A card of kind `local` stays local; a model card becomes an office card.
    """
    point = _chosen_point(said, office)
    unit = _chosen_unit(said, office)
    methods = said.payment_methods or (point.payment_methods if point else ())
    return msgspec.structs.replace(
        model,
        key=office_card_key(model.symbol, office.code),
        kind="local" if model.kind == "local" else "office",
        office=office_reference(office),
        keywords=Keywords(
            everyday=model.keywords.everyday + _local_items(said.keywords_everyday),
            official=model.keywords.official,
            misspellings=model.keywords.misspellings + _local_items(said.keywords_misspellings),
        ),
        client_groups=model.client_groups + _local_items(said.client_groups),
        before_you_start=model.before_you_start + _local_items(said.before_you_start),
        steps=model.steps + said.steps,
        mistakes=model.mistakes + _local_items(said.mistakes),
        special_needs=model.special_needs + said.special_needs,
        variants=model.variants + said.variants,
        channels=tuple(_channel(channel, said, point) for channel in model.channels),
        fees=tuple(_fee(fee, said, office, methods) for fee in model.fees),
        local_average_days=said.average_days,
        local_average_on=said.average_on,
        pickup=said.pickup,
        place=point,
        local_notes=said.local_notes,
        privacy_notice=said.privacy_notice or office.privacy_notice,
        responsible_unit=unit,
        contact=_contact(said, unit, office),
        last_verified=said.last_verified or model.last_verified,
        origins=_origins(model, said, point=point, unit=unit),
    )


def effective_restricted(model: RestrictedCard, said: OfficeContribution, *, author: str = "") -> RestrictedCard:
    """What consultants read of the office's card: the model's answer and transfer hint, the office's note."""
    return msgspec.structs.replace(
        model, internal_note=said.internal_note or model.internal_note, author=author or model.author
    )


def office_reference(office: Office) -> OfficeReference:
    """What a card shows of the office record."""
    return OfficeReference(
        code=office.code,
        name=office.name,
        short_name=office.short_name,
        town=office.town,
        address=office.address,
        teryt=office.teryt,
        phone=office.phone,
        email=office.email,
        website=office.website,
        edelivery_address=office.edelivery_address,
        epuap_address=office.epuap_address,
        nip=office.nip,
        regon=office.regon,
    )


def _local_items(texts: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(Item(text=text, local=True) for text in texts)


def _chosen_point(said: OfficeContribution, office: Office) -> ServicePoint | None:
    """The service point the office named, or the only one. Of several nobody may guess: clients would come to a wrong place."""
    if not said.point:
        return _only(office.service_points)
    return next((point for point in office.service_points if point.name == said.point), None)


def _chosen_unit(said: OfficeContribution, office: Office) -> Unit | None:
    """The unit the office named, or the only one. Without either the card shows the contact of the office."""
    if not said.unit:
        return _only(office.units)
    return next((unit for unit in office.units if unit.symbol == said.unit), None)


def _only(entries: tuple[Entry, ...]) -> Entry | None:
    return entries[0] if len(entries) == 1 else None


def _contact(said: OfficeContribution, unit: Unit | None, office: Office) -> Contact:
    """Contact for the matter: what the office said, else the unit's, else the office's."""
    return Contact(
        phone=said.phone or (unit.phone if unit else "") or office.phone,
        email=said.email or (unit.email if unit else "") or office.email,
        room=said.room or (unit.room if unit else ""),
    )


def _channel(channel: Channel, said: OfficeContribution, point: ServicePoint | None) -> Channel:
    """A channel with place and booking of the office; the model's address of an online service is never changed."""
    in_person = channel.channel == IN_PERSON
    place = place_line(point) if in_person and point else ""
    booking = (said.booking or (point.booking if point else "")) if in_person else ""
    words = next((words for words in said.channel_words if words.channel == channel.channel), None)
    if words is None:
        return msgspec.structs.replace(channel, place=place, booking=booking)
    return msgspec.structs.replace(
        channel,
        place=place,
        booking=words.booking or booking,
        available=channel.available and words.available,
        text=words.text or channel.text,
        local=True,
    )


def _fee(fee: Fee, said: OfficeContribution, office: Office, methods: tuple[str, ...]) -> Fee:
    """A fee with the account that takes it and, for a price list, the office's price."""
    account = _account(fee, office)
    price = next((price for price in said.prices if fee.code and price.code == fee.code), None)
    filled = msgspec.structs.replace(
        fee,
        account=account.number if account else "",
        account_owner=account.owner if account else "",
        methods=fee.methods or methods,
    )
    if price is None:
        return filled
    return msgspec.structs.replace(
        filled, amount=price.amount, valid_from=price.valid_from, valid_to=price.valid_to, local=True
    )


def _account(fee: Fee, office: Office) -> Account | None:
    """The office's account for a fee."""
    payee = "cennik" if fee.payee == "urząd" and fee.code else fee.payee
    for purpose in ACCOUNT_OF_PAYEE.get(payee, ()):
        for account in office.accounts:
            if account.purpose == purpose:
                return account
    return None


def _origins(
    model: Card, said: OfficeContribution, *, point: ServicePoint | None, unit: Unit | None
) -> dict[str, Origin]:
    """Origin of each field that is not the model's. A place or unit the office named decides what follows from it."""
    named_point = point is not None and point.name == said.point
    named_unit = unit is not None and unit.symbol == said.unit
    joined = {
        "office": False,
        "place": named_point,
        "responsible_unit": named_unit,
        "contact": bool(said.phone or said.email or said.room or named_unit),
        "privacy_notice": bool(said.privacy_notice),
    }
    if any(channel.channel == IN_PERSON for channel in model.channels):
        joined |= {"channels.place": named_point, "channels.booking": bool(said.booking) or named_point}
    if model.fees:
        joined |= {"fees.account": False, "fees.methods": bool(said.payment_methods) or named_point}
    origins: dict[str, Origin] = {name: "office" if own else "office_record" for name, own in joined.items()}
    spoken = {
        "pickup": said.pickup,
        "fees.amount": said.prices,
        "channels.text": said.channel_words,
        "local_average_days": said.average_on,
        "local_notes": said.local_notes,
        "keywords.everyday": said.keywords_everyday,
        "keywords.misspellings": said.keywords_misspellings,
        "client_groups": said.client_groups,
        "before_you_start": said.before_you_start,
        "steps": said.steps,
        "mistakes": said.mistakes,
        "special_needs": said.special_needs,
        "variants": said.variants,
        "last_verified": said.last_verified,
    }
    return origins | {field: "office" for field, words in spoken.items() if words}
