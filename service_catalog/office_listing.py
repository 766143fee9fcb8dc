"""The list of an office's cards in the editor's screen: name, state, last change. A row costs no query of its own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageQuerySet

from cms.editorial.states import State
from service_catalog.models import ModelCataloguePage, OfficePage


def state_label(page: Page) -> str:
    """Where the card is on its way to readers."""
    standing = getattr(page, "standing", None)
    state = State(standing.state) if standing else (State.PUBLISHED if page.live else State.DRAFT)
    return str(state.label) if page.live or state != State.IN_WORK else f"{state.label}, klienci jej nie widzą"


class CardsView(ExplorableIndexView):
    """Cards below one office or model catalogue."""

    page_title = "Karty"
    base_columns = [
        TitleColumn(
            "title",
            label="Karta",
            accessor="draft_title",
            sort_key="title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("state", label="Stan", accessor=state_label, sort_key="standing__state"),
        DateColumn("latest_revision_created_at", label="Zmieniono", sort_key="latest_revision_created_at"),
    ]

    @cached_property
    def explorable_columns(self) -> list[Any]:
        """These columns only: a card has nothing below it to go to."""
        return list(self.columns)

    def get_base_queryset(self) -> PageQuerySet:
        """All pages below this one, whatever their kind, as far as the person may see them."""
        below = Page.objects.descendant_of(self.parent_page)
        seen = self.permission_policy.explorable_instances(self.request.user)
        return below.filter(pk__in=seen.values("pk")).select_related("standing")


class OfficeViewSet(PageViewSet):
    """Urząd i jego karty."""

    model = OfficePage
    parent_models = [OfficePage]
    index_view_class = CardsView


class ModelCatalogueViewSet(PageViewSet):
    """Katalog wzorcowy i jego karty."""

    model = ModelCataloguePage
    parent_models = [ModelCataloguePage]
    index_view_class = CardsView


@hooks.register("register_admin_viewset")
def office_lists() -> list[PageViewSet]:
    """Both lists of cards."""
    return [OfficeViewSet(), ModelCatalogueViewSet()]
