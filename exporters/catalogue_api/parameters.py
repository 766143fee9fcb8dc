"""Query parameters of the catalogue API: bounded, with Polish refusals, and none that is not known by name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja.decorators import decorate_view
from ninja.params.functions import Query
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from exporters.catalogue_api.problems import unknown_parameters

LONGEST_PAGE = 100
LONGEST_CHANGES = 500
MOST_FIELDS = 30
DEFAULT_PAGE = 20
LAST_SEQUENCE = 2**63 - 1
LONGEST_CODE = 120
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_TERYT = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{7}", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d{1,19}", re.ASCII)


def _refusal(sentence: str) -> PydanticCustomError:
    # The sentence may quote the reader, and braces in a template would be read as placeholders.
    return PydanticCustomError("niepoprawna_wartosc", "{sentence}", {"sentence": sentence})


def _quoted(value: object) -> str:
    return f"„{str(value)[:40]}”"


def day(value: object) -> datetime.date:
    """An ISO date from 1990 to 2100; raises a pydantic error with a Polish sentence for anything else."""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value) and EARLIEST_YEAR <= int(value[:4]) <= LATEST_YEAR:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise _refusal(
        f"{_quoted(value)} to nie jest data. Wpisz ją w postaci RRRR-MM-DD, z lat {EARLIEST_YEAR}–{LATEST_YEAR}."
    )


def whole_number(*, least: int, most: int) -> Callable[[object], int]:
    """A validator of whole numbers between two bounds, both included."""

    def validate(value: object) -> int:
        if isinstance(value, int) or (isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value)):
            number = int(value)
            if least <= number <= most:
                return number
        raise _refusal(f"{_quoted(value)} nie pasuje. Wpisz liczbę całkowitą od {least} do {most}.")

    return validate


def code(value: object) -> str:
    """A code of a register: up to 120 printable characters."""
    if isinstance(value, str) and len(value) <= LONGEST_CODE and value.isprintable():
        return value
    raise _refusal(f"{_quoted(value)} to nie jest kod. Kod ma najwyżej {LONGEST_CODE} znaków.")


def teryt(value: object) -> str:
    """A TERYT code of a voivodeship, poviat or commune, or nothing."""
    if isinstance(value, str) and (not value or _TERYT.fullmatch(value)):
        return value
    raise _refusal(f"{_quoted(value)} to nie jest kod TERYT. Wpisz 2 cyfry (województwo), 4 (powiat) albo 7 (gmina).")


def one_of(*allowed: str) -> Callable[[object], str]:
    """A validator of a choice."""

    def validate(value: object) -> str:
        if value in {"", *allowed}:
            return str(value)
        raise _refusal(f"{_quoted(value)} nie pasuje. Wpisz jedno z: {', '.join(allowed)}.")

    return validate


def _whole(least: int, most: int) -> tuple[BeforeValidator, WithJsonSchema]:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return BeforeValidator(whole_number(least=least, most=most)), WithJsonSchema(schema)


_LIMIT_VALIDATOR, _LIMIT_SCHEMA = _whole(1, LONGEST_PAGE)
_CHANGES_VALIDATOR, _CHANGES_SCHEMA = _whole(1, LONGEST_CHANGES)
_SINCE_VALIDATOR, _SINCE_SCHEMA = _whole(0, LAST_SEQUENCE)

On = Annotated[
    datetime.date | None,
    BeforeValidator(day),
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(None, description="Dzień, na który czytasz (RRRR-MM-DD). Bez niego: dziś.", example="2026-01-31"),
]
Limit = Annotated[
    int, _LIMIT_VALIDATOR, _LIMIT_SCHEMA, Query(DEFAULT_PAGE, description="Ile pozycji na stronie, od 1 do 100.")
]
ChangesLimit = Annotated[
    int, _CHANGES_VALIDATOR, _CHANGES_SCHEMA, Query(DEFAULT_PAGE, description="Ile zmian na stronie, od 1 do 500.")
]
Since = Annotated[
    int, _SINCE_VALIDATOR, _SINCE_SCHEMA, Query(0, description="Numer ostatniego wydania, które już masz.")
]
Code = Annotated[str, BeforeValidator(code)]
Cursor = Annotated[
    str,
    BeforeValidator(code),
    Query("", description="Wartość `next` z poprzedniej strony.", max_length=LONGEST_CODE),
]
CardKindChoice = Annotated[
    str,
    BeforeValidator(one_of("model", "office", "local")),
    WithJsonSchema({"type": "string", "enum": ["", "model", "office", "local"]}),
    Query("", description="`model`: ogólny opis, `office`: karta urzędu, `local`: sprawa tylko jednego urzędu."),
]


def field_names(value: object) -> tuple[str, ...]:
    """Names separated by commas, at most 30, each once; raises a pydantic error with a Polish sentence for anything else."""
    if isinstance(value, tuple):
        return value
    names = tuple(dict.fromkeys(str(value).split(","))) if value else ()
    if len(names) > MOST_FIELDS or not all(_FIELD.fullmatch(name) for name in names):
        raise _refusal(f"{_quoted(value)} nie pasuje. Wpisz najwyżej {MOST_FIELDS} nazw pól po przecinku, bez spacji.")
    return names


Fields = Annotated[
    tuple[str, ...],
    BeforeValidator(field_names),
    WithJsonSchema({"type": "string", "maxLength": 1000}),
    Query("", description="Tylko te pola, po przecinku, najwyżej 30. Bez tego: całość.", example="title,fees"),
]
Place = Annotated[
    str,
    BeforeValidator(teryt),
    WithJsonSchema({"type": "string", "pattern": "^([0-9]{2}|[0-9]{4}|[0-9]{7})?$"}),
    Query("", description="TERYT miejsca klienta: karta urzędu, który jest dla niego właściwy.", example="1863011"),
]


def filter_by(description: str, example: str) -> Any:
    """A query parameter that filters by a code."""
    return Query("", description=description, example=example, max_length=LONGEST_CODE)


def only(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Refuse a request with a query parameter that is not in `names`; the answer names it."""
    known = frozenset(names)

    def decorate(run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def checked(request: HttpRequest, **path: Any) -> Any:
            unknown = sorted(set(request.GET) - known)
            return unknown_parameters(unknown, known) if unknown else run(request, **path)

        return checked

    return decorate_view(decorate)
