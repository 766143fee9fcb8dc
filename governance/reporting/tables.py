"""A report as a table: columns, rows, and one row of totals made from the same rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publication.calendar import WARSAW
from service_catalog.teryt import folded

Value = str | int | float | datetime.date | datetime.datetime | None


@dataclass(frozen=True)
class Column:
    """A column. `summed`: its total is the sum. `flag`: 1 is shown as "tak". `linked`: leads to the screen of the row."""

    key: str
    label: str
    summed: bool = False
    flag: bool = False
    linked: bool = False

    @property
    def numeric(self) -> bool:
        """Whether the numbers stand at the right edge."""
        return self.summed and not self.flag


@dataclass(frozen=True)
class Row:
    """Values in the order of the columns, and the address of the screen where something can be done about them."""

    values: tuple[Value, ...]
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A whole report."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: tuple[Value, ...]


def table_of(columns: Sequence[Column], rows: Iterable[Row]) -> Table:
    """The rows with their totals: sums where a column has one, the number of rows in the first."""
    kept = list(rows)
    totals: list[Value] = [
        sum(value for row in kept if isinstance(value := row.values[place], int)) if column.summed else None
        for place, column in enumerate(columns)
    ]
    totals[0] = f"Razem: {len(kept)}"
    return Table(columns, kept, tuple(totals))


def ordered(table: Table, order: str) -> Table:
    """The rows by a column ("planned"), or from its end ("-planned"); empty values last. An unknown column changes nothing."""
    key = order.removeprefix("-")
    places = [place for place, column in enumerate(table.columns) if column.key == key]
    if not places:
        return table
    empty = [row for row in table.rows if row.values[places[0]] is None]
    filled = [row for row in table.rows if row.values[places[0]] is not None]
    filled.sort(key=lambda row: _comparable(row.values[places[0]]), reverse=order.startswith("-"))
    return Table(table.columns, [*filled, *empty], table.totals)


def _comparable(value: Value) -> tuple[str, float]:
    """Texts in alphabetical order without regard to accents, numbers and days by size."""
    if isinstance(value, datetime.datetime):
        return "", value.timestamp()
    if isinstance(value, datetime.date):
        return "", value.toordinal()
    return ("", value) if isinstance(value, int | float) else (folded(value or ""), 0)


def shown(value: Value, *, flag: bool = False) -> str:
    """A value as people read it."""
    if flag:
        return "tak" if value else ""
    if isinstance(value, datetime.datetime):
        return value.astimezone(WARSAW).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return "" if value is None else str(value)
