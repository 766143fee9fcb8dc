"""The validator for programs, mounted under `/api/v1/`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from exporters.catalogue_api.parameters import only
from exporters.catalogue_api.problems import problem
from exporters.catalogue_api.schemas import refusals
from exporters.validator.checking import LARGEST, check
from exporters.validator.known_codes import known_office_types

router = Router(tags=["Sprawdzanie"])


class Fault(Schema):
    """One thing wrong in a card."""

    line: int = Field(description="Wiersz, licząc od 1.", examples=[12])
    sentence: str = Field(
        description="Co jest źle.", examples=["NIP „1234567890” ma złą cyfrę kontrolną; popraw go w kartotece urzędu"]
    )


class CardVerdict(Schema):
    """Whether the card is right, and what is not."""

    valid: bool = Field(description="Czy nie ma błędów.", examples=[False])
    kind: str = Field(description="Rozpoznany rodzaj pliku: xml albo json.", examples=["xml"])
    errors: list[Fault] = Field(description="Najwyżej 200 pierwszych błędów, w kolejności wierszy.")


_REFUSED = refusals({400: "Brakuje karty.", 413: "Karta jest za duża.", 422: "Parametr jest nieznany."})
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/xml": {"schema": {"type": "string"}, "example": "<ku:Dokument …>…</ku:Dokument>"},
            "application/json": {"schema": {"type": "object"}, "example": {"schema": "card/1", "key": "UW-PAS-001"}},
        },
    }
}


@router.post(
    "validate/card",
    response=CardVerdict,
    summary="Sprawdź kartę",
    operation_id="validate_card",
    openapi_extra=_REFUSED | _BODY,
)
@only()
def validate_card(request: HttpRequest) -> CardVerdict | HttpResponse:
    """Sprawdza kartę XML albo JSON z treści żądania. Rodzaj poznajemy po treści. Niczego nie zapisujemy."""
    try:
        content = request.body
    except RequestDataTooBig:
        content = b"x" * (LARGEST + 1)
    if len(content) > LARGEST:
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Za duża karta", f"Karta może mieć {LARGEST // 1_000_000} MB."
        )
    if not content.strip():
        return problem(HTTPStatus.BAD_REQUEST, "Brakuje karty", "Wyślij kartę XML albo JSON w treści żądania.")
    verdict = check(content, office_types=known_office_types())
    faults = [Fault(line=remark.line, sentence=remark.sentence) for remark in verdict.remarks]
    return CardVerdict(valid=verdict.is_valid, kind=verdict.kind, errors=faults)
