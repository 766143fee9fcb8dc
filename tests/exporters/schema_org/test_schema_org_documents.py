"""Cards in the vocabulary of schema.org: valid against its table, and the table refuses what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporters.schema_org.documents import catalogue, render_card, service
from exporters.schema_org.embedding import structured_data
from exporters.schema_org.validation import problems, validate
from service_catalog.published.office import JurisdictionArea
from tests.exporters.cards_for_tests import model_card, model_cards
from tests.exporters.mutations import full_card

SITE = "https://katalog.example"


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_card(full_card(), site=SITE))
    return found


def test_every_general_card_and_a_card_with_every_field_are_valid() -> None:
    whole = json.loads(b"".join(catalogue([*model_cards(), full_card()], site=SITE)))
    assert len(whole["@graph"]) == len(model_cards()) + 1
    assert list(problems(whole)) == []


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "property of another type": ({"keywords": "paszport"}, "„keywords” nie może stać przy typie „GovernmentService”"),
    "unknown property": ({"fee": "140"}, "„fee” nie może stać"),
    "unknown type": ({"@type": "PublicService"}, "„PublicService” nie jest typem"),
    "text in place of an object": ({"provider": "Urząd"}, "nie pasuje do: Organization, Person"),
    "object of a wrong type": ({"audience": {"@type": "Place", "name": "x"}}, "typ „Place” nie może być tu wartością"),
    "date that is none": ({"offers": [{"@type": "Offer", "validFrom": "jutro"}]}, "offers[0].validFrom: „jutro”"),
    "time that is none": (
        {"hoursAvailable": {"@type": "OpeningHoursSpecification", "opens": "7"}},
        "hoursAvailable.opens: „7”",
    ),
    "day that is none": (
        {"hoursAvailable": {"@type": "OpeningHoursSpecification", "dayOfWeek": "poniedziałek"}},
        "nie pasuje do: DayOfWeek",
    ),
    "duration that is none": (
        {"availableChannel": {"@type": "ServiceChannel", "processingTime": "30 dni"}},
        "nie pasuje do: Duration",
    ),
    "another context": ({"@context": "https://inny.example"}, "@context"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(name: str) -> None:
    change, sentence = WRONG[name]
    found = list(problems(document() | change))
    assert len(found) == 1, found
    assert sentence in found[0]


def test_a_damaged_file_is_a_finding_and_a_missing_one_an_error(tmp_path: Path) -> None:
    path = tmp_path / "karta.jsonld"
    for content in (b"{", b"\xff\xfe{}", b"[" * 200_000, b"[]", b"null"):
        path.write_bytes(content)
        assert [finding.is_error for finding in validate(path)] == [True]
    path.write_bytes(render_card(full_card(), site=SITE))
    assert validate(path) == []
    with pytest.raises(FileNotFoundError, match="Podaj plik JSON-LD"):
        validate(tmp_path / "brak.jsonld")


def test_fees_times_and_addresses_are_those_of_the_card() -> None:
    card = model_card("UW-PAS-001")
    node = service(card, site=SITE)
    assert node["@id"] == "https://katalog.example/karta/UW-PAS-001/"
    assert [offer["price"] for offer in node["offers"]] == [fee.amount for fee in card.fees]
    assert {"P30D", "P1M"} & {time for channel in node["availableChannel"] for time in channel["processingTime"]}
    acts = [work["legislationIdentifier"] for work in node["subjectOf"] if work["@type"] == "Legislation"]
    assert acts == [citation.eli for citation in card.legal_basis]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>", "\u2028&amp;"])
def test_no_text_of_a_card_ends_the_data_block(text: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), title=text)
    block = structured_data(card)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["name"] == text


def test_the_document_of_a_card_looks_as_it_did() -> None:
    """A wanted change shows here first: read the difference, then replace the file."""
    golden = Path(__file__).parent / "card.jsonld"
    assert render_card(model_card("UW-PAS-001"), site=SITE).decode() == golden.read_text(encoding="utf-8")


def test_the_area_served_is_that_of_the_office_and_not_its_town() -> None:
    areas = (
        JurisdictionArea(prefix="18", name="województwo podkarpackie"),
        JurisdictionArea(prefix="1864", include=False, name="Tarnobrzeg"),
    )
    node = service(full_card(), site=SITE, areas=areas)
    assert list(problems({"@context": "https://schema.org", **node})) == []
    assert node["areaServed"] == [
        {
            "@type": "AdministrativeArea",
            "name": "województwo podkarpackie",
            "identifier": {"@type": "PropertyValue", "name": "TERYT", "value": "18"},
            "description": "Bez: Tarnobrzeg",
        }
    ]
    assert "areaServed" not in service(full_card(), site=SITE)
    assert service(model_card("UW-PAS-001"), site=SITE)["areaServed"] == "Polska"
