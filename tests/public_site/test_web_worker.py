"""What the web server itself refuses, with the options that it runs with in service."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    """A listening socket, served as the supervisor serves the site, but with a small application of the standard library."""
    module = importlib.util.spec_from_file_location("supervisor", PROJECT / "ops" / "supervisor.py")
    assert module is not None
    assert module.loader is not None
    supervisor = importlib.util.module_from_spec(module)
    module.loader.exec_module(supervisor)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        web = supervisor.children(f"fd://{listening.fileno()}", "1")[0]
        command = [
            "wsgiref.simple_server:demo_app" if part == "config.wsgi:application" else part for part in web.command
        ]
        process = subprocess.Popen(command, cwd=PROJECT, pass_fds=[listening.fileno()])
        yield listening
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def answer(server: socket.socket, target: str) -> tuple[int, str, str]:
    """Status, content type and body; the connection waits in the queue until the server is there."""
    with socket.create_connection(server.getsockname(), timeout=60) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        received = b""
        while piece := connection.recv(65_536):
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    kind = next(line.partition(": ")[2] for line in lines if line.lower().startswith("content-type"))
    return int(first.split()[1]), kind, body.decode()


@pytest.mark.parametrize("length", [9_000, 60_000])
def test_an_address_too_long_for_the_server_is_refused_in_polish(server: socket.socket, length: int) -> None:
    status, kind, body = answer(server, f"/api/v1/search?q={'a' * length}")

    assert (status, kind) == (414, "application/problem+json; charset=utf-8")
    problem = json.loads(body)
    assert problem["status"] == 414
    assert "Adres jest za długi" in problem["detail"]
    assert "parametr „q”" in problem["detail"]


def test_an_address_that_our_own_gate_refuses_still_reaches_it(server: socket.socket) -> None:
    """The server's limit lies above ours, so that ours can name the parameter."""
    status, _, _ = answer(server, f"/api/v1/search?q={'a' * 8_050}")

    assert status == 200
