"""Checks documents against the official schemas of HSDS 3.0, offline: types, required properties, forms of values, known names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from exporters.findings import Finding

LARGEST_FILE = 500_000_000
"""Bytes. A catalogue of 40,000 cards stays below."""
SCHEMAS = Path(__file__).parent / "schemas"
SERVICE, ORGANIZATION = "service.json", "organization.json"

_FORMS = {
    "uuid": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII),
    "uri": re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "date-time": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII),
}
_SENTENCES = {
    "required": "brakuje wymaganej własności",
    "type": "wartość ma inny typ niż wymagany",
    "enum": "wartość nie jest jedną z dozwolonych",
    "format": "wartość ma inną postać niż wymagana",
}


def validate(path: Path, *, schema: str = SERVICE) -> list[Finding]:
    """Check one file: an entity, or an array of them. Raises `FileNotFoundError` when there is no such file."""
    if not path.is_file():
        raise FileNotFoundError(f"Nie ma pliku „{path}”. Podaj plik JSON z eksportu HSDS.")
    if path.stat().st_size > LARGEST_FILE:
        return [Finding(file=path, line=1, sentence=f"plik ma ponad {LARGEST_FILE // 1_000_000} MB")]
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        return [Finding(file=path, line=1, sentence="plik jest zagnieżdżony za głęboko")]
    except (UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "lineno", 1)
        return [Finding(file=path, line=line, sentence="plik nie jest poprawnym dokumentem JSON w UTF-8")]
    members = document if isinstance(document, list) else [document]
    # An exported array has its members on lines of their own, from the second on.
    first = 2 if isinstance(document, list) else 1
    return [
        Finding(file=path, line=first + position if first == 2 else 1, sentence=sentence)
        for position, member in enumerate(members)
        for sentence in problems(member, schema=schema)
    ]


def validate_organizations(path: Path) -> list[Finding]:
    """Check a file of organisations."""
    return validate(path, schema=ORGANIZATION)


def problems(entity: Any, *, schema: str) -> Iterator[str]:
    """What is wrong in an entity: each sentence names the place, for example „organization.phones[0].number”."""
    for error in _validator(schema).iter_errors(entity):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
        reason = _SENTENCES.get(str(error.validator), "wartość nie pasuje do wzoru")
        missing = f" „{_missing(error.message)}”" if error.validator == "required" else ""
        yield f"{place.lstrip('.') or 'całość'}: {reason}{missing}"
    yield from _unknown(entity, schema, place="")


def _missing(message: str) -> str:
    return message.split("'")[1] if "'" in message else ""


@cache
def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return found


@cache
def _validator(name: str) -> Draft202012Validator:
    """The validator of one entity; every reference is found among the files kept here."""
    resources = [
        (path.name, DRAFT202012.create_resource(_schema(path.name))) for path in sorted(SCHEMAS.glob("*.json"))
    ]
    checker = FormatChecker(formats=())
    for form, pattern in _FORMS.items():
        checker.checks(form)(_matches(pattern))
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": name}, registry=registry, format_checker=checker)


def _matches(pattern: re.Pattern[str]) -> Any:
    return lambda value: not isinstance(value, str) or pattern.fullmatch(value) is not None


def _unknown(entity: Any, schema: str, *, place: str) -> Iterator[str]:
    """Names that HSDS does not know; its schemas would let them pass."""
    if not isinstance(entity, dict):
        return
    known = _schema(schema)["properties"]
    for name, value in entity.items():
        if name not in known:
            yield f"{place}{name}: HSDS nie zna takiej własności"
            continue
        reference = known[name].get("$ref") or known[name].get("items", {}).get("$ref")
        if reference:
            for item in value if isinstance(value, list) else [value]:
                yield from _unknown(item, reference, place=f"{place}{name}.")
