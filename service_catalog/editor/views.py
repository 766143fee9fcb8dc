"""What the author's screen asks while somebody writes: hints on a text, the counter of a card, a simpler example."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from cms.plain_language.hints import Role
from cms.plain_language.rules import RULES
from publication.calendar import today
from service_catalog.card_texts import FIELDS, STREAMS, WrittenCard
from service_catalog.editor.examples import ROWS, simpler_example
from service_catalog.editor.hints import LONGEST_TEXT, hints_on_text
from service_catalog.editor.progress import progress_of
from service_catalog.editor.swaps import current_swaps
from service_catalog.models import LocalCard, ModelCard, OfficeCard

EXAMPLE, EXAMPLE_PAGE = "service_catalog/editor/example.html", "service_catalog/editor/example_page.html"
ROLES = ("text", "step", "title")
WITH_EXAMPLES = frozenset({name for name, audience, _ in FIELDS if audience == "client"} | {*STREAMS, *ROWS})


@require_POST
def text_hints(request: HttpRequest) -> HttpResponse:
    """Hints on the text of one field while it is written. The text is neither stored nor logged."""
    role = request.POST.get("rola", "text")
    if role not in ROLES:
        return HttpResponseBadRequest("Nie ma takiego rodzaju tekstu. Odśwież stronę.")
    text = request.POST.get("tekst", "").replace("\0", "")
    hints = hints_on_text(text, role=cast("Role", role), is_list=role == "step", swaps=current_swaps())
    return _fragment(request, "service_catalog/editor/hints.html", {"hints": hints})


@require_GET
def card_progress(request: HttpRequest, page_id: int) -> HttpResponse:
    """The counter of the newest saved version of a card."""
    card = _own_card(request, page_id)
    return _fragment(request, "service_catalog/editor/progress.html", progress_of(card, on=today()))


def simple_example(request: HttpRequest, page_id: int) -> HttpResponse:
    """A similar passage that reads easily; a fragment for scripts (POST with the text), a page of its own otherwise."""
    asked = request.POST if request.method == "POST" else request.GET
    field = asked.get("pole", "")
    if field not in WITH_EXAMPLES:
        raise Http404("Do tego pola nie ma przykładów.")
    card = _own_card(request, page_id)
    text = asked.get("tekst", "").replace("\0", "")[:LONGEST_TEXT]
    example = simpler_example(card, field, text or _text_of(card, field), role="step" if field == "steps" else "text")
    template = EXAMPLE if request.method == "POST" else EXAMPLE_PAGE
    return _fragment(request, template, {"example": example, "card": card})


@require_GET
def language_help(request: HttpRequest) -> HttpResponse:
    """All rules with their examples, and the list of word swaps."""
    return render(
        request, "service_catalog/editor/language_help.html", {"rules": RULES.values(), "swaps": current_swaps()}
    )


def _text_of(card: WrittenCard, field: str) -> str:
    value = getattr(card, field, "")
    return value if isinstance(value, str) else ""


def _own_card(request: HttpRequest, page_id: int) -> WrittenCard:
    """The newest version of a card that the user may edit. Raises `Http404` and `PermissionDenied`."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, (ModelCard, OfficeCard, LocalCard)):
        raise Http404("To nie jest karta.")
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied("Tej karty nie możesz zmieniać.")
    return cast("WrittenCard", page.get_latest_revision_as_object())


def _fragment(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


urlpatterns: list[URLPattern] = [
    path("karty/prosty-jezyk/", language_help, name="language_help"),
    path("karty/podpowiedzi/", text_hints, name="text_hints"),
    path("karty/<int:page_id>/braki/", card_progress, name="card_progress"),
    path("karty/<int:page_id>/przyklad/", simple_example, name="simple_example"),
]
