"""A page of reasons for what cannot be done. It is logged without personal data."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format

logger = logging.getLogger("okienko.refusals")

MEGABYTE = 1 << 20
BACK = (
    "Wróć do formularza przyciskiem „Wstecz” przeglądarki: to, co jest wpisane, tam czeka. Skopiuj sobie to, czego nie chcesz "
    "stracić, zanim zamkniesz kartę przeglądarki."
)

SHORTEN = (
    "Skróć najdłuższe pole. Zwykle to tekst wklejony z innego programu, czasem razem z obrazkami. Długi dokument dodaj jako "
    "plik, a w polu napisz tylko to, czego potrzebuje klient."
)


class IncompleteForm(BadRequest):
    """A form came without what it must have; the text is a Polish sentence for the person who sent it."""


def why_unreadable(exception: Exception) -> list[str]:
    """What was wrong with a request that could not be read, and what to do, in sentences for an official."""
    if isinstance(exception, RequestDataTooBig):
        most = number_format(settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE, decimal_pos=1)
        return [
            f"W formularzu jest za dużo tekstu. Cały formularz może mieć najwyżej {most} MB, czyli około tysiąca stron.",
            SHORTEN,
            BACK,
        ]
    if isinstance(exception, TooManyFieldsSent):
        most = number_format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, force_grouping=True)
        return [
            f"W formularzu jest za dużo pól. Może ich być najwyżej {most}.",
            "Usuń zbędne wiersze i pozycje list, a potem zapisz jeszcze raz.",
            BACK,
        ]
    if isinstance(exception, IncompleteForm):
        return [str(exception)]
    return ["Serwis nie odczytał tego, co przysłała przeglądarka. Odśwież stronę i spróbuj jeszcze raz.", BACK]


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read in the editor's own layout."""
    too_big = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_big else HTTPStatus.BAD_REQUEST
    return refused(request, why_unreadable(exception), status=status)


def refused(request: HttpRequest, reasons: list[str], *, page_id: int | None = None, status: int = 409) -> HttpResponse:
    """Answer with the reasons in sentences and the way back to the page."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    logger.info("Odmowa %s w %s, strona %s, powodów: %s.", status, view, page_id, len(reasons))
    return render(request, "cms/refused.html", {"reasons": reasons, "page_id": page_id}, status=status)
