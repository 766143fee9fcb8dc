from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from config.api import api
from tests.search import catalogue

SEARCH = "/api/v1/search"
SUGGEST = "/api/v1/suggest"


def answer(client: Client, **parameters: Any) -> Any:
    response = client.get(SEARCH, parameters)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.usefixtures("indexed")
def test_a_result_tells_everything_a_consultant_needs(client: Client) -> None:
    found = answer(client, q="paszportu dla dziecka", place="1863011")

    assert found["hits"][0] == {
        "key": "UW-PAS-002/uw-rzeszow",
        "symbol": "UW-PAS-002",
        "kind": "office",
        "title": "Paszport dla dziecka",
        "summary": "Wyrobisz paszport dla córki lub syna. Przychodzisz z dzieckiem. Opłata to 30 zł.",
        "office_type": "urząd wojewódzki",
        "office": {"code": "uw-rzeszow", "name": "Podkarpacki Urząd Wojewódzki w Rzeszowie"},
        "competent": [],
        "offices": 2,
        "matched_fields": ["title", "keywords", "summary", "body"],
        "snippet": "Wyrobisz <mark>paszport</mark> dla córki lub syna. Przychodzisz z <mark>dzieckiem</mark>. Opłata to 30 zł.",
        "fee": "opłata paszportowa 30 zł",
        "time": "",
        "url": "/karta/UW-PAS-002/uw-rzeszow/",
        "score": found["hits"][0]["score"],
        "consultant_answer": None,
        "explanation": None,
    }
    assert (found["degraded"], found["index_ready"], found["did_you_mean"], found["facets"]) == (False, True, "", {})
    assert found["took_ms"] > 0


@pytest.mark.usefixtures("indexed")
def test_filters_facets_and_explanation(client: Client) -> None:
    found = answer(
        client, topic=["podatki", "firma"], audience="przedsiębiorca", facets="true", explain="true", q="firma"
    )

    assert [hit["symbol"] for hit in found["hits"]] == ["US-WZN-001"]
    assert {"value": "paszporty", "name": "Paszporty", "count": 0} not in found["facets"]["topic"]
    assert found["facets"]["audience"] == [{"value": "przedsiębiorca", "name": "przedsiębiorca", "count": 1}]
    assert found["hits"][0]["explanation"]["coverage"] == 1.0
    assert found["plan"][0]["word"] == "firma"
    assert {"kind": "lemma", "term": "firma", "weight": 1.0, "origin": "lemma"} in found["plan"][0]["evidence"]


@pytest.mark.usefixtures("indexed")
def test_the_cursor_walks_through_all_results_once(client: Client) -> None:
    keys, cursor = [], ""
    while cursor is not None:
        found = answer(client, limit=2, cursor=cursor)
        keys += [hit["key"] for hit in found["hits"]]
        cursor = found["next_cursor"]

    assert len(keys) == len(set(keys)) == found["total"] == 9


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pasz", ["Paszport dla dziecka", "Paszport dla osoby dorosłej", "Zgubiony albo skradziony paszport – zgłoś"]),
        ("skarb", ["papier ze skarbówki"]),
        ("zaswiadczenie o d", ["Zaświadczenie o dochodach"]),
        ("", []),
        ("   ", []),
        ("zzz", []),
    ],
)
def test_suggestions(client: Client, typed: str, expected: list[str]) -> None:
    found = client.get(SUGGEST, {"q": typed}).json()["suggestions"]

    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"q": "x" * 201}, "q"),
        ({"q": "a\x00b"}, "znak o kodzie zero"),
        ({"q": "a\x07b"}, "q"),
        ({"miasto": "Rzeszów"}, "miasto"),
        ({"place": "Rzeszów"}, "place"),
        ({"place": "186"}, "place"),
        ({"place": "१८"}, "place"),
        ({"office": "../../etc"}, "office"),
        ({"limit": "0"}, "limit"),
        ({"limit": "51"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"limit": "9" * 5000}, "limit"),
        ({"cursor": "%%%"}, "cursor"),
        ({"cursor": "bzk5OTk5OTk5OQ"}, "cursor"),
        ({"cursor": "x" * 1001}, "cursor"),
        ({"cursor": "bzEw\u00b2"}, "cursor"),
        ({"facets": "maybe"}, "facets"),
        ({"topic": ["x"] * 21}, "topic"),
        ({"topic": "x" * 121}, "topic"),
        ({"topic": "a\x07"}, "topic"),
    ],
)
def test_bad_input_is_refused_by_name(client: Client, parameters: dict[str, Any], named: str) -> None:
    response = client.get(SEARCH, parameters)

    assert response.status_code in {400, 422}
    assert named in response.content.decode()


