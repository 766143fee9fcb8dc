"""Screens of "Uwaga do wzorca": write one from an office card, list those of the user's offices and models, answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cms.refusals import refused
from publication.calendar import today
from service_catalog.authoring.publishing import offices_of
from service_catalog.inheritance.access import OTHER_OFFICE, editable_pages, may_edit, own_card
from service_catalog.inheritance.refusals import Refusal, note_refusal
from service_catalog.inheritance.remarks import ANSWERS, answer_remark, is_overdue, write_remark
from service_catalog.models import ModelRemark

ON_PAGE = 50


@require_GET
def remarks(request: HttpRequest) -> HttpResponse:
    """Remarks of the user's offices and to the user's model cards, open ones first."""
    editable = editable_pages(request.user).values("pk")
    found = (
        ModelRemark.objects.filter(Q(model_card__in=editable) | Q(office__in=editable))
        .select_related("model_card", "office")
        .order_by("answered_at", "due_on", "pk")
    )
    opened = list(found.filter(state=ModelRemark.State.OPEN))
    page = Paginator(found.exclude(state=ModelRemark.State.OPEN).order_by("-answered_at"), ON_PAGE).get_page(
        request.GET.get("strona")
    )
    context = {
        "opened": [_line(remark) for remark in opened],
        "answered": [_line(remark) for remark in page.object_list],
        "page": page,
    }
    return render(request, "service_catalog/inheritance/remarks.html", context)


def _line(remark: ModelRemark) -> dict[str, Any]:
    return {"remark": remark, "overdue": is_overdue(remark, on=today())}


@require_http_methods(["GET", "POST"])
def new_remark(request: HttpRequest, page_id: int) -> HttpResponse:
    """Write a remark to the model of an office card."""
    card = own_card(request, page_id)
    context: dict[str, Any] = {"card": card, "office": offices_of([card])[card.pk]}
    if request.method == "GET":
        return render(request, "service_catalog/inheritance/new_remark.html", context)
    try:
        remark = write_remark(
            card.model_card,
            context["office"],
            text=request.POST.get("text", ""),
            legal_basis=request.POST.get("legal_basis", ""),
            author=request.user,
            moment=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        context |= {"text": request.POST.get("text", ""), "legal_basis": request.POST.get("legal_basis", "")}
        return render(request, "service_catalog/inheritance/new_remark.html", context, status=400)
    messages.success(request, f"Wysłano uwagę. Opiekun wzorca ma odpowiedzieć do {remark.due_on:%d.%m.%Y}.")
    return redirect("inheritance_remark", remark.pk)


@require_http_methods(["GET", "POST"])
def remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """One remark, for the office and for the owner of the model card; the owner answers here. Each side sees its own people."""
    row = get_object_or_404(
        ModelRemark.objects.select_related("model_card", "office", "author", "answered_by"), pk=remark_id
    )
    owner, at_office = may_edit(request.user, row.model_card), may_edit(request.user, row.office)
    if not owner and not at_office:
        note_refusal("remark", page=row.office_id, names=[])
        return refused(request, [OTHER_OFFICE], status=403)
    status = 200
    if request.method == "POST":
        if not owner:
            return refused(request, ["Na uwagę odpowiada opiekun wzorca."], status=403)
        try:
            answer_remark(
                row,
                state=request.POST.get("state", ""),
                answer=request.POST.get("answer", ""),
                user=request.user,
                moment=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            status = 400
        else:
            messages.success(request, "Zapisano odpowiedź. Urząd ją zobaczy.")
            return redirect("inheritance_remark", row.pk)
    context = _line(row) | {
        "owner": owner,
        "at_office": at_office,
        "answers": [(state.value, state.label) for state in ANSWERS],
        "typed": request.POST.get("answer", ""),
    }
    return render(request, "service_catalog/inheritance/remark.html", context, status=status)
