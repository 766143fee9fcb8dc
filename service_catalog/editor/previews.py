"""The views beside the form: the public page and the consultant's view of a draft. Nothing is recorded."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.previews import FRAMED_BY_THE_FORM, render_preview
from publication.calendar import today
from publication.reading import NotInForce
from service_catalog.authoring.preview import draft_card
from service_catalog.authoring.transcription import contribution, restricted_part
from service_catalog.card_texts import WrittenCard
from service_catalog.editor.law import law_in_force
from service_catalog.editor.preview_modes import CONSULTANT_VIEW
from service_catalog.models import CompleteCard, LocalCard, OfficeCard
from service_catalog.presentation import effective_restricted
from service_catalog.published.card import RestrictedCard
from service_catalog.published.wording import account_number, amount, opening_lines, place_line
from service_catalog.required_answers import complete_answers

NEEDED = ("service", "group", "office_type", "valid_from", "legal_state_date")
"""Fields without which a card cannot be drawn at all."""


def serve_preview(request: HttpRequest, page: Any, mode: str) -> HttpResponse:
    """A draft as readers or consultants would see it; a page that says what is missing when it cannot be drawn yet."""
    written = cast("WrittenCard", page)
    missing = _missing(written)
    if not missing:
        try:
            card = draft_card(written, on=today())
        except NotInForce:
            missing = ["Karta wzorcowa nie jest jeszcze opublikowana."]
    if missing:
        return _framed(render(request, "service_catalog/editor/no_preview.html", {"missing": missing}))
    if mode != CONSULTANT_VIEW:
        return render_preview(request, card)
    context = {
        "card": card,
        "restricted": restricted_words(written, on=today()),
        "place": place_line(card.place) if card.place else "",
        "hours": opening_lines(card.place.hours) if card.place else [],
        "fees": [(fee.kind, amount(fee.amount), fee.condition, account_number(fee.account)) for fee in card.fees],
    }
    return _framed(render(request, "service_catalog/editor/consultant_view.html", context))


def restricted_words(page: WrittenCard, *, on: datetime.date) -> RestrictedCard:
    """What consultants would read besides the public text of a draft."""
    if isinstance(page, OfficeCard):
        law = law_in_force(page.model_card.symbol, on=on)
        return effective_restricted(law[1] if law else RestrictedCard(), contribution(page))
    restricted = restricted_part(page)
    return effective_restricted(restricted, contribution(page)) if isinstance(page, LocalCard) else restricted


def _missing(page: WrittenCard) -> list[str]:
    if isinstance(page, OfficeCard):
        return [] if page.model_card_id else ["Wybierz sprawę, którą opisujesz."]
    empty = {name for name in NEEDED if not getattr(page, f"{name}_id", None) and not _plain(page, name)}
    found = [one.sentence for one in complete_answers(page) if one.field in empty and not one.given]
    return found + (["Wybierz typ urzędu."] if "office_type" in empty else [])


def _plain(page: CompleteCard, name: str) -> object:
    """The value of a field that is no reference; None for references, which are asked for by their key."""
    return None if hasattr(page, f"{name}_id") else getattr(page, name)


def _framed(response: HttpResponse) -> HttpResponse:
    """A page that only the form may frame and nobody keeps."""
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = FRAMED_BY_THE_FORM
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
