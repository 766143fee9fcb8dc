"""The books of the current publication set in the API, mounted under `/api/v1/`."""

from __future__ import annotations

import datetime
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from exporters.catalogue_api.parameters import only
from exporters.catalogue_api.schemas import REFUSALS, refusals
from exporters.current_publications import current_set

router = Router(tags=["Publikacje"])


class PublicationEntry(Schema):
    """A book of the current publication set."""

    kind: Literal["handbook", "collection", "catalogue"] = Field(description="Rodzaj książki.", examples=["handbook"])
    code: str = Field(description="Kod typu urzędu albo urzędu.", examples=["UW"])
    title: str = Field(description="Tytuł.", examples=["Podręcznik: katalog i karty usług – urząd wojewódzki"])
    pages: int = Field(description="Liczba stron.", examples=[240])
    bytes: int = Field(description="Rozmiar w bajtach.", examples=[1200000])
    sha256: str = Field(
        description="Suma kontrolna pliku.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    day: datetime.date = Field(description="Stan na dzień.", examples=["2026-01-01"])
    url: str = Field(description="Plik PDF.", examples=["https://okienko.example/publikacje/plik/podrecznik-UW.pdf"])


class Publications(Schema):
    """All books of the current set; empty before the first set is complete."""

    items: list[PublicationEntry]


@router.get(
    "publications",
    response=Publications,
    summary="Publikacje do pobrania",
    operation_id="publications",
    openapi_extra=refusals(REFUSALS),
)
@only()
def publications(request: HttpRequest) -> Publications:
    """Podręczniki, katalogi urzędów i Zbiór dobrych praktyk z ostatniego gotowego kompletu, z sumami kontrolnymi."""
    found = current_set()
    files = found.files.order_by("name") if found else ()
    return Publications(
        items=[
            PublicationEntry.model_validate(
                {
                    "kind": file.kind,
                    "code": file.code,
                    "title": file.title,
                    "pages": file.pages,
                    "bytes": file.bytes,
                    "sha256": file.sha256,
                    "day": file.publication_set.on,
                    "url": f"{settings.PUBLIC_ADDRESS}/publikacje/plik/{file.name}",
                }
            )
            for file in files
        ]
    )
