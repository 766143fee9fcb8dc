"""Publishing while the search server does not answer: by the clock, beside publishing without such a server.

The whole system runs beside it, so that whatever the other processes do about the missing server is part of the figure. Two
servers that are down are tried: one that refuses connections, and one that takes them and never says a word.
"""

from __future__ import annotations

import os
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from benchmarks.editorial import agree, largest_office
from benchmarks.measuring import Measurement
from benchmarks.running import running_system
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficeCard

PUBLICATIONS = 12
WARM_UP = 2


def measurements() -> list[Measurement]:
    """Median milliseconds that a publication takes longer.

    There and back again, so that a machine that grows busier shows in all of them.
    """
    sync_rights()
    found: dict[str, list[float]] = {"": []}
    with _closed_port() as refusing, _silent_server() as silent:
        for address in ("", refusing, silent, silent, refusing, ""):
            found.setdefault(address, []).extend(_publications(address))
        without = statistics.median(found[""])
        return [
            Measurement(
                name=f"publikacja dłuższa, gdy serwer wyszukiwarki {what}",
                value=statistics.median(found[address]) - without,
                unit="ms",
                target=50.0,
                baseline="cała publikacja bez serwera",
                baseline_value=without,
            )
            for address, what in ((refusing, "odmawia połączeń"), (silent, "milczy"))
        ]


def _publications(address: str) -> Iterator[float]:
    """Milliseconds of each publication of an office card, checks and editions included."""
    os.environ["SEARCH_URL"] = address
    try:
        with running_system(), override_settings(SEARCH_URL=address):
            for number in range(WARM_UP + PUBLICATIONS):
                milliseconds = _publish(f"+48 22 555 {time.monotonic_ns() % 10_000:04d}")
                if number >= WARM_UP:
                    yield milliseconds
    finally:
        del os.environ["SEARCH_URL"]


def _publish(phone: str) -> float:
    card = OfficeCard.objects.filter(live=True, path__startswith=largest_office().path).order_by("pk")[0]
    card.pickup = phone
    revision = card.save_revision(clean=False)
    agree(card, revision)
    started = time.perf_counter()
    revision.publish()
    return (time.perf_counter() - started) * 1000


@contextmanager
def _closed_port() -> Iterator[str]:
    """A port that belongs to nobody else and refuses connections: bound, and not listened on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/okienko"


@contextmanager
def _silent_server() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/okienko"
