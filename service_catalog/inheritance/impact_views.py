"""Whom the draft of a model card concerns: offices and fields, with the preview at each office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from service_catalog.inheritance.access import own_model_card
from service_catalog.inheritance.impact import Impact, impact_of_draft
from service_catalog.inheritance.office_previews import office_modes
from service_catalog.inheritance.touched_fields import label_of
from service_catalog.models import ModelCard

MOST_NOTICES = 20


@require_GET
def concerned(request: HttpRequest, page_id: int) -> HttpResponse:
    """The impact of the latest saved version."""
    card = own_model_card(request, page_id)
    draft: ModelCard = card.get_latest_revision_as_object()
    found = impact_of_draft(draft, moment=timezone.now())
    context = {
        "card": draft,
        "impact": found,
        "offices": [
            {"name": office.name, "card": office.card, "fields": _fields(office.touched)} for office in found.touched
        ],
        "previews": office_modes(draft),
    }
    return render(request, "service_catalog/inheritance/impact.html", context)


def _fields(touched: Any) -> str:
    return ", ".join(label_of(one.field, one.item) for one in touched)


def notices_of_impact(page: Any, draft: Any) -> list[str]:
    """What who sends or checks a model card should know: how many offices, which of them, and in which fields."""
    if not isinstance(draft, ModelCard):
        return []
    found = impact_of_draft(draft, moment=timezone.now())
    return _sentences(found)


def _sentences(found: Impact) -> list[str]:
    if not found.offices:
        return []
    lines = [f"{office.name}: {_fields(office.touched)}." for office in found.touched[:MOST_NOTICES]]
    rest = len(found.touched) - len(lines)
    return [found.sentence, *lines, *([f"I inne urzędy: {rest}."] if rest else [])]
