"""What an official sees first: the offices he works for, their cards, and what waits to be published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from service_catalog.models import OfficePage

MOST_OFFICES = 5
"""More than that is the national staff, for whom the list of all offices is the better start."""


class OwnOffices(Component):
    """The offices of the user with a way to their cards and to what readers see."""

    name = "own_offices"
    template_name = "service_catalog/own_offices.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Offices with counts; none for somebody with rights on more than a few."""
        editable = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        offices = list(OfficePage.objects.filter(pk__in=editable.values("pk")).order_by("title")[: MOST_OFFICES + 1])
        return {"offices": [self._row(office) for office in offices] if len(offices) <= MOST_OFFICES else []}

    @staticmethod
    def _row(office: OfficePage) -> dict[str, Any]:
        cards = Page.objects.child_of(office)
        return {
            "office": office,
            "published": cards.filter(live=True).count(),
            "waiting": cards.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at"),
        }
