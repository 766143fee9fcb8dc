from __future__ import annotations

import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from search import following_server, indexer
from search.analysis import ANALYSIS_VERSION
from search.documents import DOCUMENT_FORMAT, FACETS
from search.engines.protocol import EngineUnavailable, Filters
from search.finding import Question, find
from search.guard import FIRST_PAUSE, Guard
from search.management.commands import search_index
from search.mirror import mirror_of, report_trouble
from search.planner import Plan
from search.server import Report, configured, name_of, write_report
from search.verification import differences_on_server
from tests.search import catalogue
from tests.servers.elasticsearch import free_port, own_node

LONGEST_SECONDS = 0.8
LONGEST_RECOVERY_SECONDS = 60.0
TODAY = catalogue.TODAY
QUESTION = Question(text="paszport dla dziecka", facets=True)


@contextmanager
def strange_server(answer: bytes, *, byte_by_byte: bool = False) -> Iterator[str]:
    """A TCP server that sends the same bytes to everybody, or one of them every tenth of a second."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def converse(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                for number in range(len(answer) if byte_by_byte else 0):
                    connection.sendall(answer[number : number + 1])
                    if stop.wait(0.1):
                        return
                connection.sendall(b"" if byte_by_byte else answer)
            except OSError:
                return

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/okienko"
    finally:
        stop.set()
        serving.join()
        listener.close()


def http(body: bytes, *, product: bytes = b"X-elastic-product: Elasticsearch\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + product
    return head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


STRANGE = {
    "not HTTP": b"\x00\xff garbage\r\n\r\n",
    "another product": http(b"{}", product=b""),
    "no JSON": http(b"<html>"),
    "JSON of another shape": http(b'{"hits": 7}'),
    "an empty object": http(b"{}"),
    "a cut answer": http(b'{"hits": {}}')[:-5],
    "some shards failed": http(
        b'{"timed_out": false, "_shards": {"failed": 1}, "hits": {"total": {"value": 0}, "hits": []}}'
    ),
    "nothing": b"",
}


@contextmanager
def trusted(settings: Settings, search_url: str) -> Iterator[None]:
    """The server is chosen, and the report says that its index is complete."""
    settings.SEARCH_URL = search_url
    server = configured()
    assert server is not None
    write_report(
        indexer.index_root(),
        Report(
            address=name_of(server.address),
            sequence=10_000,
            day=TODAY.isoformat(),
            document_format=DOCUMENT_FORMAT,
            analysis_version=ANALYSIS_VERSION,
        ),
    )
    yield


def assert_degraded_in_time() -> None:
    started = time.monotonic()
    answer = find(QUESTION)

    assert time.monotonic() - started <= LONGEST_SECONDS
    assert (answer.degraded, answer.hits[0].symbol) == (True, "UW-PAS-002")
    assert answer.facets["office_type"]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("answer", STRANGE.values(), ids=list(STRANGE))
def test_garbage_is_replaced_by_the_embedded_answer(settings: Settings, answer: bytes) -> None:
    with strange_server(answer) as url, trusted(settings, url):
        for _ in range(3):
            assert_degraded_in_time()


@pytest.mark.usefixtures("indexed")
def test_a_server_that_sends_a_byte_now_and_then_holds_nobody_up(settings: Settings) -> None:
    with strange_server(http(b"{" + b" " * 500), byte_by_byte=True) as url, trusted(settings, url):
        for _ in range(3):
            assert_degraded_in_time()


@pytest.mark.usefixtures("indexed")
def test_a_missing_server_is_replaced_and_publishing_does_not_notice(settings: Settings) -> None:
    with trusted(settings, f"http://127.0.0.1:{free_port()}/okienko"):
        assert_degraded_in_time()
        started = time.monotonic()
        catalogue.append(catalogue.tombstone(catalogue.GUN))
        assert time.monotonic() - started < 0.5
        indexer.catch_up(on=TODAY)
        assert find(Question(text="pozwolenie na broń")).total == 0


@pytest.mark.usefixtures("indexed")
def test_without_a_report_the_server_is_not_asked(settings: Settings) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{free_port()}/okienko"
    assert_degraded_in_time()


def test_the_guard_leaves_a_failing_server_alone_and_tries_again() -> None:
    now, tried = [0.0], []
    guard = Guard(deadline_seconds=1.0, clock=lambda: now[0])

    def fail() -> None:
        tried.append(now[0])
        raise EngineUnavailable("x")

    for moment in (0.0, 0.1, FIRST_PAUSE + 0.1, FIRST_PAUSE + 0.2, FIRST_PAUSE + 0.1 + 2 * FIRST_PAUSE + 0.1):
        now[0] = moment
        with pytest.raises(EngineUnavailable):
            guard.call(fail)

    assert len(tried) == 3
    now[0] = 100.0
    assert guard.call(lambda: "well") == "well"
    assert guard.call(lambda: "again") == "again"


class Rounds(threading.Event):
    """A stop signal that comes after the story has been told; no time passes."""

    def __init__(self, steps: Iterator[None]) -> None:
        super().__init__()
        self._steps = steps

    def wait(self, timeout: float | None = None) -> bool:
        if next(self._steps, "end") == "end":
            self.set()
        return self.is_set()


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["clean stop", "kill -9"])
def test_stop_restart_and_recovery(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, how: signal.Signals
) -> None:
    """The server goes, editions are recorded meanwhile, it comes back: its index is identical without a command."""
    monkeypatch.setattr(following_server, "today", lambda: TODAY)
    monkeypatch.setattr(search_index, "today", lambda: TODAY)
    degraded: list[bool] = []
    back: list[float] = []
    with own_node() as node, caplog.at_level(logging.ERROR):
        settings.SEARCH_URL = f"{node.url}/okienko"
        mirror = mirror_of(settings.SEARCH_URL)

        def story() -> Iterator[None]:
            # A server that has just started compiles its code first; the patient client waits for that.
            mirror.engine().retrieve(Plan(""), Filters(), 10)
            mirror.engine().facets(Plan(""), Filters(), FACETS)
            degraded.append(find(QUESTION).degraded)
            node.stop(how)
            catalogue.append(catalogue.tombstone(catalogue.GUN))
            indexer.catch_up(on=TODAY)
            assert_degraded_in_time()
            yield
            degraded.append(find(QUESTION).degraded)
            node.start()
            back.append(time.monotonic())
            yield
            yield

        following_server.follow_server(Rounds(story()), mirror)
        assert time.monotonic() - back[0] <= LONGEST_RECOVERY_SECONDS
        assert degraded == [False, True]
        call_command("search_index", "verify", stdout=StringIO())
        assert differences_on_server(mirror.engine(), on=TODAY) == []
        assert mirror.engine().count() == 8


@pytest.mark.usefixtures("indexed")
def test_trouble_that_the_indexer_reports_keeps_the_server_unasked(settings: Settings) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{free_port()}/okienko"
    report_trouble(mirror_of(settings.SEARCH_URL).address, "nie odpowiada")
    assert_degraded_in_time()


@pytest.mark.usefixtures("indexed")
def test_the_page_and_the_api_say_that_the_embedded_engine_answers(settings: Settings, client: Client) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{free_port()}/okienko"

    html = client.get("/szukaj/", {"q": "paszport"}).content.decode()
    assert "Wyszukiwarka działa teraz w trybie zastępczym." in html
    assert "UW-PAS-001" in html
    assert client.get("/api/v1/search", {"q": "paszport"}).json()["degraded"] is True

    settings.SEARCH_URL = ""
    assert "trybie zastępczym" not in client.get("/szukaj/", {"q": "paszport"}).content.decode()
