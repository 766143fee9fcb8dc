"""Screens of "Nie oferujemy": the catalogue of an office line by line, and an overview for owners of a model catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.permissions import page_permission_policy

from cms.refusals import refused
from service_catalog.inheritance import adoption, offers
from service_catalog.inheritance.access import OTHER_OFFICE, may_edit, may_publish, own_catalogue, own_office
from service_catalog.inheritance.refusals import Refusal, note_refusal
from service_catalog.models import ModelCard, NotOffered, OfferDecision, OfficePage


@require_GET
def catalogue(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every model card of the office's type and how the office stands to it."""
    return _screen(request, own_office(request, page_id))


def _screen(request: HttpRequest, office: OfficePage, *, status: int = 200) -> HttpResponse:
    lines = offers.catalogue_lines(office)
    context = {
        "office": office,
        "lines": lines,
        "counts": offers.completeness(lines),
        "may_confirm": may_publish(request.user, office),
        "answered": OfferDecision.objects.filter(office=office, state=OfferDecision.State.REFUSED).select_related(
            "model_card", "decided_by"
        )[:20],
    }
    return render(request, "service_catalog/inheritance/offer.html", context, status=status)


@require_POST
def change_offer(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stop offering a service, take that back, or begin to write its card."""
    office = own_office(request, page_id)
    key = request.POST.get("model_card", "")
    card = ModelCard.objects.filter(pk=int(key) if key.isdecimal() and len(key) < 18 else None).first()
    if card is None or card.office_type_id != office.office_type_id:
        note_refusal("offer", page=office.pk, names=["model_card"])
        messages.error(request, offers.OTHER_TYPE)
        return _screen(request, office, status=400)
    user, moment = request.user, timezone.now()
    if request.POST.get("change") == "write":
        return _written(request, office, card)
    if request.POST.get("change") == "again":
        return _carried_out(request, office, lambda: offers.offer_again(office, card, user=user, moment=moment))
    reason = request.POST.get("reason", "")
    return _carried_out(
        request, office, lambda: offers.stop_offering(office, card, reason=reason, user=user, moment=moment)
    )


@require_POST
def decide_offer(request: HttpRequest, offer_decision_id: int) -> HttpResponse:
    """Another person confirms or refuses that a published card is withdrawn."""
    decision = get_object_or_404(OfferDecision.objects.select_related("office"), pk=offer_decision_id)
    office = decision.office
    if not may_edit(request.user, office):
        note_refusal("offer decision", page=office.pk, names=[])
        return refused(request, [OTHER_OFFICE], status=403)
    user, moment, answer = request.user, timezone.now(), request.POST.get("answer", "")
    wanted = request.POST.get("decision")
    if wanted == "confirm":
        return _carried_out(request, office, lambda: offers.confirm(decision, user=user, moment=moment))
    if wanted == "refuse":
        return _carried_out(request, office, lambda: offers.refuse(decision, answer=answer, user=user, moment=moment))
    note_refusal("offer decision", page=office.pk, names=["decision"])
    messages.error(request, offers.NO_DECISION)
    return _screen(request, office, status=400)


def _written(request: HttpRequest, office: OfficePage, card: ModelCard) -> HttpResponse:
    if not page_permission_policy.user_has_permission_for_instance(request.user, "add", office):
        note_refusal("new card", page=office.pk, names=[])
        return refused(request, ["Karty tego urzędu piszą jego autorzy. Poproś autora albo koordynatora."], status=403)
    try:
        written = adoption.write_card(office, card, user=request.user, moment=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _screen(request, office, status=400)
    return redirect("wagtailadmin_pages:edit", written.pk)


def _carried_out(request: HttpRequest, office: OfficePage, action: Callable[[], Any]) -> HttpResponse:
    try:
        action()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _screen(request, office, status=400)
    messages.success(request, "Zapisano.")
    return redirect("inheritance_offer", office.pk)


@require_GET
def not_offered_by_type(request: HttpRequest, page_id: int) -> HttpResponse:
    """For owners of a model catalogue: which offices do not offer which cards, and why."""
    model_catalogue = own_catalogue(request, page_id)
    rows = (
        NotOffered.objects.filter(model_card__office_type=model_catalogue.office_type_id)
        .select_related("office", "model_card")
        .order_by("model_card__symbol", "office__title")
    )
    context = {"catalogue": model_catalogue, "rows": rows}
    return render(request, "service_catalog/inheritance/not_offered.html", context)
