"""The one API under `/api/v1/`: routers of the outlets joined, errors as RFC 7807 problem documents, bounded everywhere."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from exporters.catalogue_api.api import router as catalogue_router
from search.api import router as search_router

DESCRIPTION = """\
Katalog usług publicznych: karty, urzędy, zdarzenia życiowe, zmiany i wyszukiwanie.

Każda odpowiedź pochodzi z wydań, czyli z treści zatwierdzonych do publikacji. Parametr `on` (RRRR-MM-DD) pokazuje stan na
wybrany dzień. Karta jest wysyłana dokładnie tak, jak ją zapisano, a jej skrót SHA-256 jest znacznikiem ETag.
Błędy mają postać opisaną w RFC 7807.
"""

PROBLEM = "application/problem+json"
TITLES = {
    400: "Błędne żądanie",
    401: "Potrzebne logowanie",
    403: "Brak uprawnień",
    404: "Nie znaleziono",
    405: "Niedozwolona metoda",
    410: "Wycofano",
    422: "Błędny parametr",
}

api = NinjaAPI(title="Okienko", version="1.0.0", description=DESCRIPTION, docs_url=None, openapi_url="openapi.json")
api.add_router("", catalogue_router)
api.add_router("", search_router)


def problem(request: HttpRequest, status: int, detail: str, **extra: Any) -> HttpResponse:
    """An error body of RFC 7807: type, title, status, detail."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Błąd"), "status": status, "detail": detail, **extra}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = PROBLEM
    return response


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal with a sentence."""
    return problem(request, error.status_code, str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing under this address."""
    return problem(request, 404, str(error) or "Pod tym adresem nic nie ma.")


@api.exception_handler(ValidationError)
def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters out of bounds: one sentence that names them, and the list."""
    faults = [{"parameter": str(fault["loc"][-1]), "reason": str(fault["msg"])} for fault in error.errors]
    named = ", ".join(fault["parameter"] for fault in faults)
    return problem(request, 422, f"Popraw parametry: {named}.", errors=faults)
