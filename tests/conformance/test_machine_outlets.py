"""The whole catalogue as a program sees it: every text has an address, and the validator takes every card as right."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from django.test import Client

from exporters.validator.json_cards import json_findings
from exporters.validator.known_codes import known_office_types
from publication.calendar import today
from publication.models import EditionKind
from publication.reading import editions

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "mirror" / "mirror.py"


def test_every_kind_of_key_has_an_address_in_the_example(client: Client) -> None:
    spec = importlib.util.spec_from_file_location("mirror", EXAMPLE)
    assert spec
    assert spec.loader
    mirror = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mirror)
    rows = editions().readable(on=today()).values_list("kind", "key", "sha256")
    samples = {
        (kind, key.partition("/")[0] if kind != EditionKind.CARD else ""): (key, sha256)
        for kind, key, sha256 in rows.order_by("key")
    }
    assert {start for _, start in samples} >= {"akt", "dobra-praktyka", "formularz", "typ", "urzad", "zdarzenie"}
    unserved = {key for key, _ in samples.values() if mirror.place_of(key) is None}
    assert all(key.startswith("typ/") for key in unserved)
    for key, sha256 in samples.values():
        if key not in unserved:
            answer = client.get(f"/api/v1/{mirror.place_of(key)}")
            assert (key, answer.status_code, answer.headers.get("ETag")) == (key, 200, f'"{sha256}"')


def test_the_validator_takes_every_card_of_the_catalogue_as_right() -> None:
    known = known_office_types()
    found = editions().of_kind(EditionKind.CARD).readable(on=today()).order_by("key")
    wrong = {}
    for edition in found.iterator(chunk_size=200):
        faults = json_findings(bytes(edition.payload), largest=2_000_000, office_types=known)
        if faults:
            wrong[edition.key] = faults
    assert wrong == {}
