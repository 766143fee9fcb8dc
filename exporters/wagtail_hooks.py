"""Publications in the editor's screen."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from exporters import publication_admin
from exporters.webhooks.admin import WebhooksGroup

register_snippet(WebhooksGroup)


@hooks.register("register_admin_urls")
def addresses_of_publications() -> list[URLPattern]:
    """Addresses of the publication sets."""
    return [
        path("publikacje/", publication_admin.sets, name="publication_sets"),
        path("publikacje/wydaj/", publication_admin.issue, name="publication_set_issue"),
        path("publikacje/<int:set_id>/wznow/", publication_admin.resume, name="publication_set_resume"),
    ]


class PublicationsItem(MenuItem):
    """The entry of the menu, for whoever may issue sets."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user sees it."""
        return publication_admin.may_publish(request.user)


@hooks.register("register_admin_menu_item")
def publications_in_the_menu() -> MenuItem:
    """„Publikacje” in the main menu."""
    return PublicationsItem("Publikacje", reverse("publication_sets"), icon_name="download", order=230)
