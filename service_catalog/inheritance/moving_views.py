"""The screen "Przenieś karty": units and service points of an office with the cards that point to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages as buttons

from cms.editorial.states import State
from service_catalog.inheritance.access import own_office
from service_catalog.inheritance.moving import Moved, move_cards
from service_catalog.inheritance.refusals import Refusal, note_refusal
from service_catalog.models import OfficePage
from service_catalog.places_in_use import KINDS, kept_places, leaving_places, places_in_use

LONGEST_KEY = 18
"""Digits of a key: more do not fit into the database."""


@require_http_methods(["GET", "HEAD", "POST"])
def cards_by_place(request: HttpRequest, page_id: int) -> HttpResponse:
    """Which cards point where; with POST: let the ticked ones point to another place."""
    office = own_office(request, page_id)
    version: OfficePage = office.get_latest_revision_as_object()
    if request.method != "POST":
        return _screen(request, version)
    try:
        moved = _carried_out(request, version)
    except Refusal as refusal:
        note_refusal("moving cards", page=office.pk, names=[])
        messages.error(request, str(refusal))
        return _screen(request, version, status=400)
    _tell(request, moved)
    return redirect("inheritance_move_cards", office.pk)


def _screen(request: HttpRequest, office: OfficePage, *, status: int = 200) -> HttpResponse:
    kept = {name: kept_places(office, kind) for name, kind in KINDS.items()}
    rows = [
        {"place": place, "others": [row for row in kept[place.kind.name] if row.pk != place.key]}
        for place in places_in_use(office)
    ]
    context = {"office": office, "rows": rows, "checked": State.APPROVAL.label}
    return render(request, "service_catalog/inheritance/move_cards.html", context, status=status)


def _carried_out(request: HttpRequest, office: OfficePage) -> Moved:
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None:
        raise Refusal("Nie wiadomo, co przenieść. Otwórz tę stronę jeszcze raz.")
    return move_cards(
        office,
        kind,
        source=_key(request.POST.get("source", "")),
        target=_key(request.POST.get("target", "")),
        cards=[_key(value) for value in request.POST.getlist("card")],
        user=request.user,
        moment=timezone.now(),
    )


def _key(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= LONGEST_KEY else 0


def _tell(request: HttpRequest, moved: Moved) -> None:
    if moved.sent:
        messages.success(
            request,
            f"Wysłano do zatwierdzenia kart: {len(moved.sent)}. Klienci zobaczą zmianę, gdy ktoś ją zatwierdzi.",
        )
    for one in moved.unsent:
        way = buttons.button(reverse("wagtailadmin_pages:edit", args=[one.page.pk]), "Otwórz kartę")
        buttons.warning(request, f"„{one.page.title}”: {' '.join(one.reasons)}", buttons=[way])
    if not moved.sent and not moved.unsent:
        messages.success(request, "Zapisano.")


def notices_of_places(page: Any, draft: Any) -> list[str]:
    """The way to the screen, for whoever sends or checks an office record that drops a place in use."""
    if not isinstance(draft, OfficePage) or not leaving_places(draft):
        return []
    address = reverse("inheritance_move_cards", args=[draft.pk])
    return [format_html('<a href="{}">Przenieś karty</a> do innej komórki albo innego punktu obsługi.', address)]


def warn_of_leaving_places(request: HttpRequest, office: OfficePage) -> None:
    """Tell whoever opens the form of an office that its version drops places in use, with the cards and the way out."""
    for place in leaving_places(office.get_latest_revision_as_object()):
        way = buttons.button(reverse("inheritance_move_cards", args=[office.pk]), "Przenieś karty")
        buttons.warning(request, place.obstacle.sentence, buttons=[way])
