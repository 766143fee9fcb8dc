"""Checking addresses against a server of the test's own; nothing leaves the machine."""

from __future__ import annotations

import datetime
import http.server
import threading
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from service_catalog.link_checking import Outcome, Unreachable, ask, check_links, due_addresses, is_public
from service_catalog.models import CardChannel, LinkCheck
from tests.service_catalog.builders import write_catalogue

MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


class _Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/dalej":
            self.send_response(302)
            self.send_header("Location", "/jest")
        elif self.path == "/wkolo":
            self.send_response(301)
            self.send_header("Location", "/wkolo")
        else:
            self.send_response({"/jest": 200, "/nie-ma": 404, "/zepsute": 500, "/dla-swoich": 403}[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of a small web server."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "works", "gone"),
    [("/jest", True, False), ("/dalej", True, False), ("/dla-swoich", True, False), ("/nie-ma", False, True),
     ("/zepsute", False, False), ("/wkolo", False, False)],
)  # fmt: skip
def test_an_answer_is_judged(server: str, path: str, works: bool, gone: bool) -> None:
    outcome = ask(server + path, may_ask=lambda host: True)
    assert (outcome.works, outcome.gone) == (works, gone)
    assert works or outcome.words


def test_a_server_that_is_down_is_said_in_words() -> None:
    assert ask("http://127.0.0.1:1/", may_ask=lambda host: True) == Outcome(works=False, words="serwer nie odpowiada")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/x", "http://10.0.0.1/"]
)
def test_the_own_network_is_never_asked(url: str) -> None:
    assert "wewnętrznej" in ask(url).words


@pytest.mark.parametrize("url", ["ftp://x.pl/", "file:///etc/passwd", "https://", "nic"])
def test_only_web_addresses_are_asked(url: str) -> None:
    assert ask(url).words == "to nie jest adres strony"


def test_an_unknown_host_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        is_public("nie-ma-takiego.invalid")


@pytest.mark.django_db
def test_results_are_stored_counted_and_forgotten() -> None:
    write_catalogue("uw-rzeszow")
    CardChannel.objects.filter(channel="internet").update(url="https://usluga.gov.pl/x")
    assert due_addresses(moment=MOMENT) == ["https://usluga.gov.pl/x"]
    for day in range(3):
        check_links(due_addresses(moment=MOMENT + datetime.timedelta(days=day)), moment=MOMENT + datetime.timedelta(days=day),
                    asking=lambda url: Outcome(works=False, words="serwer nie odpowiada"))  # fmt: skip
        assert LinkCheck.objects.get().dead == (day == 2)
    assert due_addresses(moment=MOMENT + datetime.timedelta(days=2, hours=1)) == []
    check_links(["https://usluga.gov.pl/x"], moment=MOMENT, asking=lambda url: Outcome(works=True))
    assert not LinkCheck.objects.get().dead
    CardChannel.objects.update(url="")
    check_links([], moment=MOMENT)
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_names_that_lead_nowhere_are_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    write_catalogue("uw-rzeszow")
    assert CardChannel.objects.filter(url="https://paszport.example").exists()
    assert due_addresses(moment=MOMENT) == []
    call_command("check_links")
    assert "Sprawdzono adresów: 0." in capsys.readouterr().out
