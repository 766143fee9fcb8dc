"""The knowledge package for consultants over HTTP: written by the exports, opened by a token of the search.

The two do not know each other; only the composition root knows both. What everybody may read stands under `/katalog/`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Router
from ninja.errors import HttpError
from ninja.params.functions import Query
from pydantic import BeforeValidator, WithJsonSchema

from exporters.catalogue_api.parameters import LAST_SEQUENCE, On, only, whole_number
from exporters.catalogue_api.schemas import REFUSALS, refusals
from exporters.formats import FORMATS
from exporters.keeping import collection_digest, kept_collection
from exporters.selection import NothingThere, select
from publication.calendar import today
from search.tokens import caller

router = Router(tags=["Dla konsultantów"])
PACKAGE = FORMATS["knowledge-package-consultant"]
CACHE_CONTROL = "private, no-cache"
"""Kept by the one who asked, and asked for again each time with its ETag."""

Since = Annotated[
    int | None,
    BeforeValidator(whole_number(least=0, most=LAST_SEQUENCE)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LAST_SEQUENCE}),
    Query(None, description="Tylko wydania po tym numerze. Bez niego: cały pakiet.", example=4711),
]


def _described() -> dict[str, Any]:
    """OpenAPI description of the answers."""
    described = refusals(
        REFUSALS
        | {
            401: "Brakuje tokenu albo jest nieważny.",
            403: "Konto tokenu nie jest w grupie konsultantów.",
            404: "Numer jest poza dziennikiem albo w tym dniu nic nie obowiązuje.",
            429: "Za dużo zapytań tym tokenem; nagłówek Retry-After mówi, kiedy spróbować ponownie.",
        }
    )
    binary = {"schema": {"type": "string", "format": "binary"}}
    described["responses"] |= {
        200: {"description": "Pakiet ZIP.", "content": {PACKAGE.media_type: binary}},
        304: {"description": "Masz już ten pakiet (If-None-Match)."},
    }
    return described


@router.get(
    "knowledge-package",
    summary="Pakiet wiedzy dla konsultantów",
    operation_id="consultant_knowledge_package",
    openapi_extra=_described(),
)
@only("since", "on")
def consultant_package(request: HttpRequest, since: Since = None, on: On = None) -> HttpResponseBase:
    """Karty z treścią tylko dla konsultantów, działy, zdarzenia, urzędy i synonimy: całość albo zmiany po wydaniu.

    Wymaga nagłówka `Authorization: Bearer <token>` z tokenem konta w grupie konsultantów. Część publiczną pakietu każdy pobierze
    spod adresu `/katalog/knowledge-package`.
    """
    _require_consultant(request)
    try:
        catalogue = select(on=on or today(), since=since)
    except NothingThere as refusal:
        raise HttpError(HTTPStatus.NOT_FOUND, str(refusal)) from refusal
    etag = f'"{collection_digest(catalogue, PACKAGE)}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        path = kept_collection(catalogue, PACKAGE, etag.strip('"'))
        response = FileResponse(path.open("rb"), content_type=PACKAGE.media_type)
        name = "pakiet-wiedzy" if since is None else f"pakiet-wiedzy-od-{since}"
        response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    response["Vary"] = "Authorization"
    return response


def _require_consultant(request: HttpRequest) -> None:
    """Raise 401 without a valid token, 403 when its account is no consultant's, 429 for too many requests."""
    asking = caller(request)
    if not asking.token:
        raise HttpError(
            HTTPStatus.UNAUTHORIZED,
            "Pakiet dla konsultantów wymaga tokenu. Wyślij nagłówek: Authorization: Bearer <token>. "
            "Część publiczną pobierzesz bez tokenu: /katalog/knowledge-package.",
        )
    if "consultant" not in asking.scopes:
        raise HttpError(
            HTTPStatus.FORBIDDEN,
            "Konto tego tokenu nie jest w grupie konsultantów. O dodanie do grupy poproś administratora.",
        )
