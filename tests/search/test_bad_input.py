"""Whatever is typed or sent: results or a refusal that names the parameter, never an error of ours, never over two seconds."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from search import analysis, query_log
from search.highlighting import Highlighter
from search.place_choice import chosen_place
from search.planner import Plan

LONGEST_SECONDS = 2.0
PAGE, SEARCH, SUGGEST, ANSWER, PLACES = (
    "/szukaj/",
    "/api/v1/search",
    "/api/v1/suggest",
    "/api/v1/answer",
    "/api/v1/places",
)
TYPED = {
    "quote": '"',
    "star": "*",
    "operator": "NEAR(",
    "field": "a:b",
    "backslash": "\\",
    "NUL": "paszport\x00",
    "8 kB": "paszport " * 900,
    "1,500 words": " ".join(["paszport"] * 1500),
    "emoji": "🛂 paszport 👨‍👩‍👧",
    "right-to-left marks": "\u202epaszport\u202c \u200f\u061c",
    "lone surrogate": "paszport \ud800",
    "only a surrogate": "\udfff",
}

NAMED = ("parametr „q”", "parametry: q", "Wpisany tekst")
"""How refusals name the parameter; the page of results shows the field itself."""


def assert_borne(client: Client, address: str, query: str | dict[str, Any], *names: str) -> None:
    """The address answers in time: with 200, or with 4xx and one of the names."""
    started = time.process_time()
    response = client.get(address, query) if isinstance(query, dict) else client.get(f"{address}?{query}")
    assert time.process_time() - started < LONGEST_SECONDS
    said = response.content.decode()
    assert response.status_code == 200 or (400 <= response.status_code < 500 and any(name in said for name in names))


def sent(text: str) -> str:
    """The text as a browser or a hostile program sends it: percent-encoded, surrogates as the bytes they would have."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("address", [PAGE, SEARCH, SUGGEST, ANSWER, PLACES])
def test_what_is_typed_is_borne(client: Client, address: str, typed: str) -> None:
    assert_borne(client, address, f"q={sent(typed)}", *NAMED)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("address", "query", "name"),
    [
        (SEARCH, "limit=-1", "limit"),
        (SEARCH, "cursor=garbage", "cursor"),
        (SEARCH, "office=uw-atlantyda", "office"),
        (SEARCH, "place=99", "place"),
        (SEARCH, "place=Rzesz%C3%B3w", "place"),
        (SEARCH, "kolor=zielony", "kolor"),
        (SUGGEST, "kolor=zielony", "kolor"),
        (ANSWER, "kolor=zielony", "kolor"),
        (PLACES, "limit=-1", "limit"),
        ("/api/v1/offices/resolve", "service=UW-PAS-001&place=99", "place"),
        ("/api/v1/offices/resolve", "service=*&place=18", "service"),
        ("/api/v1/offices/resolve", "service=UW-PAS-001", "place"),
        ("/api/v1/offices/resolve", "service=UW-PAS-001&place=18&at=jutro", "at"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_by_name(client: Client, address: str, query: str, name: str) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code == 422
    assert name in response.json()["detail"]


@pytest.mark.parametrize("address", [PAGE, SEARCH, SUGGEST])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        (f"limit=3&q={'a' * 9_000}", "najdłuższy jest parametr „q”."),
        (f"<b>={'a' * 9_000}", "Skróć go."),
        ("&" * 9_000, "Skróć go."),
    ],
)
def test_an_address_that_is_too_long_names_its_longest_parameter(
    client: Client, address: str, query: str, named: str
) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code == 414
    assert named in response.content.decode()
    assert "<b>" not in response.content.decode()


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "query",
    [
        "q=paszport&limit=-1",
        "q=paszport&cursor=garbage",
        "q=paszport&office=uw-atlantyda",
        "q=paszport&office=%22*%5C",
        "q=paszport&place=99",
        "q=paszport&place=Atlantyda",
        "q=paszport&place=%F0%9F%9B%82",
        "q=paszport&kolor=zielony",
        "q=paszport&topic=nie-ma",
        "q=paszport&q=podatki",
    ],
)
def test_the_page_shows_results_in_spite_of_what_it_does_not_know(client: Client, query: str) -> None:
    response = client.get(f"{PAGE}?{query}")

    assert response.status_code == 200
    assert "Szukaj sprawy" in response.content.decode()


@pytest.mark.usefixtures("indexed")
@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "place", "office", "topic", "audience", "page", "limit", "cursor", "facets", "x"]),
        st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode()),
        max_size=5,
    )
)
def test_any_parameters_are_borne(client: Client, query: dict[str, str]) -> None:
    for address in (PAGE, SEARCH):
        assert client.get(address, query).status_code in {200, 400, 422}


ADVERSARIAL = {
    "one letter": "a",
    "hyphens": "a-",
    "digits": "1",
    "amounts": "800 plus ",
    "pluses": "1+",
    "spaces": " ",
    "combining": "a\u0301",
    "at": "a@",
    "kinds of places": "gmina ",
    "lengthening letters": "İ",
}


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_every_expression_holds_on_hundred_kilobytes(piece: str) -> None:
    """Longer than any door lets in: the expressions themselves must not go wild."""
    text = (piece * 100_000)[:100_000]
    for work in (analysis.tokens, analysis.folded, query_log.phrase_of, chosen_place, Highlighter(Plan("")).snippet):
        started = time.process_time()
        work(text)
        assert time.process_time() - started < LONGEST_SECONDS, work
