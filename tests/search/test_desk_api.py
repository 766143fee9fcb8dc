from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings
from wagtail.models import APIToken

from cms import roles
from publication.calendar import WARSAW
from publication.canonical import canonical_json
from search import indexer
from search.opening import opening
from search.place_choice import chosen_place
from service_catalog.published.card import Hours, HoursException, RestrictedCard, ServicePoint
from tests.search import catalogue

POINT = ServicePoint(
    name="Sala",
    address="ul. Główna 1",
    hours=tuple(Hours(weekday=day, opens="08:00", closes="16:00") for day in range(5)),
    exceptions=(
        HoursException(date_from="2026-05-01", date_to="2026-05-03"),
        HoursException(date_from="2026-05-05", date_to="2026-05-05", closed=False, opens="10:00", closes="12:00"),
    ),
)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("moment", "open_now", "expected"),
    [
        ("2026-05-04T08:00", True, "2026-05-04T16:00"),
        ("2026-05-04T07:59", False, "2026-05-04T08:00"),
        ("2026-05-04T16:00", False, "2026-05-05T10:00"),
        ("2026-05-05T09:00", False, "2026-05-05T10:00"),
        ("2026-05-05T12:00", False, "2026-05-06T08:00"),
        ("2026-05-01T09:00", False, "2026-05-04T08:00"),
        ("2026-10-25T02:30", False, "2026-10-26T08:00"),
    ],
)
def test_open_now_or_next_opening(moment: str, open_now: bool, expected: str) -> None:
    found = opening([POINT], at=at(moment))

    assert (found.known, found.open_now) == (True, open_now)
    assert (found.closes if open_now else found.next_opening) == at(expected)


def test_without_hours_nothing_is_claimed() -> None:
    found = opening([ServicePoint(name="Sala", address="x")], at=at("2026-05-04T09:00"))

    assert (found.known, found.open_now, found.next_opening) == (False, False, None)


def get(client: Client, address: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{address}", parameters)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("service", "place", "verdict", "codes"),
    [
        ("UW-PAS-002", "1863011", "competent", ["uw-rzeszow"]),
        ("US-ZAS-001", "1816042", "competent", ["us-boguchwala"]),
        ("US-ZAS-001", "1816", "competent", ["us-rzeszow-1"]),
        ("US-ZAS-001", "18", "several", ["us-boguchwala", "us-rzeszow-1"]),
        ("UW-PAS-002", "1465011", "outside_catalogue", []),
        ("UW-PAS-001", "0861011", "outside_catalogue", []),
        ("KWP-POZ-001", "1863011", "outside_catalogue", []),
    ],
)
def test_the_office_is_the_one_of_the_area_or_none(
    client: Client, service: str, place: str, verdict: str, codes: list[str]
) -> None:
    found = get(client, "offices/resolve", service=service, place=place, at="2026-05-04T09:00")

    assert (found["verdict"], sorted(office["code"] for office in found["offices"])) == (verdict, codes)


@pytest.mark.usefixtures("indexed")
def test_an_answer_is_a_card_or_no_answer(client: Client) -> None:
    found = get(client, "answer", q="papier ze skarbówki")

    assert (found["key"], found["source"], found["legal_state_date"]) == (
        "US-ZAS-001",
        "/karta/US-ZAS-001/",
        "2026-01-01",
    )
    assert found["summary"] == catalogue.DEBTS.summary
    for question in ("", "przepis na sernik", "paszport dla psa z kosmosu", catalogue.SECRET):
        assert get(client, "answer", q=question)["no_answer"] is True
    assert catalogue.SECRET not in str(found)


@pytest.mark.django_db
def test_places_by_name(client: Client) -> None:
    found = get(client, "places", q="rzeszow")["places"]

    assert {"1863", "1863011"} <= {place["code"] for place in found}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("rzeszowie", ["1863", "1863011"]),
        ("Gdańsku", ["2261", "2261011"]),
        ("Łodzi", ["1061", "1061011"]),
        ("warszawa bemowo", ["1465028"]),
        ("Kutno (gmina miejska), powiat kutnowski, województwo łódzkie", ["1002011"]),
        ("1002011", ["1002011"]),
        ("9999999", []),
    ],
)
def test_places_are_understood_as_on_the_page(client: Client, typed: str, codes: list[str]) -> None:
    assert [place["code"] for place in get(client, "places", q=typed)["places"]] == codes
    assert (chosen_place(typed).code or None) == (codes[-1] if codes else None)


def token(group: str = "") -> dict[str, str]:
    user = get_user_model().objects.create_user(username=f"infolinia {group}", password=None)
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    _, secret = APIToken.create_token(user=user, name="infolinia")
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.usefixtures("indexed")
def test_only_a_consultants_token_reads_the_consultants_answer(client: Client) -> None:
    restricted = canonical_json(RestrictedCard(consultant_answer="Powiedz o terminie.", internal_note=catalogue.SECRET))
    catalogue.append(replace(catalogue.proposal(catalogue.GUN), restricted=restricted))
    indexer.catch_up(on=catalogue.TODAY)

    def note(headers: dict[str, str]) -> Any:
        response = client.get("/api/v1/search", {"q": "pozwolenie na broń"}, headers=headers)
        assert catalogue.SECRET not in response.content.decode()
        return response.json()["hits"][0]["consultant_answer"]

    assert note(token(roles.CONSULTANT.name)) == "Powiedz o terminie."
    assert note(token(roles.INTEGRATOR.name)) is None
    assert note({}) is None


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("header", ["Bearer wagtail_x", "Bearer ", "Basic YTpi", "x", "Bearer \u0105"])
def test_a_token_that_is_not_valid_is_refused(client: Client, header: str) -> None:
    response = client.get("/api/v1/search", headers={"Authorization": header})

    assert response.status_code == 401
    assert response["Content-Type"].startswith("application/problem+json")


@pytest.mark.usefixtures("indexed")
def test_too_many_requests_of_one_token_are_refused(client: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    headers, other = token(roles.CONSULTANT.name), token(roles.INTEGRATOR.name)
    answers = [client.get("/api/v1/suggest", {"q": "a"}, headers=headers) for _ in range(8)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert all(1 <= int(answer["Retry-After"]) <= 60 for answer in refused)
    assert "q" not in refused[0].json()
    assert client.get("/api/v1/suggest", {"q": "a"}, headers=other).status_code == 200
    assert client.get("/api/v1/suggest", {"q": "a"}).status_code == 200


@pytest.mark.usefixtures("indexed")
def test_reasons_are_polish(client: Client) -> None:
    errors = client.get("/api/v1/search", {"limit": "51", "facets": "maybe", "q": "x" * 201}).json()["errors"]

    assert {error["parameter"]: error["reason"] for error in errors} == {
        "limit": "Wartość jest za duża: najwyżej 50.",
        "facets": "Wpisz true albo false.",
        "q": "Tekst jest za długi: najwyżej 200 znaków.",
    }
