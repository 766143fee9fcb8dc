"""Search over the demonstration, beside the database search that comes with Wagtail."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Page

from benchmarks.measuring import Measurement, cpu_milliseconds

QUERIES = ("paszport dla dziecka", "karta pobytu", "zaswiadczenie o niezaleganiu", "paszprot", "odwieszenie firmy")


def measurements() -> list[Measurement]:
    """One query through the API with facets and highlighting; suggestions; the framework's own search for the same words."""
    client = Client(HTTP_HOST="localhost")

    def ours() -> None:
        for query in QUERIES:
            client.get("/api/v1/search", {"q": query, "facets": "true"})

    def suggestions() -> None:
        for query in QUERIES:
            client.get("/api/v1/suggest", {"q": query[:5]})

    def framework() -> None:
        for query in QUERIES:
            list(Page.objects.live().search(query)[:10])

    count = len(QUERIES)
    plain = cpu_milliseconds(framework, repeat=5, warm_up=1) / count
    return [
        Measurement(
            name="wyszukiwanie z fasetami, jedno zapytanie",
            value=cpu_milliseconds(ours, repeat=20) / count,
            unit="ms CPU",
            target=25,
            baseline="wyszukiwarka bazodanowa z pakietu",
            baseline_value=plain,
        ),
        Measurement(
            name="podpowiedzi, jedno zapytanie",
            value=cpu_milliseconds(suggestions, repeat=20) / count,
            unit="ms CPU",
            target=5,
            baseline="wyszukiwarka bazodanowa z pakietu",
            baseline_value=plain,
        ),
    ]
