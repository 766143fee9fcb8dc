"""What a card must keep beside its shape: patterns, closed sets of codes, texts that may not be empty, order of dates, and keys.

`schema` is the JSON Schema of the published card with all rules about single values; `relation_faults` finds what is wrong
between values. Nothing here needs Django.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from exporters.validator.json_places import Path
from service_catalog.published import codes
from service_catalog.published.card import Card

SENTENCE = "sentence"
"""Name beside a rule of the schema: what to tell when it is broken."""
_EMPTY = "tu musi stać tekst; dopisz go"
_AMOUNT = (r"\d{1,7}\.\d{2}", "kwotę pisz z dwoma miejscami po kropce, bez minusa i spacji, na przykład 140.00")
_SYMBOL = r"[A-Za-z0-9_\-]+"
_TIME = (r"([01]\d|2[0-3]):[0-5]\d|24:00", "godzinę pisz jak 07:30")
PATTERNS: dict[tuple[str, str], tuple[str, str]] = {
    ("Card", "key"): (rf"{_SYMBOL}(/{_SYMBOL})?", "klucz to symbol karty albo symbol/kod-urzędu, bez spacji"),
    ("Card", "symbol"): (_SYMBOL, "symbol ma tylko litery bez ogonków, cyfry, „-” i „_”, na przykład UW-PAS-001"),
    ("RelatedCard", "symbol"): (rf"({_SYMBOL})?", "symbol ma tylko litery bez ogonków, cyfry, „-” i „_”"),
    ("Fee", "amount"): _AMOUNT,
    ("Fee", "currency"): (r"[A-Z]{3}", "walutę pisz trzema wielkimi literami, na przykład PLN"),
    ("Facility", "cost"): (rf"({_AMOUNT[0]})?", _AMOUNT[1]),
    ("Hours", "opens"): _TIME,
    ("Hours", "closes"): _TIME,
    ("HoursException", "opens"): (rf"({_TIME[0]})?", _TIME[1]),
    ("HoursException", "closes"): (rf"({_TIME[0]})?", _TIME[1]),
    ("OfficeReference", "code"): (_SYMBOL, "kod urzędu ma tylko litery bez ogonków, cyfry, „-” i „_”"),
    ("OfficeReference", "teryt"): (r"\d{7}", "TERYT siedziby ma 7 cyfr"),
}
"""(shape, field) -> pattern of the whole value, and the sentence about it."""
CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("Channel", "channel"): codes.CHANNELS,
    ("Jurisdiction", "basis"): codes.JURISDICTION_BASES,
    ("DeadlineRule", "calendar"): codes.CALENDARS,
    ("DeadlineRule", "satisfied_by"): ("", *codes.SATISFIED_BY),
    ("Appeal", "remedy"): codes.REMEDIES,
}
RANGES: dict[tuple[str, str], tuple[int, int]] = {("Hours", "weekday"): (0, 6)}
IN_ORDER = (
    ("valid_from", "valid_to"),
    ("date_from", "date_to"),
    ("available_from", "available_to"),
    ("opens", "closes"),
)
"""Pairs of fields of one thing of which the first may not be later than the second."""


def schema() -> dict[str, Any]:
    """JSON Schema of a published card, with the rules about single values; names that it does not know are errors, too."""
    whole: dict[str, Any] = msgspec.json.schema(Card)
    for name, shape in whole["$defs"].items():
        if "properties" in shape:
            shape["additionalProperties"] = False
        for field, rule in shape.get("properties", {}).items():
            rule.update(_rules_of(name, field, rule, required=field in shape.get("required", ())))
    card = whole["$defs"]["Card"]["properties"]
    card["audience"]["items"] = {"enum": list(codes.AUDIENCES)}
    # An amount may be left open; its pattern is only about texts.
    whole["$defs"]["Fee"]["properties"]["amount"] = {
        "type": ["string", "null"],
        **_pattern(*PATTERNS["Fee", "amount"]),
    }
    return whole


def _rules_of(shape: str, field: str, rule: dict[str, Any], *, required: bool) -> dict[str, Any]:
    if (shape, field) in PATTERNS:
        return _pattern(*PATTERNS[shape, field])
    if (shape, field) in CODES:
        return {"enum": list(CODES[shape, field])}
    if (shape, field) in RANGES:
        least, most = RANGES[shape, field]
        return {"minimum": least, "maximum": most, SENTENCE: f"ma tu stać liczba od {least} do {most}"}
    if required and rule.get("type") == "string":
        return {"pattern": r"\S", SENTENCE: _EMPTY}
    return {}


def _pattern(pattern: str, sentence: str) -> dict[str, Any]:
    # \Z and not $: a line break at the end is no part of a code.
    return {"pattern": rf"^({pattern})\Z", SENTENCE: sentence}


def relation_faults(card: Any, *, office_types: Collection[str]) -> Iterator[tuple[Path, str]]:
    """What is wrong between the values of a card; a wrong shape is left to the schema. Without `office_types` any is right."""
    yield from _order_faults(card, ())
    if not isinstance(card, dict):
        return
    yield from _key_faults(card)
    kind = card.get("office_type")
    code = kind.get("code") if isinstance(kind, dict) else None
    if office_types and isinstance(code, str) and code.strip() and code not in office_types:
        yield (
            ("office_type", "code"),
            f"nie ma typu urzędu „{code[:40]}”; w rejestrze są: {', '.join(sorted(office_types))}",
        )


def _key_faults(card: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The kind says whether there is an office, and the key is made of the symbol and the code of the office."""
    kind, office, symbol = card.get("kind"), card.get("office"), card.get("symbol")
    if kind in {"office", "local"} and office is None:
        yield (), "brakuje: office; karta urzędu i karta miejscowa mają swój urząd"
        return
    if kind == "model" and office is not None:
        yield ("office",), "ogólny opis nie ma urzędu; usuń to pole albo popraw kind"
        return
    code = office.get("code") if isinstance(office, dict) else None
    wanted = f"{symbol}/{code}" if code else symbol
    if isinstance(symbol, str) and (code is None or isinstance(code, str)) and card.get("key") not in {None, wanted}:
        yield ("key",), f"klucz nie zgadza się z symbolem i urzędem; ma to być „{str(wanted)[:80]}”"


def _order_faults(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _order_faults(item, (*path, position))
    if not isinstance(value, dict):
        return
    for first, second in IN_ORDER:
        start, end = value.get(first), value.get(second)
        if isinstance(start, str) and isinstance(end, str) and start and end and _is_later(start, end):
            yield (*path, second), f"„{end[:40]}” jest wcześniej niż {first} „{start[:40]}”"
    for name, item in value.items():
        yield from _order_faults(item, (*path, name))


def _is_later(start: str, end: str) -> bool:
    """Whether the start is after the end; a month alone is compared as a month."""
    length = min(len(start), len(end))
    return start[:length] > end[:length]
