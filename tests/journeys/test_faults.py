"""Processes are killed while officials publish: nothing acknowledged is lost and nothing is half done."""

from __future__ import annotations

import json
import os
import signal
import threading
from http.client import HTTPException

from tests.journeys.editor import Publishers
from tests.journeys.system import System, is_running, running
from tests.journeys.test_editing import office_cards
from tests.waiting import until

KILLS = ("run_scheduler", "gunicorn", "run_worker", "gunicorn", "run_scheduler")
BETWEEN = 3
"""Acknowledged publications before each kill."""


class Publisher(threading.Thread):
    """Publishes one change after another until told to stop, and remembers what was acknowledged."""

    def __init__(self, system: System, cards: list[int]) -> None:
        """Log in before anything is killed."""
        super().__init__(name="publisher")
        self.people = Publishers(system)
        self.cards = cards
        self.enough = threading.Event()
        self.acknowledged: dict[int, int] = {}
        self.count = 0

    def wait_for_more(self) -> None:
        """Wait until some more publications are acknowledged."""
        wanted = self.count + BETWEEN
        until(lambda: self.count >= wanted or not self.is_alive(), seconds=120, what="kolejne publikacje")
        assert self.is_alive()

    def run(self) -> None:
        """Publish in turn; an answer that does not come is not an acknowledgement."""
        turn = 0
        while not self.enough.is_set():
            turn += 1
            card = self.cards[turn % len(self.cards)]
            try:
                acknowledged = self.people.publish(card, pickup=f"Odbiór numer {turn}.")
            except (OSError, HTTPException, AssertionError):
                continue
            if acknowledged:
                self.acknowledged[card] = turn
                self.count += 1


def kill(system: System, name: str) -> None:
    """Kill one child of the supervisor and everything it started, as soon as it runs (again)."""
    until(lambda: name in system.processes(), seconds=60, what=f"proces {name} działa")
    os.killpg(system.processes()[name], signal.SIGKILL)


def published(system: System, key: int, symbol: str) -> tuple[str, str]:
    """What the page and the newest edition say about one field."""
    page = system.rows("SELECT pickup FROM service_catalog_officecard WHERE page_ptr_id = ?", key)
    edition = system.rows(
        "SELECT payload FROM publication_edition WHERE key = ? ORDER BY sequence DESC LIMIT 1", f"{symbol}/uw-rzeszow"
    )
    payload = edition[0][0]
    assert isinstance(payload, bytes)
    return str(page[0][0]), str(json.loads(payload)["pickup"])


def test_killed_processes_lose_nothing(own_system: System) -> None:
    cards = office_cards(own_system, "uw-rzeszow")[:3]
    with running(own_system):
        publisher = Publisher(own_system, [key for key, _ in cards])
        publisher.start()
        try:
            for name in KILLS:
                publisher.wait_for_more()
                kill(own_system, name)
            publisher.wait_for_more()
        finally:
            publisher.enough.set()
            publisher.join(timeout=60)
            assert not publisher.is_alive()
        until(
            lambda: own_system.manage("search_index", "verify").returncode == 0,
            seconds=60,
            what="indeks dogonił dziennik",
        )
        verified = own_system.manage("editions", "verify")

    assert verified.returncode == 0, verified.stderr
    assert set(publisher.acknowledged) == {key for key, _ in cards}
    for key, symbol in cards:
        on_page, in_edition = published(own_system, key, symbol)
        assert on_page == in_edition
        assert int(on_page.removeprefix("Odbiór numer ").removesuffix(".")) >= publisher.acknowledged[key]


def test_control_c_stops_every_process(own_system: System) -> None:
    own_system.start()
    until(lambda: len(own_system.processes()) == 3, seconds=30, what="trzy procesy")
    # The supervisor, the web server with two workers, the worker and the scheduler, of which the first one is the parent.
    until(lambda: len(own_system.family()) >= 5, seconds=30, what="pięć procesów pod nadzorcą")
    family = own_system.family()
    assert own_system.stop() == 0
    until(lambda: not any(map(is_running, family)), seconds=5, what="wszystkie procesy zatrzymane")
