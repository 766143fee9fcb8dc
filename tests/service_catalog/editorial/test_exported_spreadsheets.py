"""No spreadsheet that the editor's screen gives away holds a formula, whichever view writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page

from cms.spreadsheet_cells import FORMULA_STARTS
from tests.service_catalog.editorial.office import Staff, office_card, staff

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://zly.example";"Kliknij")'
CLOSED = ("/admin/reports/workflow/", "/admin/reports/workflow_tasks/")
SMALLEST_NUMBER = 10
"""Views that give away spreadsheets; fewer would mean that they are not found any more."""


@pytest.fixture
def people(db: None) -> Staff:
    """An office whose card and people are called like formulas."""
    found = staff()
    card = office_card()
    card.title = FORMULA
    card.save_revision(user=found["autor"], log_action=True)
    Page.objects.filter(pk=card.pk).update(title=FORMULA, draft_title=FORMULA, locked=True, locked_by=found["autor"])
    type(found["autor"]).objects.filter(username="autor").update(first_name="=1+1", last_name="@SUM(A1)")
    return found


def views(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = "/"
) -> Iterator[tuple[str, type[Any]]]:
    """Addresses without parts below `/admin/` whose views give away spreadsheets."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = f"{prefix}{pattern.pattern}".replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            view = getattr(pattern.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, SpreadsheetExportMixin) and "<" not in address:
                yield address, view


def cells(answer: Any, kind: str) -> list[Any]:
    """All cells of a spreadsheet."""
    data = b"".join(answer)
    if kind == "csv":
        return [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [cell.value for row in sheet.iter_rows() for cell in row]


def test_no_export_holds_a_formula(people: Staff) -> None:
    client = people.client("zarzadca")
    told: list[str] = []
    exported: set[str] = set()
    for address, _ in views():
        for kind in ("csv", "xlsx"):
            answer = client.get(address, {"export": kind})
            if isinstance(answer, (StreamingHttpResponse, FileResponse)):
                exported.add(address)
                found = [cell for cell in cells(answer, kind) if isinstance(cell, str)]
                assert [cell for cell in found if cell.startswith(FORMULA_STARTS)] == [], address
                told += found
    assert f"'{FORMULA}" in told
    assert "/admin/reports/site-history/" in exported
    assert exported.isdisjoint(CLOSED)


def test_no_view_writes_its_cells_by_itself() -> None:
    """Whoever overrides what writes a cell would go round the rule."""
    found = [view for _, view in views()]
    assert len(found) >= SMALLEST_NUMBER
    for view in found:
        for name in ("preprocess_field_value", "get_heading", "write_csv_row", "generate_xlsx_row"):
            assert getattr(view, name) is getattr(SpreadsheetExportMixin, name), view


@pytest.mark.parametrize("address", [f"{base}{end}" for base in CLOSED for end in ("", "results/")])
def test_wagtails_reports_of_checks_are_closed(people: Staff, address: str) -> None:
    for username in ("zarzadca", "redakcja", "naczelnik"):
        client: Client = people.client(username)
        assert client.get(address).status_code == 404
        assert f'"{address}"' not in client.get("/admin/").content.decode()
