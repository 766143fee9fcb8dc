"""The three-way comparison: what of an office's own words stands on something that the model card has changed.

Pure: two model cards and a contribution in, touched fields out. Locked fields are never among them, because an office has no
words of its own there (section 2.4). An act's new consolidated text touches nothing: it is added by the system, not by the owner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from service_catalog.presentation import IN_PERSON, ChannelWords, OfficeContribution, Price
from service_catalog.published.card import Card, Channel, DeadlineRule, Fee, Item, SpecialNeed, Step, Variant

Lines = tuple[str, ...]
ListEntry = Item | Step | SpecialNeed | Variant


class TouchedField(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the model changed under an office's own words; the three texts are for people, a line per entry.

    `field` is the name of the field in the office card's form; `item` says which price (fee code) or channel.
    """

    field: str
    item: str = ""
    old_model: str
    new_model: str
    ours: str


FIELD_LABELS = {
    "keywords_everyday": "słowa potoczne",
    "keywords_misspellings": "częste błędy pisowni",
    "client_groups": "grupy klientów",
    "before_you_start": "zanim zaczniesz",
    "steps": "kroki",
    "mistakes": "najczęstsze błędy",
    "special_needs": "szczególne potrzeby",
    "variants": "inne wersje",
    "payment_methods": "sposoby zapłaty",
    "local_average_days": "średni czas w urzędzie",
    "booking": "umawianie wizyt",
    "prices": "cena z cennika urzędu",
    "channel_words": "uwaga do sposobu załatwienia",
}
"""Fields in which an office may have words of its own beside or instead of the model's, in the order of the form."""

MODEL_LISTS: dict[str, Callable[[Card], tuple[ListEntry, ...]]] = {
    "keywords_everyday": lambda card: card.keywords.everyday,
    "keywords_misspellings": lambda card: card.keywords.misspellings,
    "client_groups": lambda card: card.client_groups,
    "before_you_start": lambda card: card.before_you_start,
    "steps": lambda card: card.steps,
    "mistakes": lambda card: card.mistakes,
    "special_needs": lambda card: card.special_needs,
    "variants": lambda card: card.variants,
}


def label_of(field: str, item: str = "") -> str:
    """Polish name of a touchable field, with the price or channel meant."""
    name = FIELD_LABELS[field]
    return f"{name}: {item}" if item else name


def own_words(said: OfficeContribution, field: str, item: str = "") -> str:
    """What the office says in a touchable field, a line per entry; "" when it says nothing there."""
    if field == "prices":
        return "\n".join(_price_line(price) for price in said.prices if price.code == item)
    if field == "channel_words":
        return "\n".join(_words_line(words) for words in said.channel_words if words.channel == item)
    if field == "local_average_days":
        return "" if said.average_days is None else f"{said.average_days} dni (na dzień {said.average_on or '–'})"
    if field == "booking":
        return said.booking
    return "\n".join(_lines(getattr(said, field)))


def touched_fields(old: Card, new: Card, said: OfficeContribution) -> tuple[TouchedField, ...]:
    """Fields in which the office said something and the model says something else than before."""
    return (
        *_touched_lists(old, new, said),
        *_touched_methods(old, new, said),
        *_touched_average(old, new, said),
        *_touched_booking(old, new, said),
        *_touched_prices(old, new, said),
        *_touched_channels(old, new, said),
    )


