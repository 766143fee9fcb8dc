"""Card lists: the right cells, read by another library, and none that a spreadsheet program would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from cms.spreadsheet_cells import FORMULA_STARTS, neutralised
from exporters.tables import csv_file, xlsx_file
from exporters.tables.columns import heading, row
from service_catalog.published.card import Card, Fee
from tests.exporters.cards_for_tests import model_card, office_card, office_reference
from tests.exporters.mutations import full_card

Writer = Callable[[Iterable[Card]], Iterator[bytes]]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Karty"]
    assert all(cell.data_type in {"s", "n"} for line in sheet for cell in line)
    return [[shown(cell.value) for cell in line] for line in sheet]


def shown(value: object) -> str:
    """An amount as a Polish spreadsheet program shows it."""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, int | float) else str(value or "")


BOTH = pytest.mark.parametrize(
    ("write", "read"), [(csv_file.card_list, read_csv), (xlsx_file.card_list, read_xlsx)], ids=["csv", "xlsx"]
)


@BOTH
def test_a_list_has_a_heading_and_one_row_per_card(write: Writer, read: Callable[[bytes], list[list[str]]]) -> None:
    cards = [model_card("UW-PAS-001"), office_card(model_card("UW-PAS-001"), office_reference()), full_card()]
    assert read(b"".join(write(cards))) == [heading(), *map(row, cards)]
    shown = dict(zip(heading(), row(cards[1]), strict=True))
    assert (shown["Kod urzędu"], shown["Rodzaj karty"]) == ("uw-rzeszow", "urzędu")
    assert "opłata" in shown["Opłaty"]
    assert "PLN" in shown["Opłaty"]


@BOTH
@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+48 1", "-1", "@SUM(A1)", "\t=1", "  =1", "|cmd", "a\x0bb\x00"]
)
def test_a_hostile_title_is_no_formula(write: Writer, read: Callable[[bytes], list[list[str]]], text: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), title=text)
    title = read(b"".join(write([card])))[1][heading().index("Tytuł")]
    assert not title.lstrip(" ").startswith(FORMULA_STARTS)
    assert title.removeprefix("'").replace("\x0b", "").replace("\x00", "") == text.replace("\x0b", "").replace(
        "\x00", ""
    )


@BOTH
def test_equal_cards_give_equal_bytes_in_pieces(write: Writer, read: Callable[[bytes], list[list[str]]]) -> None:
    cards = [model_card("UW-PAS-001")] * 250
    pieces = list(write(cards))
    assert len(pieces) > 2
    assert b"".join(write(cards)) == b"".join(pieces)


@given(st.text())
def test_any_text_is_neutralised_once(text: str) -> None:
    safe = neutralised(text)
    assert not safe.lstrip(" ").startswith(FORMULA_STARTS)
    assert neutralised(safe) == safe
    assert safe in {text, f"'{text}"}


def priced(*amounts: str | None) -> Card:
    fees = tuple(Fee(kind="opłata", amount=amount, currency="PLN") for amount in amounts)
    return msgspec.structs.replace(model_card("UW-PAS-001"), fees=fees)


def test_amounts_are_numbers_with_their_currency() -> None:
    cards = [priced("1440.00", None, "70.50"), priced(None), priced(), priced("0.00")]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_file.card_list(cards))))["Karty"]
    places = [heading().index(name) for name in ("Najniższa opłata", "Najwyższa opłata", "Waluta")]
    found = [[line[place].value or "" for place in places] for line in sheet.iter_rows(min_row=2)]
    assert found == [[70.5, 1440, "PLN"], ["", "", ""], ["", "", ""], ["", "", "PLN"]]
    assert sheet.cell(2, places[1] + 1).number_format == "#,##0.00"
    assert sheet.cell(5, places[0] + 1).value == 0
    rows = read_csv(b"".join(csv_file.card_list(cards)))
    assert [rows[1][place] for place in places] == ["70,50", "1440,00", "PLN"]


@pytest.mark.parametrize("count", [0, 1, 30])
def test_the_heading_stays_in_sight_and_filters_every_row(count: int) -> None:
    cards = [model_card("UW-PAS-001")] * count
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_file.card_list(cards))))["Karty"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(heading()))}{count + 1}"
