"""A card as JSON, checked against the shape in which the catalogue publishes cards, and by code for check digits and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from stdnum.pl import nip, regon

from cms.intake.json_files import read_json
from exporters.epuap.validation import is_bank_account
from exporters.validator import card_rules
from exporters.validator.json_places import Path, lines_of

_TYPES = {"string": "tekst", "integer": "liczba całkowita", "array": "lista", "object": "obiekt", "boolean": "true albo false",
          "null": "null"}  # fmt: skip
_DATES = frozenset({
    "valid_from", "valid_to", "legal_state_date", "last_verified", "next_review", "local_average_on", "date_from", "date_to",
    "available_from", "available_to", "confirmed_on",
})  # fmt: skip
_ORIGINS: Path = ("origins",)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_NUMBERS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "nip": ("NIP", nip.is_valid),
    "regon": ("REGON", regon.is_valid),
    "account": ("rachunek bankowy", is_bank_account),
}


def json_findings(content: bytes, *, largest: int, office_types: Collection[str] = ()) -> list[tuple[int, str]]:
    """What is wrong in the card: lines and sentences, in the order of lines. Raises `RefusedFile`.

    `office_types` are the codes of the register; without them any code passes.
    """
    value = read_json(content, largest=largest)
    lines = lines_of(content.decode("utf-8-sig"))
    relations = card_rules.relation_faults(value, office_types=office_types)
    found = [*_shape_faults(value), *_value_faults(value, ()), *relations]
    return sorted({(_line(path, lines), f"{_shown(path)}: {sentence}") for path, sentence in found})


def _line(path: Path, lines: dict[Path, int]) -> int:
    """Line of the nearest value above that is there."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _shown(path: Path) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or "całość"


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(card_rules.schema())


def _shape_faults(value: Any) -> Iterator[tuple[Path, str]]:
    for error in _validator().iter_errors(value):
        yield from _faults_of(error)


def _faults_of(error: ValidationError) -> Iterator[tuple[Path, str]]:
    place: Path = tuple(error.absolute_path)
    instance: Any = error.instance
    rule: Any = error.schema
    wanted: Any = error.validator_value
    if error.validator == "anyOf" and isinstance(instance, dict):
        # A part that may be left out, but is there: what is wrong stands inside it, not that it is more than null.
        inside = [inner for inner in error.context or () if inner.validator != "type" or inner.path]
        yield from (fault for inner in inside for fault in _faults_of(inner))
    elif error.validator == "required":
        yield place, f"brakuje: {', '.join(name for name in wanted if name not in instance)}"
    elif error.validator == "additionalProperties":
        known = rule["properties"]
        yield from (((*place, name), "karta nie ma takiego pola") for name in instance if name not in known)
    elif card_rules.SENTENCE in rule and error.validator != "type":
        yield place, rule[card_rules.SENTENCE]
    else:
        yield place, _sentence(str(error.validator), wanted)


def _sentence(kind: str, wanted: Any) -> str:
    if kind == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        return f"ma tu stać {' albo '.join(_TYPES.get(str(name), str(name)) for name in names)}"
    if kind in {"enum", "const"}:
        allowed = wanted if isinstance(wanted, list) else [wanted]
        return f"dozwolone wartości: {', '.join(str(name) for name in allowed if name != '')}"
    return "wartość nie pasuje do karty"


def _value_faults(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Dates that are none and numbers with wrong check digits, anywhere."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _value_faults(item, (*path, position))
    if not isinstance(value, dict):
        return
    for name, item in value.items():
        here = (*path, name)
        if here == _ORIGINS:
            continue  # its names are those of the fields, its values are not
        if isinstance(item, str) and item:
            yield from ((here, sentence) for sentence in _text_faults(name, item))
        else:
            yield from _value_faults(item, here)


def _text_faults(name: str, text: str) -> Iterator[str]:
    if name in _DATES and not _is_day(text):
        yield f"„{text[:40]}” to nie jest data w postaci RRRR-MM-DD"
    label, is_valid = _NUMBERS.get(name, ("", None))
    if is_valid and not is_valid(text):
        yield f"{label} „{text[:40]}” ma złą cyfrę kontrolną"


def _is_day(text: str) -> bool:
    """ISO 8601; a month alone is enough where the day is not known ("2022-07")."""
    if _MONTH.fullmatch(text):
        return True
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
