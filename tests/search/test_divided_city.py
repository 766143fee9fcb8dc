"""A city divided between tax offices of which the catalogue has one: never a wrong office, on the page and in the API."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client

from search import indexer
from search.finding import Question, find
from search.verification import differences
from tests.search import catalogue

MOKOTOW = msgspec.structs.replace(
    catalogue.office("us-mokotow", "Urząd Skarbowy Warszawa-Mokotów", "Warszawa", "1465011", "1465"),
    districts=("Mokotów",),
)
GENERAL, CARD = "/karta/US-ZAS-001/", "/karta/US-ZAS-001/us-mokotow/"
SERVED = {"code": "us-mokotow", "name": MOKOTOW.name, "districts": ["Mokotów"]}


@pytest.fixture
def divided(indexed: None) -> None:
    """The small catalogue with the tax office of one district of Warszawa."""
    local = catalogue.at_office(
        catalogue.card("US-LOK-001", "Dyżur paszportowy w urzędzie", "Raz w miesiącu.", catalogue.PASSPORTS),
        MOKOTOW,
        kind="local",
    )
    catalogue.append(
        catalogue.office_proposal(MOKOTOW),
        catalogue.proposal(catalogue.at_office(catalogue.DEBTS, MOKOTOW)),
        catalogue.proposal(local),
    )
    indexer.catch_up(on=catalogue.TODAY)


def got(client: Client, address: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{address}", parameters)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize(
    ("place", "verdict", "codes"),
    [
        ("1465058", "competent", ["us-mokotow"]),
        ("1465028", "outside_catalogue", []),
        ("1465128", "outside_catalogue", []),
        ("1465011", "depends_on_district", ["us-mokotow"]),
        ("1465", "depends_on_district", ["us-mokotow"]),
        ("14", "several", ["us-mokotow"]),
    ],
)
def test_the_district_decides_which_office_is_competent(
    client: Client, place: str, verdict: str, codes: list[str]
) -> None:
    found = got(client, "offices/resolve", service="US-ZAS-001", place=place)

    assert (found["verdict"], [office["code"] for office in found["offices"]]) == (verdict, codes)


@pytest.mark.usefixtures("divided")
def test_in_a_whole_city_the_verdict_says_what_to_ask(client: Client) -> None:
    found = got(client, "offices/resolve", service="US-ZAS-001", place="1465011")

    assert found["offices"][0]["districts"] == ["Mokotów"]
    assert found["sentence"] == (
        "W tym mieście urząd zależy od dzielnicy. Zapytaj klienta o dzielnicę. Urząd Skarbowy Warszawa-Mokotów: Mokotów."
    )
    competent = got(client, "offices/resolve", service="US-ZAS-001", place="1465058")
    assert (competent["sentence"], competent["offices"][0]["districts"]) == ("", [])


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize(
    ("place", "address", "competent"),
    [
        ("1465058", CARD, []),
        ("1465028", GENERAL, []),
        ("1465011", GENERAL, [SERVED]),
        ("14", GENERAL, [SERVED | {"districts": []}]),
    ],
)
def test_results_for_a_place_show_no_wrong_office(
    client: Client, place: str, address: str, competent: list[dict[str, Any]]
) -> None:
    hit = got(client, "search", q="zaświadczenie o niezaleganiu", place=place)["hits"][0]

    assert (hit["url"], hit["competent"]) == (address, competent)


@pytest.mark.usefixtures("divided")
def test_the_page_shows_the_office_of_a_district_only_where_it_works(client: Client) -> None:
    def page(place: str) -> str:
        return client.get("/szukaj/", {"q": "zaświadczenie o niezaleganiu", "place": place}).content.decode()

    assert MOKOTOW.name not in page("bemowo")
    assert f"{MOKOTOW.name}</a> (tylko Mokotów)" in page("Warszawa")
    assert "(tylko Mokotów)" not in page("mokotów")


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize(
    ("query", "first", "unserved"),
    [
        ("urząd skarbowy boguchwała", {"code": "us-boguchwala", "districts": []}, ""),
        ("Urzędu Skarbowego w Boguchwale", {"code": "us-boguchwala", "districts": []}, ""),
        ("urzad skarbowy na mokotowie", {"code": "us-mokotow", "districts": []}, ""),
        ("urząd skarbowy warszawa", {"code": "us-mokotow", "districts": ["Mokotów"]}, ""),
        ("urząd wojewódzki w mielcu", {"code": "uw-rzeszow", "districts": []}, ""),
        (
            "urząd skarbowy bemowo",
            {"code": "us-rzeszow-1", "districts": []},
            "Bemowo, Warszawa, województwo mazowieckie",
        ),
    ],
)
def test_offices_that_a_query_names_are_answered(
    client: Client, query: str, first: dict[str, Any], unserved: str
) -> None:
    found = got(client, "search", q=query)

    assert found["unserved_place"] == unserved
    assert found["offices"][0].items() >= first.items()


@pytest.mark.usefixtures("divided")
def test_a_chosen_place_leaves_out_offices_of_other_places(client: Client) -> None:
    def named(**parameters: str) -> list[str]:
        return [office["code"] for office in got(client, "search", **parameters)["offices"]]

    assert named(q="urząd skarbowy", place="1816042") == ["us-boguchwala"]
    assert named(q="urząd skarbowy", place="1465028") == []
    assert named(q="urząd skarbowy boguchwała", place="1465058") == ["us-mokotow", "us-boguchwala"]


@pytest.mark.usefixtures("divided")
def test_the_page_links_the_named_office_first_and_says_when_none_works_there(client: Client) -> None:
    html = client.get("/szukaj/", {"q": "urząd skarbowy w boguchwale"}).content.decode()
    assert html.index("/urzedy/us-boguchwala/") < html.index("/urzedy/us-rzeszow-1/")

    html = client.get("/szukaj/", {"q": "urząd skarbowy", "place": "bemowo"}).content.decode()
    assert "W katalogu nie ma takiego urzędu dla miejsca: Bemowo, Warszawa, województwo mazowieckie." in html
    assert "/urzedy/us-mokotow/" not in html


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize(
    ("query", "first", "general"),
    [
        ("dyżur paszportowy", None, "UW-PAS-002"),
        ("dyżur paszportowy w rzeszowie", "UW-LOK-001/uw-rzeszow", "UW-PAS-002/uw-rzeszow"),
        ("dyżur paszportowy warszawa", "US-LOK-001/us-mokotow", "UW-PAS-002"),
    ],
)
def test_a_town_in_the_query_turns_the_cards_towards_it(query: str, first: str | None, general: str) -> None:
    keys = [hit.key for hit in find(Question(text=query)).hits]

    assert first is None or next(key for key in keys if "LOK" in key) == first
    assert general in keys


@pytest.mark.usefixtures("divided")
def test_a_changed_district_is_in_the_index(client: Client) -> None:
    moved = msgspec.structs.replace(MOKOTOW, districts=("Bemowo",))
    catalogue.append(catalogue.office_proposal(moved))
    indexer.catch_up(on=catalogue.TODAY)

    assert got(client, "search", q="zaświadczenie o niezaleganiu", place="1465028")["hits"][0]["url"] == CARD
    assert differences(on=catalogue.TODAY) == []
