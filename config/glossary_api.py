"""The glossary for programs: kept by the search, published with the catalogue; only the composition root knows both."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from exporters.catalogue_api.parameters import Cursor, Limit, only
from exporters.catalogue_api.schemas import REFUSALS, refusals
from search.models import GlossaryTerm

router = Router(tags=["Rejestry"])


class Term(Schema):
    """An official word in plain words."""

    term: str = Field(description="Termin.", examples=["pełnomocnictwo"])
    definition: str = Field(description="Znaczenie.", examples=["Pismo, w którym pozwalasz komuś działać za ciebie."])
    example: str = Field(description="Przykład; może być pusty.", examples=["Brat odbiera za ciebie decyzję."])


class Glossary(Schema):
    """One page of terms in the order of the alphabet of the database."""

    items: list[Term]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


@router.get(
    "glossary", response=Glossary, summary="Słowniczek", operation_id="glossary", openapi_extra=refusals(REFUSALS)
)
@only("limit", "cursor")
def glossary(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Glossary:
    """Terminy urzędowe prostymi słowami. Słowniczek działa od razu po zmianie i nie ma wydań, więc nie ma też `on`."""
    found = GlossaryTerm.objects.order_by("term")
    rows = list((found.filter(term__gt=cursor) if cursor else found)[: limit + 1])
    items = [Term(term=row.term, definition=row.definition, example=row.example) for row in rows[:limit]]
    return Glossary(items=items, next=items[-1].term if len(rows) > limit else None)
