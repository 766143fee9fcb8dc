"""Screens of the reports. Each is a form with filters, a table with totals, and two buttons that give the same rows as a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.editorial.views import answered, page_under_four_eyes
from governance.reporting import card_history, completeness, overdue_reviews, to_reconcile, workload
from governance.reporting.filters import (
    CompletenessFilters,
    HistoryFilters,
    OverdueFilters,
    ReconciliationFilters,
    ReportFilters,
    WorkloadFilters,
)
from governance.reporting.places import Reach, reach_of
from governance.reporting.spreadsheets import XLSX, as_csv, as_xlsx
from governance.reporting.tables import Column, Table, ordered, shown
from publication.calendar import day_of

ON_PAGE = 100
"""Rows of a screen: all hundred offices at once."""
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class Report:
    """A report: its name in the menu and in the address, what it tells, its filters and how its rows are made."""

    name: str
    title: str
    told: str
    filters: type[ReportFilters]
    columns: Sequence[Column]
    make: Callable[[Reach, dict[str, Any], datetime.date], Table]
    icon: str = "table"

    @property
    def view_name(self) -> str:
        """Name of the address."""
        return f"reporting_{self.name.replace('-', '_')}"

    @property
    def address(self) -> str:
        """Where the report is."""
        return reverse(self.view_name)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The screen, or the file."""
        return _report(request, self)


def _completeness(reach: Reach, given: dict[str, Any], on: datetime.date) -> Table:
    counting = completeness.by_type if given["layout"] else completeness.by_office
    return counting(reach, on=on)


REPORTS = (
    Report(
        "kompletnosc",
        "Kompletność katalogów",
        "Ile kart z katalogu wzorcowego urząd już ma. Planowane to karty wzorcowe typu urzędu bez tych, których urząd nie oferuje. "
        "Opublikowana karta może być jednocześnie w opracowaniu.",
        CompletenessFilters,
        (*completeness.OFFICE_COLUMNS, Column("offices", "Urzędy")),
        _completeness,
    ),
    Report(
        "przeglady",
        "Przeglądy po terminie",
        "Karty, których nikt nie przejrzał na czas. Karta pozostaje widoczna dla klientów.",
        OverdueFilters,
        overdue_reviews.COLUMNS,
        lambda reach, given, on: overdue_reviews.overdue(reach, given, on=on),
        icon="date",
    ),
    Report(
        "do-uzgodnienia",
        "Do uzgodnienia z wzorcem",
        "Miejsca, w których zmienił się wzorzec, a urząd ma własną treść. Wiersz to jedno pole karty.",
        ReconciliationFilters,
        to_reconcile.COLUMNS,
        lambda reach, given, on: to_reconcile.to_reconcile(reach, given, on=on),
        icon="pick",
    ),
    Report(
        "praca-osob",
        "Praca osób",
        "Co kto ma teraz otwarte i co zrobił we wskazanych dniach. Bez wskazania liczy się ostatnie 30 dni.",
        WorkloadFilters,
        workload.COLUMNS,
        lambda reach, given, on: workload.workload(reach, given, on=on),
        icon="group",
    ),
)  # fmt: skip


def _report(request: HttpRequest, report: Report) -> HttpResponse:
    """Narrow, count, order, show. What does not fit is refused with a sentence."""
    reach = reach_of(request.user)
    filters = report.filters(request.GET, reach=reach, columns=report.columns)
    context: dict[str, Any] = {"title": report.title, "told": report.told, "filters": filters, "icon": report.icon}
    if not filters.is_valid():
        return render(request, SCREEN, context | {"refusals": filters.refusals}, status=400)
    given = filters.cleaned_data
    narrowed = reach.narrowed(
        office_type=given["office_type"], voivodeship=given["voivodeship"], office=given["office"]
    )
    table = report.make(narrowed, given, day_of(timezone.now()))
    return _answer(request, ordered(table, given["order"]), context, name=report.name)


@require_safe
@answered
def changes_of_card(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who changed which field of a card, from what to what."""
    page = page_under_four_eyes(page_id)
    reach = reach_of(request.user, advisers=True)
    place = reach.place_of(page.path)
    if place is None:
        raise PermissionDenied("Ta strona należy do innego urzędu.")
    filters = HistoryFilters(request.GET, auto_id="filtr-%s", label_suffix="")
    context = {
        "title": "Historia zmian",
        "subtitle": page.get_admin_display_title(),
        "told": "Co kto zmienił w karcie, od najnowszej zmiany. Z list pokazujemy tylko te punkty, które się zmieniły.",
        "filters": filters,
        "icon": "history",
        "back": reverse("editorial_history", args=[page.pk]),
    }
    if not filters.is_valid():
        return render(request, SCREEN, context | {"refusals": filters.refusals}, status=400)
    table = card_history.card_history(page, reach.narrowed_to(place), filters.cleaned_data)
    return _answer(request, table, context, name=f"zmiany-{page.slug}")


SCREEN = "governance/reporting/report.html"


def _answer(request: HttpRequest, table: Table, context: Mapping[str, Any], *, name: str) -> HttpResponse:
    """The rows as a file when a format is named, else a page of them."""
    wanted = request.GET.get("plik", "")
    if wanted in FORMATS:
        content = as_csv(table) if wanted == "csv" else as_xlsx(table, title=context["title"])
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if wanted == "csv" else XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
        return answer
    page = Paginator(table.rows, ON_PAGE).get_page(request.GET.get("strona"))
    query = request.GET.copy()
    query.pop("strona", None)
    return render(
        request,
        SCREEN,
        {
            **context,
            "columns": table.columns,
            "rows": [(row.address, _cells(table, row.values)) for row in page.object_list],
            "totals": _cells(table, table.totals, totals=True),
            "page": page,
            "query": query.urlencode(),
        },
    )


def _cells(table: Table, values: Sequence[Any], *, totals: bool = False) -> list[tuple[Column, str]]:
    return [
        (column, shown(value, flag=column.flag and not totals))
        for column, value in zip(table.columns, values, strict=True)
    ]
