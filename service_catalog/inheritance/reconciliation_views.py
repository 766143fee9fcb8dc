"""Screens of reconciliation: what waits in the user's offices, and one card with three texts side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cms.refusals import refused
from publication.calendar import today
from service_catalog.authoring.publishing import offices_of
from service_catalog.inheritance.access import OTHER_OFFICE, editable_pages, may_edit, own_card
from service_catalog.inheritance.reconciling import ROWS, STREAMS, accept_model, keep_own
from service_catalog.inheritance.refusals import Refusal, note_refusal
from service_catalog.inheritance.touched_fields import label_of
from service_catalog.inheritance.word_differences import newer_text, older_text
from service_catalog.models import OfficeCard, Reconciliation

ON_PAGE = 50
State = Reconciliation.State


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Cards of the user's offices with something to reconcile, and what offices answered to the user's model cards."""
    editable = editable_pages(request.user)
    cards = (
        OfficeCard.objects.filter(pk__in=editable.values("pk"), reconciliations__state=State.OPEN)
        .annotate(open_rows=Count("reconciliations"), since=Min("reconciliations__since_day"))
        .select_related("model_card")
        .order_by("since", "path")
    )
    page = Paginator(cards, ON_PAGE).get_page(request.GET.get("strona"))
    offices = offices_of(list(page.object_list))
    kept = (
        Reconciliation.objects.filter(state=State.KEPT, office_card__model_card__in=editable.values("pk"))
        .select_related("office_card__model_card")
        .order_by("-decided_at")[:ON_PAGE]
    )
    answers = offices_of([row.office_card for row in kept])
    context = {
        "cards": [{"card": card, "office": offices[card.pk]} for card in page.object_list],
        "page": page,
        "kept": [
            {"row": row, "label": label_of(row.field, row.item), "office": answers[row.office_card.pk]} for row in kept
        ],
    }
    return render(request, "service_catalog/inheritance/reconciliations.html", context)


@require_GET
def reconcile(request: HttpRequest, page_id: int) -> HttpResponse:
    """One card: each touched field with the model before and after its change and the office's words."""
    card = own_card(request, page_id)
    return _screen(request, card)


def _screen(request: HttpRequest, card: OfficeCard, *, status: int = 200, refused: int = 0) -> HttpResponse:
    rows = list(card.reconciliations.select_related("decided_by"))
    context = {
        "card": card,
        "office": offices_of([card])[card.pk],
        "rows": [_shown(row) for row in rows if row.state == State.OPEN],
        "decided": [_shown(row) for row in rows if row.state != State.OPEN],
        "refused": refused,
        "typed_reason": request.POST.get("reason", "") if refused else "",
    }
    return render(request, "service_catalog/inheritance/reconcile.html", context, status=status)


def _shown(row: Reconciliation) -> dict[str, Any]:
    return {
        "row": row,
        "label": label_of(row.field, row.item),
        "before": older_text(row.old_model, row.new_model),
        "after": newer_text(row.old_model, row.new_model),
        "starts_later": row.since_day > today(),
    }


@require_POST
def decide(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """Przyjmij wzorzec, zostaw swoje, popraw."""
    row = get_object_or_404(Reconciliation.objects.select_related("office_card__model_card"), pk=reconciliation_id)
    card = row.office_card
    if not may_edit(request.user, card):
        note_refusal("reconciliation", page=card.pk, names=[])
        return refused(request, [OTHER_OFFICE], status=403)
    decision = request.POST.get("decision", "")
    if decision == "correct":
        return redirect(f"{reverse('wagtailadmin_pages:edit', args=[card.pk])}#{_anchor(row)}")
    try:
        _carry_out(request, row, decision)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _screen(request, card, status=400, refused=row.pk)
    return redirect("inheritance_reconcile", card.pk)


def _carry_out(request: HttpRequest, row: Reconciliation, decision: str) -> None:
    label, moment = label_of(row.field, row.item), timezone.now()
    user: Any = request.user
    if decision == "accept":
        accept_model(row, user=user, moment=moment)
        messages.success(
            request, f"Przyjęto wzorzec w polu „{label}”. Wyślij kartę do zatwierdzenia, aby zobaczyli to klienci."
        )
    elif decision == "keep":
        keep_own(row, reason=request.POST.get("reason", ""), user=user, moment=moment)
        messages.success(request, f"Zostaje Wasza treść w polu „{label}”.")
    else:
        raise Refusal("Wybierz: przyjmij wzorzec, zostaw swoje albo popraw.")


def _anchor(row: Reconciliation) -> str:
    """Identifier of the field in the form of the office card."""
    if row.field in ROWS:
        return f"id_{row.field}-FORMS"
    return f"{row.field}-root" if row.field in STREAMS else f"id_{row.field}"
