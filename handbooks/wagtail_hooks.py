"""Handbooks and good practices in the editor's screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.people import name_of
from handbooks import admin_views
from handbooks.authoring.pictures import UnprintablePicture
from handbooks.authoring.practices import record_practices
from handbooks.models import GoodPractice, Handbook, HandbookEdition
from handbooks.published.handbook import practice_key
from publication.reading import editions


class HandbookViewSet(SnippetViewSet):
    """Podręczniki."""

    model = Handbook
    icon = "openquote"
    list_display = ["title", "code"]
    search_fields = ["title", "code"]
    list_per_page = 40


class GoodPracticeViewSet(SnippetViewSet):
    """Dobre praktyki."""

    model = GoodPractice
    icon = "pick"
    list_display = ["code", "title", "category", "state"]
    list_filter = ["category", "state"]
    search_fields = ["code", "title", "problem"]


class HandbooksGroup(SnippetViewSetGroup):
    """Handbooks and good practices in one menu."""

    menu_label = "Podręczniki"
    menu_name = "handbooks"
    menu_icon = "openquote"
    menu_order = 220
    items = (HandbookViewSet, GoodPracticeViewSet)


register_snippet(HandbooksGroup)


@hooks.register("register_admin_urls")
def addresses_of_editions() -> list[URLPattern]:
    """Addresses of the editions of handbooks."""
    return [
        path("podreczniki/<int:handbook_id>/wydania/", admin_views.editions, name="handbook_editions"),
        path("podreczniki/<int:handbook_id>/przygotuj/", admin_views.prepare, name="handbook_edition_prepare"),
        path("podreczniki/wydanie/<int:edition_id>/podglad.pdf", admin_views.preview, name="handbook_edition_preview"),
        path("podreczniki/wydanie/<int:edition_id>/zatwierdz/", admin_views.approve, name="handbook_edition_approve"),
        path("podreczniki/wydanie/<int:edition_id>/odrzuc/", admin_views.reject, name="handbook_edition_reject"),
    ]


@hooks.register("register_snippet_listing_buttons")
def way_to_editions(snippet: models.Model, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """A way from the list of handbooks to their editions."""
    if isinstance(snippet, Handbook) and admin_views.may_edit(user):
        yield ListingButton("Wydania", reverse("handbook_editions", args=[snippet.pk]), icon_name="history", priority=5)


@hooks.register("after_edit_snippet")
@hooks.register("after_create_snippet")
def go_on_to_editions(request: HttpRequest, instance: models.Model) -> HttpResponse | None:
    """Record a saved good practice; after a handbook, show its editions."""
    if isinstance(instance, GoodPractice):
        cause = {"kind": "goodpractice", "what": str(instance), "who": name_of(request.user)}
        try:
            record_practices([instance], cause=cause, moment=timezone.now())
        except UnprintablePicture as refusal:
            messages.error(request, f"Praktyka jest zapisana, ale nieopublikowana. {refusal}")
    return redirect("handbook_editions", instance.pk) if isinstance(instance, Handbook) else None


@hooks.register("before_delete_snippet")
def keep_what_was_published(request: HttpRequest, instances: list[models.Model]) -> HttpResponse | None:
    """Handbooks with editions and recorded practices are never deleted."""
    for instance in instances:
        if isinstance(instance, Handbook) and HandbookEdition.objects.filter(handbook=instance).exists():
            return _refuse(request, "Ten podręcznik ma wydania, więc nie można go usunąć.")
        if isinstance(instance, GoodPractice) and editions().filter(key=practice_key(instance.code)).exists():
            return _refuse(request, "Ta praktyka była opublikowana. Zamiast usuwać, zmień jej stan na „archiwalna”.")
    return None


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(request.META.get("HTTP_REFERER") or "wagtailadmin_home")
