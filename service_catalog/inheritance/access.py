"""Who may see and decide what: rights of the page tree, asked in one place for every screen of inheritance."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy

from service_catalog.models import ModelCard, ModelCataloguePage, OfficeCard, OfficePage

OTHER_OFFICE = "Ta strona należy do innego urzędu."


def editable_pages(user: Any) -> PageQuerySet:
    """Pages that the person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def may_edit(user: Any, page: Page) -> bool:
    """Whether the person may change the page."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "change", page))


def may_publish(user: Any, page: Page) -> bool:
    """Whether the person may publish and withdraw the page."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "publish", page))


def own_office(request: HttpRequest, page_id: int) -> OfficePage:
    """The office of an address. Raises `Http404` and `PermissionDenied`."""
    office: OfficePage = get_object_or_404(OfficePage, pk=page_id)
    _require_right(request, office)
    return office


def own_card(request: HttpRequest, page_id: int) -> OfficeCard:
    """The office card of an address. Raises `Http404` and `PermissionDenied`."""
    card: OfficeCard = get_object_or_404(OfficeCard._default_manager.select_related("model_card"), pk=page_id)
    _require_right(request, card)
    return card


def own_model_card(request: HttpRequest, page_id: int) -> ModelCard:
    """The model card of an address. Raises `Http404` and `PermissionDenied`."""
    card: ModelCard = get_object_or_404(ModelCard, pk=page_id)
    _require_right(request, card)
    return card


def own_catalogue(request: HttpRequest, page_id: int) -> ModelCataloguePage:
    """The model catalogue of an address. Raises `Http404` and `PermissionDenied`."""
    catalogue: ModelCataloguePage = get_object_or_404(ModelCataloguePage, pk=page_id)
    _require_right(request, catalogue)
    return catalogue


def _require_right(request: HttpRequest, page: Page) -> None:
    if not may_edit(request.user, page):
        raise PermissionDenied(OTHER_OFFICE)
