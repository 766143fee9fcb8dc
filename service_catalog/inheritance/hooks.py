"""Inheritance in the editor's screen: addresses, menu, buttons on cards, refusals. Imported by `wagtail_hooks`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.editorial.states import State
from cms.editorial.tasks import ADDRESS, MORE_TASKS
from cms.editorial.views import NOTICES
from service_catalog.inheritance.forged_fields import refuse_forged_form
from service_catalog.inheritance.impact import impact_of_draft
from service_catalog.inheritance.impact_views import notices_of_impact
from service_catalog.inheritance.moving_views import notices_of_places, warn_of_leaving_places
from service_catalog.inheritance.reconciling import note_saved
from service_catalog.inheritance.same_titles import notices_of_same_titles
from service_catalog.inheritance.urls import urlpatterns
from service_catalog.inheritance.waiting_tasks import requests_for
from service_catalog.models import ModelCard, ModelCataloguePage, OfficeCard, OfficePage, OfficeType, Reconciliation

NOTICES.extend([notices_of_impact, notices_of_places, notices_of_same_titles])
ADDRESS[State.TO_RECONCILE] = "inheritance_reconcile"
MORE_TASKS.append(requests_for)


@hooks.register("register_admin_urls")
def inheritance_addresses() -> list[URLPattern]:
    """Screens of inheritance."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def inheritance_menu() -> MenuItem:
    """One menu for what goes on between models and offices."""
    items = [
        MenuItem(
            "Do uzgodnienia", reverse("inheritance_reconciliations"), name="reconciliations", icon_name="resubmit"
        ),
        MenuItem("Uwagi do wzorców", reverse("inheritance_remarks"), name="remarks", icon_name="comment"),
        MenuItem("Nowy urząd", reverse("inheritance_adoptions"), name="adoptions", icon_name="group"),
    ]
    return SubmenuMenuItem("Wzorce i urzędy", Menu(items=items), name="inheritance", icon_name="list-ul", order=150)


@hooks.register("register_page_header_buttons")
def buttons_of_inheritance(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """Ways from a page to its screens of inheritance."""
    wanted: dict[type, tuple[tuple[str, str, str], ...]] = {
        ModelCard: (("Kogo dotyczy zmiana", "inheritance_impact", "group"),),
        ModelCataloguePage: (("Czego urzędy nie oferują", "inheritance_not_offered", "list-ul"),),
        OfficePage: (
            ("Usługi urzędu", "inheritance_offer", "list-ul"),
            ("Przenieś karty", "inheritance_move_cards", "group"),
        ),
        OfficeCard: (
            ("Do uzgodnienia", "inheritance_reconcile", "resubmit"),
            ("Uwaga do wzorca", "inheritance_new_remark", "comment"),
        ),
    }
    return [
        Button(label, reverse(name, args=[page.pk]), icon_name=icon, priority=70 + place)
        for place, (label, name, icon) in enumerate(wanted.get(page.specific_class, ()))
    ]


@hooks.register("before_edit_page", order=-5)
def forged_edits_are_refused(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A form of an office card names only what the office may set."""
    if request.method != "POST" or not isinstance(page, OfficeCard):
        return None
    office = OfficePage.objects.get(path=page.path[: -page.steplen])
    return refuse_forged_form(request, office, page)


@hooks.register("before_create_page", order=-5)
def forged_cards_are_refused(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """The same for a card that is being made."""
    if request.method != "POST" or page_class is not OfficeCard or not isinstance(parent.specific, OfficePage):
        return None
    return refuse_forged_form(request, parent.specific, None)


@hooks.register("before_create_page", order=-10)
def cards_are_made_one_by_one(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Two people who make a card at the same moment wait for each other: each gets a symbol and a place of his own."""
    if request.method != "POST" or not isinstance(parent.specific, OfficePage):
        return
    Page.objects.select_for_update(of=("self",), no_key=True).get(pk=parent.pk)
    OfficeType.objects.select_for_update(no_key=True).get(pk=parent.specific.office_type_id)
    parent.refresh_from_db(fields=["numchild"])


@hooks.register("after_edit_page", order=-5)
def saving_may_reconcile(request: Any, page: Page) -> None:
    """Who saved an office card has decided about the rows whose words he changed; who saved a model card sees its impact."""
    if isinstance(page, OfficeCard):
        note_saved(page.get_latest_revision_as_object(), user=request.user, moment=timezone.now())
    elif isinstance(page, ModelCard) and "application/json" not in request.headers.get("Accept", ""):
        found = impact_of_draft(page.get_latest_revision_as_object(), moment=timezone.now())
        if found.changed and found.offices:
            way = messages.button(reverse("inheritance_impact", args=[page.pk]), "Zobacz które")
            messages.success(request, found.sentence, buttons=[way])


@hooks.register("before_edit_page", order=5)
def remind_of_cards_to_move(request: HttpRequest, page: Page) -> None:
    """Whoever opens an office whose version drops a unit or service point in use is told which cards point there."""
    if request.method == "GET" and isinstance(page, OfficePage):
        warn_of_leaving_places(request, page)


@hooks.register("before_edit_page", order=5)
def remind_of_reconciliation(request: HttpRequest, page: Page) -> None:
    """Whoever opens a card with something to reconcile is told so."""
    if request.method != "GET" or not isinstance(page, OfficeCard):
        return
    waiting = Reconciliation.objects.filter(office_card_id=page.pk, state=Reconciliation.State.OPEN).count()
    if waiting:
        sentence = f"Wzorzec zmienił się w polach, w których macie własną treść. Pól do uzgodnienia: {waiting}."
        way = messages.button(reverse("inheritance_reconcile", args=[page.pk]), "Uzgodnij")
        messages.warning(request, sentence, buttons=[way])