@pytest.mark.usefixtures("indexed")
def test_an_unknown_parameter_of_suggest_is_refused_too(client: Client) -> None:
    response = client.get(SUGGEST, {"q": "pasz", "limit": "5"})

    assert response.status_code == 422
    assert "limit" in response.json()["detail"]


HOSTILE = [
    '"',
    "'",
    "\\",
    "title:paszport",
    "paszport AND (dziecko",
    "*",
    "?",
    "paszp*",
    "~1",
    "a^99999",
    "[a TO z]",
    "+-&&||!(){}",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%00",
    "{{7*7}}",
    "𝔭𝔞𝔰𝔷𝔭𝔬𝔯𝔱",
    "ﬀ" * 66,
    "İ" * 100,
    "a " * 100,
    "x" * 200,
    "1" * 200,
    "-" * 200,
    "ą́" * 60,
    "\ud7ff",
    "\u202eabc",
]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("address", [SEARCH, SUGGEST, "/szukaj/"])
def test_strange_queries_get_results_or_a_refusal(client: Client, address: str, typed: str) -> None:
    response = client.get(address, {"q": typed})

    assert response.status_code in {200, 400, 422}
    assert b"<script>alert" not in response.content


@pytest.mark.usefixtures("indexed")
@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_any_text_gets_results_or_a_refusal(client: Client, typed: str) -> None:
    for address in (SEARCH, SUGGEST, "/szukaj/"):
        response: HttpResponse = client.get(address, {"q": typed.encode("utf-8", "replace").decode()})  # type: ignore[assignment]
        assert response.status_code in {200, 400, 422}


@pytest.mark.django_db
def test_without_an_index_the_answer_is_empty(client: Client) -> None:
    found = answer(client, q="paszport", facets="true")

    assert (found["index_ready"], found["total"], found["hits"], found["next_cursor"]) == (False, 0, [], None)
    assert client.get(SUGGEST, {"q": "pasz"}).json() == {"suggestions": []}


@pytest.mark.usefixtures("indexed")
def test_what_only_consultants_read_is_in_no_answer(client: Client) -> None:
    everything = client.get(SEARCH, {"limit": "50", "facets": "true", "explain": "true"}).content.decode()
    asked = client.get(SEARCH, {"q": catalogue.SECRET}).json()

    assert catalogue.SECRET not in everything
    assert (asked["total"], asked["hits"], asked["did_you_mean"]) == (0, [], "")
    assert client.get(SUGGEST, {"q": catalogue.SECRET[:6]}).json() == {"suggestions": []}


def test_every_parameter_and_field_is_described_in_openapi() -> None:
    schema = api.get_openapi_schema()
    parameters = schema["paths"]["/api/v1/search"]["get"]["parameters"]
    hit = schema["components"]["schemas"]["HitSchema"]["properties"]

    assert {parameter["name"] for parameter in parameters} == {
        "q", "place", "office", "office_type", "topic", "life_event", "audience", "channel", "free_of_charge",
        "limit", "cursor", "facets", "explain",
    }  # fmt: skip
    assert all(parameter["schema"].get("description") or parameter.get("description") for parameter in parameters)
    assert all("description" in field for field in hit.values())


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("topic", "nope", "/api/v1/topics"),
        ("topic", "paszporty/nope", "/api/v1/topics"),
        ("audience", "smok", "Są: obywatel, przedsiębiorca"),
        ("channel", "gołąb", "Są: osobiście, poczta"),
        ("life_event", "LE-99", "/api/v1/life-events"),
        ("office_type", "ZZ", "Są: "),
    ],
)
def test_a_value_of_a_filter_that_does_not_exist_is_refused_by_name(
    client: Client, name: str, value: str, where: str
) -> None:
    response = client.get(SEARCH, {"q": "paszport", name: value})
    detail = response.json()["detail"]
    assert response.status_code == 422
    assert detail.startswith(f"Parametr „{name}”: nie ma wartości „{value}”.")
    assert where in detail


@pytest.mark.usefixtures("indexed")
def test_every_value_of_a_facet_is_a_value_of_its_filter(client: Client) -> None:
    """What `office` counts is no filter, as the description says."""
    facets = answer(client, facets="true")["facets"]
    assert {value["value"] for value in facets["free_of_charge"]} <= {"tak", "nie"}
    tried = [(name, value) for name in set(facets) - {"office"} for value in facets[name]]
    assert {name for name, _ in tried} >= {"office_type", "topic", "audience", "free_of_charge"}
    for name, value in tried:
        assert answer(client, **{name: value["value"]})["total"] == value["count"]
    assert answer(client, free_of_charge="true")["total"] == answer(client, free_of_charge="tak")["total"]