def _touched_lists(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    for field, entries in MODEL_LISTS.items():
        if getattr(said, field) and entries(old) != entries(new):
            yield _touched(said, field, _lines(entries(old)), _lines(entries(new)))


def _touched_methods(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    """The office's ways to pay fill the fees for which the model names none."""
    before, after = _methods(old), _methods(new)
    if said.payment_methods and before != after:
        yield _touched(said, "payment_methods", before, after)


def _touched_average(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    """A measured average stands beside the time that the law gives."""
    if said.average_days is not None and _rules(old.handling_time) != _rules(new.handling_time):
        before, after = (tuple(rule.text for rule in card.handling_time) for card in (old, new))
        yield _touched(said, "local_average_days", before, after)


def _touched_booking(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    """Visits are booked for the channel in person; without it booking says nothing."""
    before, after = (tuple(channel.available for channel in _channels(card, IN_PERSON)) for card in (old, new))
    if said.booking and before != after:
        texts = (tuple(_channel_line(channel) for channel in _channels(card, IN_PERSON)) for card in (old, new))
        yield _touched(said, "booking", *texts)


def _touched_prices(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    """A price answers the fee with its code: a fee that vanished or changed touches it."""
    for code in dict.fromkeys(price.code for price in said.prices):
        before, after = _fees(old, code), _fees(new, code)
        if [_without_law(fee) for fee in before] != [_without_law(fee) for fee in after]:
            yield _touched(said, "prices", _fee_lines(before), _fee_lines(after), item=code)


def _touched_channels(old: Card, new: Card, said: OfficeContribution) -> Iterator[TouchedField]:
    """Words to a channel stand on its availability and remarks; its address is locked and touches nothing."""
    for name in dict.fromkeys(words.channel for words in said.channel_words):
        before, after = _channels(old, name), _channels(new, name)
        if [(row.available, row.text) for row in before] != [(row.available, row.text) for row in after]:
            texts = (tuple(_channel_line(row) for row in rows) for rows in (before, after))
            yield _touched(said, "channel_words", *texts, item=name)


def _touched(said: OfficeContribution, field: str, old: Lines, new: Lines, *, item: str = "") -> TouchedField:
    return TouchedField(
        field=field,
        item=item,
        old_model="\n".join(old),
        new_model="\n".join(new),
        ours=own_words(said, field, item),
    )


def _channels(card: Card, name: str) -> list[Channel]:
    return [channel for channel in card.channels if channel.channel == name]


def _fees(card: Card, code: str) -> list[Fee]:
    return [fee for fee in card.fees if fee.code == code]


def _methods(card: Card) -> Lines:
    return tuple(", ".join(fee.methods) for fee in card.fees if fee.methods)


def _without_law(fee: Fee) -> Fee:
    """A fee without what the system adds and without its ways to pay, which are a field of their own."""
    return msgspec.structs.replace(fee, legal_basis=None, methods=())


def _rules(rules: tuple[DeadlineRule, ...]) -> list[DeadlineRule]:
    return [msgspec.structs.replace(rule, legal_basis=None) for rule in rules]


def _lines(entries: tuple[ListEntry | str, ...]) -> Lines:
    return tuple(entry if isinstance(entry, str) else _entry_line(entry) for entry in entries)


def _entry_line(entry: ListEntry) -> str:
    if isinstance(entry, Item):
        return entry.text
    if isinstance(entry, Step):
        details = ", ".join(part for part in (entry.channel, entry.duration) if part)
        actor = "klient" if entry.actor == "client" else "urząd"
        return f"{actor}: {entry.text}" + (f" ({details})" if details else "")
    if isinstance(entry, SpecialNeed):
        return f"{entry.group}: {entry.text}"
    return " – ".join(part for part in (entry.kind, entry.language, entry.title, entry.url) if part)


def _channel_line(channel: Channel) -> str:
    state = "dostępny" if channel.available else "niedostępny"
    return f"{channel.channel}: {state}" + (f"; {channel.text}" if channel.text else "")


def _words_line(words: ChannelWords) -> str:
    state = "dostępny" if words.available else "niedostępny"
    return "; ".join(part for part in (f"{words.channel}: {state}", words.text, words.booking) if part)


def _fee_lines(fees: list[Fee]) -> Lines:
    return tuple(
        "; ".join(
            part
            for part in (
                f"{fee.kind}: {_amount(fee.amount)}",
                fee.text,
                fee.condition,
                fee.when,
                f"na rachunek: {fee.payee}" if fee.payee else "",
                _period(fee.valid_from, fee.valid_to),
            )
            if part
        )
        for fee in fees
    )


def _price_line(price: Price) -> str:
    return "; ".join(part for part in (_amount(price.amount), _period(price.valid_from, price.valid_to)) if part)


def _amount(amount: str | None) -> str:
    return "według cennika urzędu" if amount is None else f"{amount.replace('.', ',')} zł"


def _period(first: str, last: str) -> str:
    return " ".join(part for part in (f"od {first}" if first else "", f"do {last}" if last else "") if part)
