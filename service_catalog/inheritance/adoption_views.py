"""The adoption wizard: office data, the table of model cards, summary. Every step is saved, so it may be left at any time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.permissions import page_permission_policy

from cms.editorial.standing import state_of
from cms.editorial.states import CHECKS
from cms.refusals import refused
from service_catalog.authoring.drafts import branches
from service_catalog.inheritance import adoption as domain
from service_catalog.inheritance.access import editable_pages, own_office
from service_catalog.inheritance.office_data import OfficeDataForm, data_gaps, data_of, save_office
from service_catalog.inheritance.refusals import Refusal, note_refusal
from service_catalog.models import Adoption, OfficePage

SAID = {"tak": True, "nie": False}
MOST_CARDS = 500
"""More rows than any type of office has model cards."""
FIELDS = ("offered", "reason", "unit", "point", "room")


@require_GET
def adoptions(request: HttpRequest) -> HttpResponse:
    """Offices whose catalogue the user may adopt: begun ones first, then those without any card."""
    offices = OfficePage.objects.filter(pk__in=editable_pages(request.user).values("pk"))
    context = {
        "begun": Adoption.objects.filter(office__in=offices.values("pk"))
        .select_related("office")
        .order_by("-started_at")[:50],
        "without_cards": offices.filter(numchild=0, adoption__isnull=True).order_by("title")[:50],
        "may_create": _may_create(request),
    }
    return render(request, "service_catalog/inheritance/adoptions.html", context)


def _may_create(request: HttpRequest) -> bool:
    return bool(page_permission_policy.user_has_permission_for_instance(request.user, "add", branches()[0]))


@require_http_methods(["GET", "POST"])
def new_office(request: HttpRequest) -> HttpResponse:
    """Step 1 for an office that is not in the catalogue yet."""
    if not _may_create(request):
        raise PermissionDenied("Nowy urząd zakłada redakcja centralna.")
    form = OfficeDataForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = save_office(form.cleaned_data, office=None, user=request.user)
        domain.start_adoption(office, user=request.user, moment=timezone.now())
        messages.success(request, f"Utworzono „{office.title}” i grupy jego pracowników.")
        return redirect("inheritance_adoption_cards", office.pk)
    return _office_form(request, form, None)


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, page_id: int) -> HttpResponse:
    """Step 1: data of the office. Those of a public office change in its full form, where a change is approved."""
    office = own_office(request, page_id)
    if request.method == "POST":
        domain.start_adoption(office, user=request.user, moment=timezone.now())
    if office.live:
        if request.method == "POST":
            return redirect("inheritance_adoption_cards", office.pk)
        context = {"office": office, "gaps": data_gaps(office), "step": 1}
        return render(request, "service_catalog/inheritance/adoption_office.html", context)
    form = OfficeDataForm(request.POST or None, office=office, initial=data_of(office))
    if request.method == "POST" and form.is_valid():
        save_office(form.cleaned_data, office=office, user=request.user)
        return redirect("inheritance_adoption_cards", office.pk)
    return _office_form(request, form, office)


def _office_form(request: HttpRequest, form: OfficeDataForm, office: OfficePage | None) -> HttpResponse:
    status = 400 if form.is_bound else 200
    context = {"form": form, "office": office, "step": 1}
    return render(request, "service_catalog/inheritance/adoption_office.html", context, status=status)


@require_http_methods(["GET", "POST"])
def adopt_cards(request: HttpRequest, page_id: int) -> HttpResponse:
    """Step 2: offered or not, unit, place and room per card; one choice can fill many rows."""
    office = own_office(request, page_id)
    if request.method == "POST":
        adoption = domain.start_adoption(office, user=request.user, moment=timezone.now())
        try:
            choices = _choices(request.POST)
            domain.save_choices(adoption, choices)
        except Refusal as refusal:
            note_refusal("adoption", page=office.pk, names=["row"])
            return refused(request, [str(refusal)], page_id=office.pk, status=400)
        if request.POST.get("action") == "next":
            return redirect("inheritance_adoption_summary", office.pk)
        messages.success(request, f"Zapisano. Wierszy: {len(choices)}. Możesz wrócić tu później.")
        return redirect("inheritance_adoption_cards", office.pk)
    lines = domain.adoption_lines(domain.adoption_of(office))
    context = {
        "office": office,
        "lines": lines,
        "summary": domain.summarise(lines),
        "units": domain.open_units(office),
        "points": domain.points_of(office),
        "step": 2,
    }
    return render(request, "service_catalog/inheritance/adoption_cards.html", context)


def _choices(form: QueryDict) -> list[domain.Choice]:
    """The rows of the table with the common values filled into the rows that were asked for. Raises `Refusal`."""
    keys = [name.removeprefix("row-") for name in form if name.startswith("row-")]
    if len(keys) > MOST_CARDS or not all(key.isdecimal() and len(key) < 12 for key in keys):
        raise Refusal(domain.FOREIGN_CARD)
    rows = [{"key": key} | {name: form.get(f"{name}-{key}", "").strip() for name in FIELDS} for key in keys]
    if form.get("action") == "fill":
        scope = form.get("fill_rows", "chosen")
        for row in rows:
            if scope == "all" or (scope == "offered" and row["offered"] == "tak") or form.get(f"chosen-{row['key']}"):
                row |= {name: value for name in FIELDS if (value := form.get(f"fill_{name}", "").strip())}
    return [
        domain.Choice(
            model_card=int(row["key"]),
            offered=SAID.get(row["offered"]),
            reason=row["reason"],
            unit=_key(row["unit"], domain.FOREIGN_UNIT),
            point=_key(row["point"], domain.FOREIGN_POINT),
            room=row["room"],
        )
        for row in rows
    ]


def _key(value: str, otherwise: str) -> int:
    if value and not (value.isdecimal() and len(value) < 12):
        raise Refusal(otherwise)
    return int(value or 0)


@require_GET
def adoption_summary(request: HttpRequest, page_id: int) -> HttpResponse:
    """Step 3: what will be made, and what waits to be sent."""
    office = own_office(request, page_id)
    return _summary(request, domain.adoption_of(office), sending=None)


def _summary(request: HttpRequest, adoption: Adoption, *, sending: Any) -> HttpResponse:
    lines = domain.adoption_lines(adoption)
    context = {
        "office": adoption.office,
        "adoption": adoption,
        "summary": domain.summarise(lines),
        "without_reason": [line for line in lines if line.needs_reason],
        "drafts": [line for line in lines if line.card is not None and not line.card.live],
        "gaps": data_gaps(adoption.office),
        "sending": sending,
        "office_waits": state_of(adoption.office) in CHECKS,
        "step": 3,
    }
    return render(request, "service_catalog/inheritance/adoption_summary.html", context)


@require_POST
def finish_adoption(request: HttpRequest, page_id: int) -> HttpResponse:
    """Make the cards, or send the complete ones to be accepted."""
    office = own_office(request, page_id)
    moment, user = timezone.now(), request.user
    adoption = domain.start_adoption(office, user=user, moment=moment)
    if request.POST.get("action") == "send":
        return _summary(request, adoption, sending=domain.send_cards(adoption, user=user, moment=moment))
    try:
        made = domain.make_cards(adoption, user=user, moment=moment)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Utworzono karty: {made.cards}. Nieoferowane usługi: {made.not_offered}.")
    return redirect("inheritance_adoption_summary", office.pk)
