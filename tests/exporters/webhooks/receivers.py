"""Real receivers on this machine: one that takes everything, and ones that misbehave."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Received(NamedTuple):
    headers: dict[str, str]
    body: bytes


class Receiver:
    """An HTTP server with an answer that can be changed and a list of what came."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.letters: list[Received] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                outer.letters.append(Received(dict(self.headers.items()), content))
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", outer.address)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/przyjmij?x=1"

    @property
    def bodies(self) -> list[bytes]:
        return [letter.body for letter in self.letters]


@contextlib.contextmanager
def receiver(status: int = 200) -> Iterator[Receiver]:
    made = Receiver(status)
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()


def hangs(connection: socket.socket, over: threading.Event) -> None:
    over.wait()


def drips(connection: socket.socket, over: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while not over.wait(0.02):
            connection.sendall(b"H")


def resets(connection: socket.socket, over: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def talks_nonsense(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"to nie jest HTTP\r\n\r\n")


@contextlib.contextmanager
def misbehaving(how: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Address of a server that treats every connection badly."""
    over = threading.Event()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)

        def treat(connection: socket.socket) -> None:
            with connection:
                how(connection, over)

        def serve() -> None:
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = listening.accept()
                    threads.append(threading.Thread(target=treat, args=(connection,), daemon=True))
                    threads[-1].start()

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            over.set()
            serving.join()
            for thread in threads:
                thread.join()
