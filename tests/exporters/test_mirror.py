"""The example consumer follows the feed over HTTP and holds the same hashes after a thousand random changes."""

from __future__ import annotations

import datetime
import importlib.util
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from pytest_django.live_server_helper import LiveServer

from handbooks.published.handbook import GoodPractice, Handbook, handbook_key, practice_key
from handbooks.published.reading import LABEL
from publication.calendar import today
from publication.canonical import canonical_json
from publication.models import EditionKind, EditionState
from publication.reading import editions
from publication.recording import Proposal, record
from service_catalog.published import keys
from service_catalog.published.card import Card
from service_catalog.published.register import FormFamily, LegalAct, OfficeType
from tests.exporters.cards_for_tests import model_cards
from tests.public_site import catalogue

SOURCE = Path(__file__).resolve().parents[2] / "examples" / "mirror" / "mirror.py"
CHANGES = 1000
ROUNDS = 4


@pytest.fixture
def mirror() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mirror", SOURCE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_change(cards: list[Card], chance: random.Random, number: int) -> Proposal:
    """A new text, a suspension, a withdrawal, a text for a future day, or one that has expired."""
    card = msgspec.structs.replace(chance.choice(cards), title=f"Tytuł {number}")
    kind = chance.choice(["text", "text", "text", "suspended", "withdrawn", "future", "expired"])
    day = today()
    if kind in {"suspended", "withdrawn"}:
        return catalogue.card_proposal(card, state=EditionState(kind), valid_from=day)
    if kind == "future":
        return catalogue.card_proposal(card, valid_from=day + datetime.timedelta(days=30))
    if kind == "expired":
        past = day - datetime.timedelta(days=1)
        return catalogue.card_proposal(card, valid_from=past, valid_to=past)
    return catalogue.card_proposal(card, valid_from=day)


@pytest.fixture
def server(real_transactions: None) -> Iterator[LiveServer]:
    """A real server on the database of the tests. (The fixture of the framework would empty the log, which refuses.)"""
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


def test_a_mirror_equals_the_catalogue_after_a_thousand_random_changes(
    server: LiveServer, mirror: ModuleType, tmp_path: Path
) -> None:
    chance = random.Random(20260101)
    cards = list(model_cards()[:40])
    catalogue.publish()
    record([catalogue.card_proposal(card) for card in cards], recorded_at=catalogue.NOON)
    number = 0
    for _ in range(ROUNDS):
        mirror.Mirror(server.url, tmp_path).follow(today())  # a new object each time: the state comes from disk
        for _ in range(CHANGES // ROUNDS):
            number += 1
            record([random_change(cards, chance, number)], recorded_at=catalogue.NOON)
    last = mirror.Mirror(server.url, tmp_path)
    last.follow(today())
    assert last.differences() == []
    kinds = (EditionKind.CARD, EditionKind.OFFICE, EditionKind.LIFE_EVENT, EditionKind.REGISTER)
    wanted = {
        mirror.file_name(edition.key): edition.sha256
        for edition in editions().filter(kind__in=kinds).readable(on=today())
        if mirror.place_of(edition.key)
    }
    assert last.hashes() == wanted
    assert 0 < sum(1 for name in wanted if not name.startswith("urzad")) < len(cards) + 10

    next(tmp_path.glob("UW-*.json")).write_bytes(b"{}")
    assert len(last.differences()) == 1


def record_the_other_kinds() -> set[str]:
    """One text of every kind that the demonstration has beside cards, offices, events and topics; returns their keys."""
    texts: list[tuple[EditionKind, str, msgspec.Struct, str]] = [
        (EditionKind.REGISTER, keys.act_key("KPA"), LegalAct(code="KPA", title="Kodeks", date="1960-06-14"), "act"),
        (EditionKind.REGISTER, keys.form_key("B/S"), FormFamily(code="B/S", title="Wniosek"), "form"),
        (
            EditionKind.REGISTER,
            keys.office_type_key("UW"),
            OfficeType(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie"),
            "office_type",
        ),
        (
            EditionKind.REGISTER,
            practice_key("DP-001"),
            GoodPractice(code="DP-001", title="Komputer", category="obsługa", problem="Brak.", source="Urząd"),
            LABEL,
        ),
        (
            EditionKind.ARTICLE,
            handbook_key("UW"),
            Handbook(code="UW", title="Podręcznik", number=1, issued_on="2026-01-01"),
            "",
        ),
    ]
    record(
        [
            Proposal(
                kind=kind,
                key=key,
                payload=canonical_json(text),
                valid_from=catalogue.BEGINNING,
                labels=frozenset({("register", label)} if label else set()),
            )
            for kind, key, text, label in texts
        ],
        recorded_at=catalogue.NOON,
    )
    return {key for _, key, _, _ in texts}


def test_the_example_program_proves_a_catalogue_with_every_kind_of_text(
    server: LiveServer,
    mirror: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue.publish()
    others = record_the_other_kinds()
    monkeypatch.setattr(sys, "argv", ["mirror.py", server.url, str(tmp_path), "--verify"])

    assert (mirror.main(), capsys.readouterr().out.splitlines()[-1]) == (0, "Lustro jest wierne.")
    here = {path.name for path in tmp_path.iterdir()}
    assert {mirror.file_name(key) for key in others if not key.startswith("typ/")} <= here

    record(
        [
            Proposal(
                kind=EditionKind.ARTICLE,
                key=handbook_key("UW"),
                payload=canonical_json(Handbook(code="UW", title="Podręcznik", number=2, issued_on="2026-05-01")),
                valid_from=today(),
            )
        ],
        recorded_at=catalogue.NOON,
    )
    assert mirror.main() == 0
    assert b'"number":2' in (tmp_path / mirror.file_name(handbook_key("UW"))).read_bytes()
