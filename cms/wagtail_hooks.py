"""How the editor's screen of Wagtail behaves for officials."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, PageQuerySet

import cms.editorial.hooks  # noqa: F401  its functions register themselves
from cms import authorship
from cms.conflicts import refuse_stale_form
from cms.posted_lists import refuse_damaged_lists
from cms.refusals import refused
from cms.walls import CLOSED_MENU, COUNTRYWIDE_MENU, is_countrywide, own_pages


@hooks.register("before_edit_page", order=-10)
def nobody_overwrites(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A form filled on an older version is answered with both versions."""
    return refuse_stale_form(request, page)


@hooks.register("before_edit_page", order=-20)
def lists_are_whole(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A form with a damaged list is refused before anything reads it."""
    return refuse_damaged_lists(request, page.specific_class or Page, page.pk)


@hooks.register("before_create_page", order=-20)
def lists_of_a_new_page_are_whole(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """The same for a page that does not exist yet."""
    return refuse_damaged_lists(request, page_class, None)


@hooks.register("before_delete_user")
def authors_are_kept(request: HttpRequest, user: AbstractBaseUser) -> HttpResponse | None:
    """The account of somebody who did something is closed instead; the question "na pewno?" does not even come."""
    return _refuse_deletion_of(request, [user])


@hooks.register("before_bulk_action")
def authors_are_kept_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[object], action: object
) -> HttpResponse | None:
    """The same for many accounts at once: none is deleted when one must be kept."""
    people = [one for one in objects if isinstance(one, AbstractBaseUser)]
    return _refuse_deletion_of(request, people) if action_type == "delete" else None


def _refuse_deletion_of(request: HttpRequest, people: Sequence[AbstractBaseUser]) -> HttpResponse | None:
    reasons = [authorship.refusal(person) for person in people if authorship.did_anything(person)]
    return refused(request, reasons, status=HTTPStatus.CONFLICT) if reasons else None


@hooks.register("construct_page_chooser_queryset")
def choosers_stay_inside(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Choosers offer pages of the user's own branches only."""
    return own_pages(pages, request)


@hooks.register("construct_reports_menu")
def offices_have_no_countrywide_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports over all offices stand in the menu of central staff only, closed ones in nobody's."""
    hidden = CLOSED_MENU if is_countrywide(request.user) else CLOSED_MENU | COUNTRYWIDE_MENU
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("insert_editor_js")
def say_what_the_form_started_from() -> str:
    """After an automatic save the form must name that version, or the author would be told that somebody else saved."""
    return format_html('<script src="{}"></script>', static("cms/started_from.js"))
