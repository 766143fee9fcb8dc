"""The one API under `/api/v1/`: routers of the outlets joined, errors as RFC 7807 problem documents, bounded everywhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.types import DictStrAny
from pydantic_core.core_schema import ErrorType

from config.glossary_api import router as glossary_router
from config.knowledge_package_api import router as knowledge_package_router
from exporters.catalogue_api.api import router as catalogue_router
from exporters.catalogue_api.handbooks import router as handbooks_router
from exporters.catalogue_api.registers import router as registers_router
from exporters.deprecations import mark_operations
from exporters.publications_api import router as publications_router
from exporters.validator.api import router as validator_router
from search.api import router as search_router
from search.desk_api import router as desk_router
from search.tokens import TooManyRequests

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
    429: "Za dużo zapytań",
}


class DescribedApi(NinjaAPI):
    """The API whose description also says which addresses are going to end."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        mark_operations(document["paths"])
        return document


api = DescribedApi(title="Okienko", version="1.0.0", description=DESCRIPTION, docs_url=None, openapi_url="openapi.json")
# The desk goes first: the catalogue would take /offices/resolve for an office named "resolve".
api.add_router("", desk_router)
api.add_router("", catalogue_router)
api.add_router("", publications_router)
api.add_router("", registers_router)
api.add_router("", handbooks_router)
api.add_router("", glossary_router)
api.add_router("", search_router)
api.add_router("", validator_router)
api.add_router("", knowledge_package_router)


def problem(request: HttpRequest, status: int, detail: str, **extra: Any) -> HttpResponse:
    """An error body of RFC 7807: type, title, status, detail."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Błąd"), "status": status, "detail": detail, **extra}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = PROBLEM
    return response


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal with a sentence; how to identify oneself (RFC 9110, 11.6.1) or when to come again (10.2.3) goes with it."""
    response = problem(request, error.status_code, str(error))
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing under this address."""
    return problem(request, 404, str(error) or "Pod tym adresem nic nie ma.")


@api.exception_handler(ValidationError)
def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters out of bounds: one sentence that names them, and the list."""
    faults = [{"parameter": _parameter(fault), "reason": in_polish(fault)} for fault in error.errors]
    named = ", ".join(dict.fromkeys(fault["parameter"] for fault in faults))
    return problem(request, 422, f"Popraw parametry: {named}.", errors=faults)


REASONS = {
    "missing": "Brakuje wartości.",
    "string_too_long": "Tekst jest za długi: najwyżej {max_length} znaków.",
    "string_too_short": "Tekst jest za krótki: co najmniej {min_length} znaków.",
    "string_pattern_mismatch": "Wartość ma inną postać niż wymagana.",
    "string_unicode": "Tekst zawiera znaki, których nie da się zapisać.",
    "int_parsing": "To nie jest liczba całkowita.",
    "int_parsing_size": "Liczba jest za długa.",
    "int_from_float": "To nie jest liczba całkowita.",
    "bool_parsing": "Wpisz true albo false.",
    "greater_than_equal": "Wartość jest za mała: co najmniej {ge}.",
    "less_than_equal": "Wartość jest za duża: najwyżej {le}.",
    "literal_error": "Wpisz jedną z wartości: {expected}.",
    "extra_forbidden": "Nieznany parametr.",
}
"""Sentences for the faults that pydantic finds, by its name of the fault."""
KNOWN_TO_PYDANTIC = frozenset(get_args(ErrorType))
"""Names of pydantic's own faults; any other name is one of ours and brings its own sentence."""


def in_polish(fault: dict[str, Any]) -> str:
    """A fault that pydantic found, as a Polish sentence; sentences of our own validators stay as they are."""
    kind = str(fault.get("type", ""))
    if kind == "value_error" or kind not in KNOWN_TO_PYDANTIC:
        return str(fault.get("msg", "")).removeprefix("Value error, ")
    if kind.startswith(("date", "timezone")):
        return "To nie jest data ani chwila. Wpisz na przykład 2026-01-31 albo 2026-01-31T12:00."
    context = {name: str(value) for name, value in (fault.get("ctx") or {}).items()}
    try:
        return REASONS.get(kind, "Wartość jest nieprawidłowa.").format_map(context)
    except KeyError:
        return "Wartość jest nieprawidłowa."


def _parameter(fault: dict[str, Any]) -> str:
    """Name of the parameter: the last part of the place that is a name and not the number of a value."""
    return next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "")
