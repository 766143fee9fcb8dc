"""Walls between offices: whoever works in the editor's screen reaches only pages of his own branches.

Wagtail checks rights for what a view does, but some views show titles of pages that the user may not open (choosers, parents
of a listing). This wall stands before every view of the editor's screen that names a page in its address, so a new view is
behind it as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy

ADDRESS_PARTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "parent_id")
"""Names under which addresses of the editor's screen carry a page."""


class PageWalls:
    """Refuses with 403 an address of the editor's screen that names a page outside the user's branches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Check every page named in the address."""
        if not request.path.startswith("/admin/") or not request.user.is_authenticated:
            return
        for name in ADDRESS_PARTS:
            if kwargs.get(name) and not reachable(request.user, kwargs[name]):
                raise PermissionDenied("Ta strona należy do innego urzędu.")


def reachable(user: Any, page: int | str) -> bool:
    """Whether a page lies in the user's branches or on the way to them. Unknown pages are left to the view (404)."""
    if user.is_superuser or not Page.objects.filter(pk=page).exists():
        return True
    return bool(page_permission_policy.explorable_instances(user).filter(pk=page).exists())


def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Of pages offered in a chooser, those in the user's branches."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=page_permission_policy.explorable_instances(request.user).values("pk"))
