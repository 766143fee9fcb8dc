"""Typed readers of catalogue editions. Each function asks for a day and costs the number of queries it names.

All of them raise `publication.reading.NotInForce` (single objects) or return empty tuples (lists) when nothing holds on the day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from publication.models import Edition, EditionKind, EditionQuerySet
from publication.reading import editions, in_force
from service_catalog.published import keys
from service_catalog.published.card import Card, CardTeaser, OfficeReference, RestrictedCard
from service_catalog.published.office import Office
from service_catalog.published.register import FormFamily, LegalAct, OfficeType, TopicTree

Published = TypeVar("Published")

_card = msgspec.json.Decoder(Card)
_restricted = msgspec.json.Decoder(RestrictedCard)
_teaser = msgspec.json.Decoder(CardTeaser)
_office = msgspec.json.Decoder(Office)


class _OfficeOfCard(msgspec.Struct):
    """The only part of an office card that a list of offices needs."""

    office: OfficeReference


_office_of_card = msgspec.json.Decoder(_OfficeOfCard)


def decode_card(edition: Edition) -> Card:
    """The card inside an edition of kind `card`."""
    return _card.decode(bytes(edition.payload))


def decode_restricted(edition: Edition) -> RestrictedCard:
    """What consultants and staff may read besides the card. Needs an edition read with its restricted column."""
    return _restricted.decode(bytes(edition.restricted))


def decode_office(edition: Edition) -> Office:
    """The office inside an edition of kind `office`."""
    return _office.decode(bytes(edition.payload))


def card(key: str, *, on: datetime.date) -> tuple[Edition, Card]:
    """The card in force under `key` (symbol, or symbol/office) and its edition. One query."""
    edition = in_force(key, on=on)
    return edition, decode_card(edition)


def office(code: str, *, on: datetime.date) -> tuple[Edition, Office]:
    """The office record in force and its edition. One query."""
    edition = in_force(keys.office_key(code), on=on)
    return edition, decode_office(edition)


def offices(*, on: datetime.date, office_type: str = "") -> tuple[Office, ...]:
    """All offices in force, by name; of one type when given. One query."""
    found = editions().of_kind(EditionKind.OFFICE).readable(on=on)
    if office_type:
        found = found.labelled("office_type", office_type)
    return tuple(sorted((decode_office(edition) for edition in found), key=lambda office: office.name))


def offices_offering(symbol: str, *, on: datetime.date) -> tuple[OfficeReference, ...]:
    """Offices that have a card of this service, by name. One query."""
    found = editions().labelled("symbol", symbol).exclude(key=symbol).readable(on=on)  # only cards have this label
    offices = (_office_of_card.decode(bytes(edition.payload)).office for edition in found)
    return tuple(sorted(offices, key=lambda office: office.name))


def teasers(found: EditionQuerySet, *, on: datetime.date) -> tuple[CardTeaser, ...]:
    """Teasers of the cards among `found` that are readable on the day, by title. One query.

    The kind is looked at here and not in the query: SQLite would take the index of kinds instead of the one of labels.
    """
    readable = (edition for edition in found.readable(on=on) if edition.kind == EditionKind.CARD)
    cards = (_teaser.decode(bytes(edition.payload)) for edition in readable)
    return tuple(sorted(cards, key=lambda teaser: (teaser.title, teaser.key)))


def cards_of_office(code: str, *, on: datetime.date) -> tuple[CardTeaser, ...]:
    """Office cards and local cards of an office. One query."""
    return teasers(editions().labelled("office", code), on=on)


def general_cards(label: str, value: str, *, on: datetime.date) -> tuple[CardTeaser, ...]:
    """Model and local cards with a label: office_type, topic, category, group or life_event. One query."""
    return teasers(editions().labelled(label, value), on=on)


def all_cards(*, on: datetime.date, office: str = "") -> Iterator[tuple[Edition, Card]]:
    """Every card readable on the day in the order of keys, streamed; of one office when given. One query."""
    # Only cards have this label. To ask for the kind as well would let SQLite look through all cards for those of one office.
    found = editions().labelled("office", office) if office else editions().of_kind(EditionKind.CARD)
    for edition in found.readable(on=on).order_by("key").iterator(chunk_size=200):
        yield edition, decode_card(edition)


def topic_tree(*, on: datetime.date) -> TopicTree:
    """The topic tree in force. One query."""
    return _register(keys.TOPIC_TREE_KEY, TopicTree, on=on)


def office_type(code: str, *, on: datetime.date) -> OfficeType:
    """An office type. One query."""
    return _register(keys.office_type_key(code), OfficeType, on=on)


def office_types(*, on: datetime.date) -> tuple[OfficeType, ...]:
    """The office types of the catalogue (without hotline nodes), by name. One query."""
    types = (item for item in _registers("office_type", OfficeType, on=on) if item.in_catalogue)
    return tuple(sorted(types, key=lambda item: item.name))


def legal_act(code: str, *, on: datetime.date) -> LegalAct:
    """A legal act. One query."""
    return _register(keys.act_key(code), LegalAct, on=on)


def legal_acts(*, on: datetime.date) -> tuple[LegalAct, ...]:
    """All legal acts of the register, by title. One query."""
    return tuple(sorted(_registers("act", LegalAct, on=on), key=lambda act: act.title))


def form_family(code: str, *, on: datetime.date) -> FormFamily:
    """A form family with its versions. One query."""
    return _register(keys.form_key(code), FormFamily, on=on)


def _register(key: str, shape: type[Published], *, on: datetime.date) -> Published:
    return msgspec.json.decode(bytes(in_force(key, on=on).payload), type=shape)


def _registers(name: str, shape: type[Published], *, on: datetime.date) -> Iterator[Published]:
    found = editions().of_kind(EditionKind.REGISTER).labelled("register", name).readable(on=on)
    return (msgspec.json.decode(bytes(edition.payload), type=shape) for edition in found)
