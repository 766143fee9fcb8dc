"""The way to readers in the editor's screen: addresses, buttons, tasks on the first page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.editorial import preview_views, views
from cms.editorial.corrections import asked_of, in_words
from cms.editorial.home_panels import MyTasks
from cms.editorial.standing import state_of
from cms.editorial.states import CHECKS

REPLACED = frozenset(
    {"action-publish", "action-submit", "action-cancel-workflow", "action-restart-workflow", "action-unpublish"}
)
"""Buttons of Wagtail's form whose work is done on screens of their own."""
REPLACED_PANELS = frozenset({"workflow_pages_to_moderate", "user_objects_in_workflow_moderation", "site_summary"})


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Addresses of the screens; each names its page as `page_id`, so the walls between offices stand before it."""
    return [
        path("karty/<int:page_id>/wyslij/", views.send, name="editorial_send"),
        path("karty/<int:page_id>/sprawdz/", views.check, name="editorial_check"),
        path("karty/<int:page_id>/wycofaj-ze-sprawdzenia/", views.recall, name="editorial_recall"),
        path("karty/<int:page_id>/przeglad/", views.review, name="editorial_review"),
        path("karty/<int:page_id>/historia/", views.history, name="editorial_history"),
        path("karty/<int:page_id>/podglad-dla-prawnika/", preview_views.links, name="editorial_links"),
        *(
            path(f"karty/<int:page_id>/{word}/", views.act, {"action": word}, name=f"editorial_act_{word}")
            for word in views.ACTIONS
        ),
    ]


class SendItem(ActionMenuItem):
    """Save and go on to sending."""

    label = "Wyślij do sprawdzenia"
    name = "action-send"
    icon_name = "mail"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """While nobody checks the page."""
        page = context.get("page")
        shown = bool(super().is_shown(context))
        return shown and (page is None or (getattr(page, "under_four_eyes", False) and state_of(page) not in CHECKS))


@hooks.register("register_page_action_menu_item")
def send_button() -> ActionMenuItem:
    """The first button of the form: what is written is saved by itself."""
    return SendItem(order=-10)


@hooks.register("construct_page_action_menu")
def only_our_way(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Pages under four eyes have no button that publishes or withdraws directly."""
    page = context.get("page")
    if page is None or getattr(page, "under_four_eyes", False):
        items[:] = [item for item in items if item.name not in REPLACED]


@hooks.register("before_edit_page")
def say_what_to_correct(request: HttpRequest, page: Page) -> None:
    """What a checker or reviewer asked for stands above the form until the page is sent again."""
    asked = asked_of([page.pk]).get(page.pk) if request.method == "GET" else None
    if asked is not None:
        messages.warning(request, in_words(asked))


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def go_on_to_sending(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After saving with the button of sending, show what is missing and who will check."""
    if request.POST.get("action-send") and getattr(page.specific, "under_four_eyes", False):
        return redirect("editorial_send", page.pk)
    return None


@hooks.register("register_page_header_buttons")
def state_of_the_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """The page's own screens beside its form."""
    if not getattr(page.specific_class, "under_four_eyes", False):
        return []
    view = "editorial_check" if state_of(page) in CHECKS else "editorial_history"
    return [
        Button(f"Stan: {state_of(page).label}", reverse(view, args=[page.pk]), icon_name="history", priority=5),
        Button("Podgląd dla prawnika", reverse("editorial_links", args=[page.pk]), icon_name="view", priority=60),
        Button("Przegląd", reverse("editorial_review", args=[page.pk]), icon_name="date", priority=61),
    ]


@hooks.register("construct_homepage_panels", order=50)
def begin_with_tasks(request: HttpRequest, panels: list[Component]) -> None:
    """Tasks come first; Wagtail's lists of the same things go."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED_PANELS]
    panels.insert(0, MyTasks(request))
