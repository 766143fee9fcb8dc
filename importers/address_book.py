"""From rows of the ePUAP address book to a plan of changes, and from the plan to drafts. Nothing is published by an import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cms.intake.child import run
from service_catalog.authoring.office_addresses import (
    OfficeAddress,
    draft_addresses,
    fault_of_address,
    office_addresses,
)

SECONDS = 60
_LAST_NUMBER = re.compile(r"(.*\S)\s+(\d\S*)")


class BookRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the address book. `line` is where it stands in the file."""

    line: int
    name: str
    regon: str
    street: str
    postal_code: str
    town: str
    uri: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an office that would change."""

    code: str
    field: str
    before: str
    after: str
    line: int


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A row, or one value of it, that is left out, and why."""

    line: int
    sentence: str


class AddressPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do: changes, what stays, rows of nobody we know, and what is left out."""

    changes: list[Change]
    unchanged: list[str]
    unknown: list[BookRow]
    faults: list[Fault]


def read_book(path: Path) -> list[BookRow]:
    """Rows of the file, read in a process with limits. Raises `RefusedFile`."""
    found = run("importers.sources.resp.reading:rows_of_file", str(path.resolve()), seconds=SECONDS)
    names = ("line", "name", "regon", "street", "postal_code", "town", "uri")
    return [BookRow(**dict(zip(names, row, strict=True))) for row in found]


def plan_of(rows: Iterable[BookRow], offices: Iterable[OfficeAddress]) -> AddressPlan:
    """Compare the rows with the offices. Pure. An office with several mailboxes keeps the one that it has."""
    known = list(offices)
    grouped: dict[str, list[BookRow]] = {}
    unknown = []
    for row in rows:
        office = _office_of(row, known)
        if office is None:
            unknown.append(row)
        else:
            grouped.setdefault(office.code, []).append(row)
    changes: list[Change] = []
    faults: list[Fault] = []
    unchanged = []
    for office in known:
        if office.code not in grouped:
            continue
        row = next((row for row in grouped[office.code] if row.uri == office.epuap_address), grouped[office.code][0])
        found = _changes(office, row, faults)
        changes += found
        if not found:
            unchanged.append(office.code)
    return AddressPlan(changes=changes, unchanged=unchanged, unknown=unknown, faults=faults)


def _office_of(row: BookRow, offices: list[OfficeAddress]) -> OfficeAddress | None:
    """The office that a row speaks of: by REGON, otherwise by mailbox, otherwise by its full name. Two candidates are none."""
    keys = (
        (short_regon(row.regon), lambda office: short_regon(office.regon)),
        (row.uri, lambda office: office.epuap_address),
        (_folded(row.name), lambda office: _folded(office.title)),
    )
    for value, of in keys:
        found = [office for office in offices if value and of(office) == value]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def short_regon(number: str) -> str:
    """A REGON of 14 digits that ends in 00000 means the unit itself: its first nine."""
    return number[:9] if len(number) == 14 and number.endswith("00000") else number


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _changes(office: OfficeAddress, row: BookRow, faults: list[Fault]) -> list[Change]:
    """Fields that would change. What the row does not say stays; what an office cannot have is a fault."""
    wanted = {"postal_code": row.postal_code, "town": row.town, "epuap_address": row.uri}
    if row.regon and short_regon(row.regon) != short_regon(office.regon):
        wanted["regon"] = row.regon
    if row.street and row.street != f"{office.street} {office.building}".strip():
        match = _LAST_NUMBER.fullmatch(row.street)
        wanted["street"], wanted["building"] = (match[1], match[2]) if match else (row.street, office.building)
    found = []
    for field, value in wanted.items():
        before = getattr(office, field)
        if not value or value == before:
            continue
        fault = fault_of_address(field, value)
        if fault:
            faults.append(Fault(line=row.line, sentence=f"{office.code}: „{value[:60]}” pominięto: {fault}"))
        else:
            found.append(Change(code=office.code, field=field, before=before, after=value, line=row.line))
    return found


def plan_book(path: Path) -> AddressPlan:
    """The plan for a file and the offices as they are. Raises `RefusedFile`."""
    return plan_of(read_book(path), office_addresses())


def apply_plan(plan: AddressPlan, *, user: Any = None) -> int:
    """Save the changes as drafts of the offices, all or none; somebody else publishes them. Returns how many offices."""
    values: dict[str, dict[str, str]] = {}
    for change in plan.changes:
        values.setdefault(change.code, {})[change.field] = change.after
    return draft_addresses(values, user=user)
