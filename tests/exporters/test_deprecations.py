"""What is going to end is said with every answer, in the description of the API, and never at less than three months' notice."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config.api import api
from exporters import deprecations
from exporters.deprecations import DEPRECATIONS, Deprecation, TooShortNotice
from publication.models import Edition

PROJECT = Path(__file__).resolve().parents[2]
SINCE, SUNSET = datetime.date(2026, 1, 1), datetime.date(2026, 7, 1)
CARD = Deprecation(path="/api/v1/cards/{symbol}", since=SINCE, sunset=SUNSET, successor="/api/v2/cards/{symbol}")
OFFICES = Deprecation(path="/api/v1/offices", since=SINCE, sunset=SUNSET, successor="/api/v2/offices")
SCHEMAS = Deprecation(
    path="/xml/wzor/karta-uslugi/2026/11/25/",
    since=SINCE,
    sunset=SUNSET,
    successor="/xml/wzor/karta-uslugi/2027/01/01/",
)
ANNOUNCED = {"Deprecation": "@1767222000", "Sunset": "Tue, 30 Jun 2026 22:00:00 GMT"}
"""Both days begin at 00:00 in Poland, in winter and in summer time."""


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deprecations, "DEPRECATIONS", (CARD, OFFICES, SCHEMAS))


def said(client: Client, path: str, **headers: Any) -> dict[str, str]:
    response = client.get(path, headers=headers)
    return {name: response[name] for name in (*ANNOUNCED, "Link") if name in response}


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("path", ["/api/v1/cards/UW-PAS-001", "/api/v1/cards/NIE-MA"])
def test_an_address_that_is_going_to_end_says_so_whatever_it_answers(
    client: Client, published: list[Edition], path: str
) -> None:
    link = {"Link": '<http://127.0.0.1:8000/api/v2/cards/{symbol}>; rel="successor-version"'}
    assert said(client, path) == ANNOUNCED | link
    etag = client.get("/api/v1/cards/UW-PAS-001")["ETag"]
    assert said(client, path, if_none_match=etag) == ANNOUNCED | link


@pytest.mark.usefixtures("table")
def test_a_list_that_did_not_change_says_so_too(client: Client, published: list[Edition]) -> None:
    first = client.get("/api/v1/offices")
    again = client.get("/api/v1/offices", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Sunset"] == again["Sunset"] == ANNOUNCED["Sunset"]


@pytest.mark.usefixtures("table")
def test_a_dated_folder_stands_for_everything_below_it(client: Client) -> None:
    path = "/xml/wzor/karta-uslugi/2026/11/25/schemat.xsd"
    assert said(client, path).items() >= ANNOUNCED.items()
    exposed = client.get(path)["Access-Control-Expose-Headers"]
    assert {"Deprecation", "Sunset", "Link"} <= set(exposed.split(", "))


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("path", ["/api/v1/cards", "/api/v1/cards/UW-PAS-001/uw-rzeszow", "/karta/UW-PAS-001/xml"])
def test_other_addresses_say_nothing(client: Client, published: list[Edition], path: str) -> None:
    assert said(client, path) == {}


@pytest.mark.usefixtures("table")
def test_the_description_of_the_api_marks_what_is_going_to_end() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    marked = {path for path, operations in paths.items() if any(one.get("deprecated") for one in operations.values())}
    assert marked == {CARD.path, OFFICES.path}
    assert paths[CARD.path]["get"]["x-sunset"] == "2026-07-01"


def test_without_entries_nothing_is_marked() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    assert not [one for operations in paths.values() for one in operations.values() if "deprecated" in one]


@pytest.mark.parametrize(("since", "earliest"), [("2026-01-15", "2026-04-15"), ("2026-11-30", "2027-02-28")])
def test_less_than_three_months_cannot_be_announced(since: str, earliest: str) -> None:
    first = datetime.date.fromisoformat(earliest)

    def ending(day: datetime.date) -> Deprecation:
        return Deprecation(path="/x", since=datetime.date.fromisoformat(since), sunset=day, successor="/y")

    assert ending(first).sunset == first
    with pytest.raises(TooShortNotice, match=earliest):
        ending(first - datetime.timedelta(days=1))


def test_every_entry_is_announced_to_people_too() -> None:
    pages = [PROJECT / "CHANGELOG.md", PROJECT / "docs" / "integrators" / "compatibility.md"]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    assert [entry.path for entry in DEPRECATIONS if not all(entry.path in text for text in texts)] == []
