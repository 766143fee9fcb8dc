"""The reports in the editor's screen: addresses and the menu "Raporty"."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from governance.reporting import views
from governance.reporting.places import may_read_reports


class ReportsItem(MenuItem):
    """A report, for those whom it would show anything."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether any office or catalogue is in the user's reach."""
        return may_read_reports(request.user)


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[Any]:
    """The reports, and the changes of a card, whose page is named `page_id` so that the walls stand before it."""
    return [
        *(path(f"zestawienia/{one.name}/", require_safe(one), name=one.view_name) for one in views.REPORTS),
        path("karty/<int:page_id>/zmiany/", views.changes_of_card, name="reporting_changes"),
    ]


def _register(report: views.Report, order: int) -> None:
    @hooks.register("register_reports_menu_item")
    def item() -> MenuItem:
        return ReportsItem(report.title, report.address, name=report.view_name, icon_name=report.icon, order=order)


for _position, _report in enumerate(views.REPORTS):
    _register(_report, 10 + _position)
