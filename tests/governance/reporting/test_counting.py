"""Totals are sums, whatever is counted; orders and filters lose nothing; differences name what changed. No database."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import fields
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from cms.spreadsheet_cells import FORMULA_STARTS
from governance.reporting.aggregation import Counts, grouped, total
from governance.reporting.content_changes import FieldChange, different_lines, field_changes
from governance.reporting.content_wording import Question
from governance.reporting.spreadsheets import as_csv, as_xlsx
from governance.reporting.tables import Column, Row, Table, Value, ordered, table_of

counts = st.builds(Counts, **{one.name: st.integers(0, 1000) for one in fields(Counts)})
keyed = st.lists(st.tuples(st.sampled_from(["UW", "US", "PUP"]), counts), max_size=30)
COLUMNS = (Column("name", "Nazwa"), Column("many", "Ile", summed=True), Column("day", "Dzień"))
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))
rows = st.lists(st.builds(lambda *values: Row(values), st.text(max_size=5), st.integers(0, 99), st.none() | days))


@given(keyed)
def test_types_and_the_whole_are_the_sums_of_their_offices(counted: list[tuple[str, Counts]]) -> None:
    by_type = grouped(counted)
    for one in fields(Counts):
        expected = sum(getattr(each, one.name) for _, each in counted)
        assert getattr(total(each for _, each in counted), one.name) == expected
        assert sum(getattr(each, one.name) for each in by_type.values()) == expected


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_percentage_says_100_only_when_everything_is_there(published: int, planned: int) -> None:
    percent = Counts(planned=planned, published=min(published, planned)).percent
    if planned == 0:
        assert percent is None
    else:
        assert percent is not None
        assert 0 <= percent <= 100
        assert (percent == 100) == (published >= planned)


@given(rows, st.sampled_from(["name", "-name", "many", "-many", "day", "-day", "nieznane", ""]))
def test_an_order_keeps_every_row_and_the_totals(made: list[Row], order: str) -> None:
    table = table_of(COLUMNS, made)
    after = ordered(table, order)
    assert sorted(after.rows, key=repr) == sorted(made, key=repr)
    assert after.totals == table.totals == (f"Razem: {len(made)}", sum(int(str(row.values[1])) for row in made), None)
    if order == "-many":
        figures = [int(str(row.values[1])) for row in after.rows]
        assert figures == sorted(figures, reverse=True)
    if order.endswith("day"):
        filled = [row.values[2] is not None for row in after.rows]
        assert filled == sorted(filled, reverse=True)


def _sheet(table: Table) -> list[tuple[object, ...]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(as_xlsx(table, title="Zestawienie"))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    return [tuple(line) for line in sheet.iter_rows(values_only=True)]


def test_no_cell_of_a_file_is_a_formula_and_the_last_line_is_the_sum() -> None:
    made = [Row((f"{start}cmd|calc", 3, datetime.date(2026, 3, 2))) for start in FORMULA_STARTS]
    table = table_of((Column("name", "=Nazwa"), *COLUMNS[1:]), made)
    lines = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[0] == ["'=Nazwa", "Ile", "Dzień"]
    assert lines[1] == ["'=cmd|calc", "3", "2026-03-02"]
    assert all(line[0].startswith("'") for line in lines[:-1])
    assert lines[-1] == [f"Razem: {len(made)}", str(3 * len(made)), ""]
    sheet = _sheet(table)
    assert sheet[1][:2] == ("'=cmd|calc", 3)
    assert str(sheet[1][2]).startswith("2026-03-02")
    assert all(str(line[0]).startswith("'") for line in sheet[:-1])
    assert sheet[-1] == (f"Razem: {len(made)}", 3 * len(made), None)


def test_a_file_keeps_a_text_that_a_sheet_cannot_hold_without_failing() -> None:
    values: tuple[Value, ...] = ("z\x00nak" + "a" * 40_000, 0, None)
    assert str(_sheet(table_of(COLUMNS, [Row(values)]))[1][0]).startswith("znakaaa")


FORM = (
    Question("title", "tytuł"),
    Question("basis", "właściwość", choices={"any": "dowolny urząd", "home": "miejsce zamieszkania"}),
    Question("prices", "ceny", has_rows=True, rows=(Question("code", "za co"), Question("amount", "kwota"))),
    Question("unit", "komórka", refers_to=Question),  # type: ignore[arg-type]  # any class will do as a kind of entry
)


def test_a_change_shows_words_not_codes_and_only_the_rows_that_differ() -> None:
    before = {
        "title": "A",
        "basis": "any",
        "prices": [{"code": "kopia", "amount": "5.00"}, {"code": "x", "amount": "1"}],
    }
    after = {
        "title": "A", "basis": "home", "prices": [{"code": "kopia", "amount": "7.00"}, {"code": "x", "amount": "1"}], "unit": 3,
    }  # fmt: skip
    assert list(field_changes(FORM, before, after, {(Question, 3): "WO – Oddział"})) == [  # type: ignore[dict-item]
        FieldChange("właściwość", "dowolny urząd", "miejsce zamieszkania"),
        FieldChange("ceny", "za co: kopia; kwota: 5.00", "za co: kopia; kwota: 7.00"),
        FieldChange("komórka", "", "WO – Oddział"),
    ]


lines = st.lists(st.sampled_from("abcd"), max_size=5)


@given(lines, lines)
def test_different_lists_never_look_the_same(old: list[str], new: list[str]) -> None:
    gone, come = different_lines(old, new)
    assert (gone == come) == (old == new)
    assert set(gone) <= set(old)
    assert set(come) <= set(new)
