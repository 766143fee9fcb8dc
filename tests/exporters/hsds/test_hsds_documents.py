"""Services and organisations in HSDS: valid against the official schemas, and the schemas refuse what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporters.hsds.locations import location
from exporters.hsds.organizations import offices, organization
from exporters.hsds.service_entity import catalogue, render_card, service
from exporters.hsds.validation import ORGANIZATION, SERVICE, problems, validate, validate_organizations
from service_catalog.published.card import Hours, HoursException, ServicePoint
from service_catalog.published.office import JurisdictionArea
from tests.exporters.cards_for_tests import model_card, model_cards, office_card, office_record, office_reference
from tests.exporters.mutations import full_card, full_office

SITE = "https://katalog.example"
PLACE = ServicePoint(
    name="Sala obsługi",
    address="ul. Grunwaldzka 15, 35-959 Rzeszów",
    floor="parter",
    hours=(Hours(weekday=0, opens="07:30", closes="15:30"), Hours(weekday=4, opens="08:00", closes="16:00")),
    exceptions=(HoursException(date_from="2026-12-24", date_to="2026-12-24", reason="Wigilia"),),
    accessibility=("wejście bez schodów", "pętla indukcyjna"),
)


def test_every_general_card_and_a_card_with_every_field_are_valid() -> None:
    services = json.loads(b"".join(catalogue([*model_cards(), full_card()], site=SITE)))
    assert len(services) == len(model_cards()) + 1
    assert [sentence for node in services for sentence in problems(node, schema=SERVICE)] == []


def test_offices_are_valid() -> None:
    found = json.loads(b"".join(offices([office_record(), full_office()], site=SITE)))
    assert [sentence for node in found for sentence in problems(node, schema=ORGANIZATION)] == []


def test_a_place_has_its_address_hours_and_accessibility() -> None:
    card = office_card(model_card("UW-PAS-001"), office_reference(), place=PLACE)
    (at_location,) = service(card, site=SITE)["service_at_locations"]
    where = at_location["location"]
    assert where["addresses"][0] | {"id": ""} == {
        "id": "",
        "address_1": "ul. Grunwaldzka 15",
        "city": "Rzeszów",
        "state_province": "podkarpackie",
        "postal_code": "35-959",
        "country": "PL",
        "address_type": "physical",
    }
    assert [(entry.get("byday"), entry.get("opens_at")) for entry in where["schedules"]] == [
        ("MO", "07:30"), ("FR", "08:00"), (None, None),
    ]  # fmt: skip
    assert where["schedules"][2]["notes"] == "Wigilia"
    assert [entry["description"] for entry in where["accessibility"]] == list(PLACE.accessibility)


def test_an_office_has_the_same_identifier_in_both_documents() -> None:
    card = office_card(model_card("UW-PAS-001"), office_reference())
    assert service(card, site=SITE)["organization"]["id"] == organization(office_record(), site=SITE)["id"]
    assert service(card, site=SITE)["organization"]["phones"][0]["number"] == "17 867 10 00"


def test_identifiers_repeat_only_for_the_same_thing() -> None:
    found: dict[str, set[str]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.setdefault(value["id"], set()).add(json.dumps(value, sort_keys=True))
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk([service(card, site=SITE) for card in model_cards()[:50]])
    assert [versions for versions in found.values() if len(versions) > 1] == []
    assert len(found) > 500


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"name": None}, "name: wartość ma inny typ"),
    "identifier that is none": ({"id": "12"}, "id: wartość ma inną postać"),
    "unknown status": ({"status": "czynna"}, "status: wartość nie jest jedną"),
    "address that is none": ({"url": "bez schematu"}, "url: wartość ma inną postać"),
    "phone without number": (
        {"phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e"}]},
        "phones[0]: brakuje wymaganej własności „number”",
    ),
    "unknown property": ({"tytul": "Paszport"}, "tytul: HSDS nie zna"),
    "unknown property inside": (
        {"phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "1", "numer": "1"}]},
        "phones.numer: HSDS nie zna",
    ),
    "amount as text": (
        {"cost_options": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "amount": "140.00"}]},
        "cost_options[0].amount: wartość ma inny typ",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(name: str) -> None:
    change, sentence = WRONG[name]
    found = list(problems(service(model_card("UW-PAS-001"), site=SITE) | change, schema=SERVICE))
    assert len(found) == 1, found
    assert sentence in found[0]


def test_a_file_is_checked_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "uslugi.json"
    content = b"".join(catalogue(model_cards()[:3], site=SITE))
    path.write_bytes(content)
    assert validate(path) == []
    path.write_bytes(content.replace(b'"status":"active"', b'"status":"?"'))
    assert [finding.line for finding in validate(path)] == [2, 3, 4]
    path.write_bytes(b"".join(offices([office_record()], site=SITE)))
    assert validate_organizations(path) == []
    assert validate(path)
    for damaged in (b"{", b"\xff\xfe{}", b"[" * 200_000, b"null", b"[1]"):
        path.write_bytes(damaged)
        assert validate(path)
    with pytest.raises(FileNotFoundError):
        validate(tmp_path / "brak.json")


def test_the_document_of_a_card_looks_as_it_did() -> None:
    """A wanted change shows here first: read the difference, then replace the file."""
    golden = Path(__file__).parent / "card.json"
    card = office_card(model_card("UW-PAS-001"), office_reference(), place=PLACE)
    areas = (JurisdictionArea(prefix="18", name="województwo podkarpackie"),)
    assert render_card(card, site=SITE, areas=areas).decode() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ul. Krótka 48, 39-427 Tarnobrzeg", ("ul. Krótka 48", "Tarnobrzeg", "39-427")),
        ("Rynek 45, 84-200 Wejherowo", ("Rynek 45", "Wejherowo", "84-200")),
        ("ul. Krótka 48", ("ul. Krótka 48", "Rzeszów", "00-000")),
        ("39-427 Tarnobrzeg", ("Tarnobrzeg", "Tarnobrzeg", "39-427")),
        ("", ("Rzeszów", "Rzeszów", "00-000")),
    ],
)
def test_the_town_is_that_of_the_address_and_not_of_the_office(text: str, expected: tuple[str, str, str]) -> None:
    point = msgspec.structs.replace(PLACE, address=text)
    found = location("x", point, town="Rzeszów", teryt="1863011")["addresses"][0]
    assert (found["address_1"], found["city"], found["postal_code"]) == expected


def test_the_area_is_that_of_the_office_and_not_its_town() -> None:
    card = office_card(model_card("UW-PAS-001"), office_reference())
    areas = (
        JurisdictionArea(prefix="18", name="województwo podkarpackie"),
        JurisdictionArea(prefix="1864", include=False, name="Tarnobrzeg"),
    )
    (area,) = service(card, site=SITE, areas=areas)["service_areas"]
    assert (area["name"], area["extent"], area["extent_type"]) == ("województwo podkarpackie", "18", "TERYT")
    assert area["description"].endswith("Bez: Tarnobrzeg.")
    (unknown,) = service(card, site=SITE)["service_areas"]
    assert not {"name", "extent"} & set(unknown)
    assert service(model_card("UW-PAS-001"), site=SITE)["service_areas"][0]["name"] == "Polska"
