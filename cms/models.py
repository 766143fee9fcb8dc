"""Pages that belong to no part of the catalogue: the root of the tree and the roofs over its branches."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Revision


class FlatAddressPage(Page):
    """A page whose public address does not follow the page tree: readers are served by outlets from editions."""

    preview_modes: list[tuple[str, str]] = []

    class Meta:
        abstract = True

    def public_path(self) -> str:
        """Public address of the page without the host."""
        return "/"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish the page and whatever is recorded because of it, or nothing at all."""
        with transaction.atomic():
            super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Withdraw the page and record it, or nothing at all."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Wagtail's question for the address: the flat one of this page."""
        site = self._get_relevant_site_root_paths(request)
        if not site:
            return None
        return site[0].site_id, site[0].root_url, self.public_path()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Any address inside the tree leads to the public one."""
        return redirect(self.public_path())


class HomePage(FlatAddressPage):
    """Root of the tree. The public home page is composed from editions; this page only holds the branches."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["service_catalog.OfficesPage", "service_catalog.ModelCataloguesPage"]

    class Meta:
        verbose_name = "strona główna"
        verbose_name_plural = "strony główne"
