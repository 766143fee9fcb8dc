"""A card with every field filled, and the same card with one field changed: what a loss report is measured with."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

import msgspec

from service_catalog.published.card import Card
from service_catalog.published.office import Office
from tests.exporters.cards_for_tests import DATES, filled

OTHER_TEXT = {
    "opens": "08:45",
    "closes": "16:45",
    "amount": "141.50",
    "cost": "2.00",
    "currency": "EUR",
    "account": "29999005592042261517632637",
    "number": "29999005592042261517632637",
    "url": "https://inny.example/usluga",
    "email": "inny@urzad.example",
    "website": "https://inny.example",
    "regon": "123456785",
    "epuap_address": "/inny/SkrytkaESP",
    "postal_code": "00-950",
}
"""Values of fields that a format takes apart; any other text gets a letter more."""


def full_card() -> Card:
    """Every field filled; one way of settling the matter is coming in person, the other one the phone."""
    card: Card = filled(Card)
    names = ("osobiście", "telefon")
    channels = tuple(
        msgspec.structs.replace(channel, channel=name) for channel, name in zip(card.channels, names, strict=True)
    )
    return msgspec.structs.replace(card, channels=channels)


def full_office() -> Office:
    office: Office = filled(Office)
    return msgspec.structs.replace(office, postal_code="35-959", epuap_address="/urzad/SkrytkaESP")


def changed(struct: Any, path: str) -> Any:
    """The struct with another value in the field at `path`, in every member of the lists on the way."""
    name, _, rest = path.partition(".")
    value = getattr(struct, name)
    kind = next(field.type for field in msgspec.structs.fields(struct) if field.name == name)
    if rest:
        other = tuple(changed(item, rest) for item in value) if isinstance(value, tuple) else changed(value, rest)
    else:
        other = _other(value, kind, name)
    return msgspec.structs.replace(struct, **{name: other})


def _other(value: Any, kind: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_other(item, get_args(kind)[0], name) for item in value)
    if isinstance(value, dict):
        return dict.fromkeys(value, "office")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if get_origin(kind) is Literal:
        return next(option for option in get_args(kind) if option != value)
    if name in DATES:
        return "2026-04-02"
    return OTHER_TEXT.get(name, f"{value}x")
