"""The example consumer follows the feed over HTTP and holds the same hashes after a thousand random changes."""

from __future__ import annotations

import datetime
import importlib.util
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from pytest_django.live_server_helper import LiveServer

from publication.calendar import today
from publication.models import EditionKind, EditionState
from publication.reading import editions
from publication.recording import Proposal, record
from service_catalog.published.card import Card
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
