"""Rows that many tests begin with, written by the product once per process and put back for the other tests.

Writing a small catalogue with its people through the authoring doors takes half a second; putting back the rows that it left takes
a twentieth of that. The rows are what the product wrote on this database, not what somebody believes it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from publication.calendar import today

VALUES_AT_ONCE = 900

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Changes:
    """What writing changed in one table."""

    table: str
    key: str
    columns: tuple[str, ...]
    gone: tuple[Any, ...]
    changed: dict[Any, Row]
    added: tuple[Row, ...]


@dataclass(frozen=True)
class Written:
    """What writing found and what it changed."""

    found: dict[str, int]
    changes: tuple[Changes, ...]


_written: dict[Hashable, Written] = {}


def write_once(name: str, write: Callable[[], None]) -> None:
    """Write, or put back what was written before under this name on a database with as many rows in every table.

    Only inside the transaction of a test: where rows are committed, the counters of keys would stay behind the rows. What was
    written on another day is not put back, since rows may hold the day.
    """
    if not connection.in_atomic_block:
        write()
        return
    key = (name, str(connection.settings_dict["NAME"]), today())
    known = _written.get(key)
    if known is None:
        found, before = _counts(), _everything()
        write()
        _written[key] = Written(found, tuple(_differences(before, _everything())))
    elif known.found == _counts():
        _put_back(known.changes)
    else:
        write()


def _keys() -> dict[str, str]:
    """The column of the primary key of every table."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: str(one._meta.pk.column) for one in models if one._meta.managed and not one._meta.proxy}


def _counts() -> dict[str, int]:
    """How many rows every table has, with one question."""
    tables = sorted(_keys())
    counted = ", ".join(f"(SELECT COUNT(*) FROM {_quoted(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def _everything() -> dict[str, tuple[tuple[str, ...], dict[Any, Row]]]:
    """Columns and rows, by key, of every table."""
    read = {}
    with connection.cursor() as cursor:
        for table, key in _keys().items():
            cursor.execute(f"SELECT * FROM {_quoted(table)}")
            columns = tuple(column[0] for column in cursor.description)
            if key in columns:  # SQLite's table of searched words has none; triggers of another table fill it
                place = columns.index(key)
                read[table] = (columns, {row[place]: tuple(row) for row in cursor.fetchall()})
    return read


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Changes]:
    """Tables that writing changed."""
    keys = _keys()
    for table, (columns, old) in before.items():
        key, (_, new) = keys[table], after[table]
        if old != new:
            yield Changes(
                table,
                key,
                columns,
                gone=tuple(one for one in old if one not in new),
                changed={one: row for one, row in new.items() if one in old and old[one] != row},
                added=tuple(row for one, row in new.items() if one not in old),
            )


def _put_back(changes: tuple[Changes, ...]) -> None:
    """Make the same changes again. Foreign keys are looked at when the test ends, so the order of tables does not matter."""
    with connection.cursor() as cursor:
        for one in changes:
            for key in one.gone:
                cursor.execute(f"DELETE FROM {_quoted(one.table)} WHERE {_quoted(one.key)} = %s", [key])
        for one in changes:
            set_to = ", ".join(f"{_quoted(column)} = %s" for column in one.columns)
            for key, row in one.changed.items():
                cursor.execute(f"UPDATE {_quoted(one.table)} SET {set_to} WHERE {_quoted(one.key)} = %s", [*row, key])
                assert cursor.rowcount == 1, (one.table, key)
        for one in changes:
            names = ", ".join(_quoted(column) for column in one.columns)
            places = f"({', '.join(['%s'] * len(one.columns))})"
            size = max(1, VALUES_AT_ONCE // len(one.columns))
            for start in range(0, len(one.added), size):
                rows = one.added[start : start + size]
                values = [value for row in rows for value in row]
                cursor.execute(
                    f"INSERT INTO {_quoted(one.table)} ({names}) VALUES {', '.join([places] * len(rows))}", values
                )


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
