"""Registers in the editor's screen, and the rules that keep published things from vanishing."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.people import name_of
from publication.reading import editions
from service_catalog import office_listing  # noqa: F401  its lists register themselves
from service_catalog.authoring.register_entries import record_register_entries
from service_catalog.editor import screen  # noqa: F401
from service_catalog.home_panels import OwnOffices
from service_catalog.inheritance import hooks as inheritance_hooks  # noqa: F401
from service_catalog.models import (
    FormFamily,
    LegalAct,
    LocalCard,
    ModelCard,
    OfficeCard,
    OfficePage,
    OfficeType,
    Service,
    ServiceGroup,
    Topic,
    TopicCategory,
    WordSwap,
)
from service_catalog.signals import key_of
from service_catalog.tasks import present_citing_cards

RECORDED = (OfficeType, LegalAct, FormFamily, Topic, TopicCategory, ServiceGroup)
CITED = (*RECORDED, Service)
CATALOGUE_PAGES = (ModelCard, OfficeCard, LocalCard, OfficePage)


class OfficeTypeViewSet(SnippetViewSet):
    """Typy urzędów."""

    model = OfficeType
    icon = "group"
    list_display = ["name", "code", "in_catalogue"]
    search_fields = ["name", "code"]


class TopicViewSet(SnippetViewSet):
    """Działy."""

    model = Topic
    icon = "folder-open-1"
    list_display = ["name", "ivr_key", "position"]


class TopicCategoryViewSet(SnippetViewSet):
    """Kategorie."""

    model = TopicCategory
    icon = "folder-open-1"
    list_display = ["name", "topic"]
    list_filter = ["topic"]


class ServiceGroupViewSet(SnippetViewSet):
    """Grupy usług."""

    model = ServiceGroup
    icon = "folder-open-1"
    list_display = ["name", "category"]
    search_fields = ["name"]


class ServiceViewSet(SnippetViewSet):
    """Usługi."""

    model = Service
    icon = "tag"
    list_display = ["name", "kind", "online_level"]
    list_filter = ["kind", "online_level"]
    search_fields = ["name"]


class LegalActViewSet(SnippetViewSet):
    """Akty prawne."""

    model = LegalAct
    icon = "doc-full"
    list_display = ["title", "code", "display", "status"]
    list_filter = ["status"]
    search_fields = ["title", "code", "display"]


class FormFamilyViewSet(SnippetViewSet):
    """Formularze."""

    model = FormFamily
    icon = "form"
    list_display = ["code", "title"]
    search_fields = ["code", "title"]


class WordSwapViewSet(SnippetViewSet):
    """Zamiany słów."""

    model = WordSwap
    icon = "edit"
    list_display = ["phrase", "proposal", "remark"]
    search_fields = ["phrase", "proposal"]


class RegistersGroup(SnippetViewSetGroup):
    """The registers in one menu."""

    menu_label = "Rejestry"
    menu_name = "registers"
    menu_icon = "list-ul"
    menu_order = 200
    items = (
        OfficeTypeViewSet,
        TopicViewSet,
        TopicCategoryViewSet,
        ServiceGroupViewSet,
        ServiceViewSet,
        LegalActViewSet,
        FormFamilyViewSet,
        WordSwapViewSet,
    )


register_snippet(RegistersGroup)


@hooks.register("construct_homepage_panels")
def begin_with_own_offices(request: HttpRequest, panels: list[Component]) -> None:
    """Put the user's offices before everything else."""
    panels.insert(0, OwnOffices(request))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def record_register_entry(request: HttpRequest, instance: models.Model) -> None:
    """Record a saved register entry and present the cards that cite it in the background."""
    who = name_of(request.user)
    cause = {"kind": instance._meta.model_name or "", "what": str(instance), "who": who}
    if isinstance(instance, RECORDED):
        record_register_entries([instance], cause=cause, moment=timezone.now())
    if isinstance(instance, CITED):
        name, key = type(instance).__name__, instance.pk
        transaction.on_commit(lambda: present_citing_cards.enqueue(name, key, who))


@hooks.register("before_delete_snippet")
def keep_register_entries(request: HttpRequest, instances: list[models.Model]) -> HttpResponse | None:
    """Registers that were recorded are closed by a date or status, never deleted."""
    if any(isinstance(instance, (OfficeType, LegalAct, FormFamily)) for instance in instances):
        messages.error(
            request, "Wpisu rejestru nie można usunąć, bo mogą z niego korzystać karty. Zmień jego status albo daty."
        )
        return redirect(request.META.get("HTTP_REFERER") or "wagtailadmin_home")
    return None


@hooks.register("before_delete_page")
def keep_published_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What was published is withdrawn, never deleted; this holds for everything below the page too."""
    return _refuse_deletion(request, page)


@hooks.register("before_bulk_action")
def bulk_actions_keep_the_rules(
    request: HttpRequest, action_type: str, objects: Sequence[models.Model], action: object
) -> HttpResponse | None:
    """Deleting and moving many pages at once obeys the rules for one page."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type == "move" and any(isinstance(page.specific, CATALOGUE_PAGES) for page in pages):
        return _refuse(request, STAYS, pages[0])
    if action_type == "delete":
        return next(filter(None, (_refuse_deletion(request, page) for page in pages)), None)
    return None


@hooks.register("before_move_page")
def cards_stay_at_their_office(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """The address of a card names its office, so a card never moves to another one."""
    if isinstance(page.specific, CATALOGUE_PAGES) and page.get_parent().pk != destination.pk:
        return _refuse(request, STAYS, page)
    return None


@hooks.register("before_copy_page")
def cards_are_not_copied(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A symbol names one card and a code one office: a copy would write under the same key of the edition log."""
    if isinstance(page.specific, CATALOGUE_PAGES):
        return _refuse(request, NO_COPY, page)
    return None


STAYS = "Karty nie można przenieść do innego urzędu. Utwórz ją tam na nowo."
NO_COPY = "Tej strony nie można skopiować, bo kopia miałaby ten sam symbol. Utwórz nową."


def _refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse when the page or anything below it was published."""
    for below in [page.specific, *page.get_descendants().specific()]:
        if isinstance(below, CATALOGUE_PAGES) and editions().filter(key=key_of(below)).exists():
            sentence = f"„{below.title}” było opublikowane, więc nie można tego usunąć. Wycofaj to z publikacji."
            return _refuse(request, sentence, page)
    return None


def _refuse(request: HttpRequest, sentence: str, page: Page) -> HttpResponse:
    """Say why and return to the page."""
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk)
