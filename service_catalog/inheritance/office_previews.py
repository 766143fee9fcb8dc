"""A draft of a model card as clients of any office would read it: today, and on the day it takes effect. Nothing is recorded."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse

from cms.previews import render_preview
from publication.reading import NotInForce, in_force
from service_catalog.authoring.publishing import read_sources, starting_day
from service_catalog.authoring.records import office_record
from service_catalog.authoring.registers import load_registers
from service_catalog.authoring.transcription import contribution, law_part
from service_catalog.models import ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import OfficeContribution, effective_card
from service_catalog.published import keys
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card, decode_office

PREFIX = "urzad"
TODAY, FROM_START = "dzis", "od-zmiany"
SEPARATOR = ":"


def office_modes(card: ModelCard) -> list[tuple[str, str]]:
    """Preview modes of a model card: each office of its type, today and on the day when the card takes effect."""
    if not card.office_type_id:
        return []
    offices = OfficePage.objects.filter(office_type_id=card.office_type_id, live=True).order_by("title")
    return [
        (SEPARATOR.join((PREFIX, code, when)), f"{name} – {words}")
        for code, name in offices.values_list("code", "short_name")
        for when, words in ((TODAY, "dziś"), (FROM_START, "od dnia zmiany"))
    ]


def is_office_mode(mode: str) -> bool:
    """Whether a preview mode shows the card at an office."""
    return mode.startswith(PREFIX + SEPARATOR)


def serve_at_office(request: HttpRequest, card: ModelCard, mode: str, *, today: datetime.date) -> HttpResponse:
    """The public page of the card at the office that the mode names. Raises `Http404` when there is nothing to show."""
    try:
        return render_preview(request, card_at_office(card, mode, today=today))
    except NotInForce as missing:
        raise Http404("Dziś klienci nie widzą jeszcze tej karty. Wybierz podgląd „od dnia zmiany”.") from missing
    except (OfficePage.DoesNotExist, ValueError) as unknown:
        raise Http404("Nie ma takiego podglądu. Wybierz urząd z listy.") from unknown


def card_at_office(card: ModelCard, mode: str, *, today: datetime.date) -> Card:
    """The effective card at the office that a mode names, with the model card as it stands in memory.

    For a day before the draft takes effect the recorded model card counts, so "dziś" shows what clients read today. Raises
    `NotInForce` when there is none, and `OfficePage.DoesNotExist` for an office of another type.
    """
    _, code, when = mode.split(SEPARATOR)
    office = OfficePage.objects.get(code=code, office_type_id=card.office_type_id)
    sources = read_sources([card.symbol, keys.office_key(code)])
    starts_on = starting_day(card.valid_from or today, known=bool(sources.editions.get(card.symbol)), today=today)
    day = max(today, starts_on) if when == FROM_START else today
    begun = starts_on <= day
    model = (
        law_part(card, load_registers(on=day), kind="model") if begun else decode_card(in_force(card.symbol, on=day))
    )
    recorded = sources.in_force(keys.office_key(code), on=day)
    own = OfficeCard.objects.child_of(office).filter(model_card_id=card.pk, live=True).first()
    said = contribution(own) if own else OfficeContribution()
    return effective_card(model, said, decode_office(recorded) if recorded else office_record(office))
