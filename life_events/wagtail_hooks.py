"""Life events in the editor's screen."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.people import name_of
from life_events.authoring import record_saved_life_event
from life_events.models import ExternalProvider, LifeEvent


class LifeEventViewSet(SnippetViewSet):
    """Zdarzenia życiowe."""

    model = LifeEvent
    icon = "calendar-alt"
    list_display = ["code", "title", "group", "state"]
    list_filter = ["state", "group"]
    search_fields = ["title", "code"]


class ExternalProviderViewSet(SnippetViewSet):
    """Instytucje spoza katalogu."""

    model = ExternalProvider
    icon = "globe"
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


class LifeEventsGroup(SnippetViewSetGroup):
    """Life events in one menu."""

    menu_label = "Zdarzenia życiowe"
    menu_name = "life-events"
    menu_icon = "calendar-alt"
    menu_order = 210
    items = (LifeEventViewSet, ExternalProviderViewSet)


register_snippet(LifeEventsGroup)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def record_life_event(request: HttpRequest, instance: models.Model) -> None:
    """Record a saved life event and the cards whose place in it changed."""
    if isinstance(instance, LifeEvent):
        record_saved_life_event(instance, who=name_of(request.user), moment=timezone.now())
