"""The whole system in processes of its own, as it runs in service, for measurements from outside."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.measuring import PROJECT


@dataclass(frozen=True)
class RunningSystem:
    """The supervisor's process number and the port of the web server."""

    supervisor: int
    port: int

    def connection(self) -> http.client.HTTPConnection:
        """A new connection to the web server."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)


@contextmanager
def running_system() -> Iterator[RunningSystem]:
    """Start web server with two workers, worker and scheduler on a free port; stop them at the end."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "ops/supervisor.py"],
        cwd=PROJECT,
        env=os.environ | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "LOG_LEVEL": "ERROR"},
        stderr=subprocess.DEVNULL,
    )
    system = RunningSystem(process.pid, port)
    try:
        _wait(system)
        yield system
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(system: RunningSystem) -> None:
    """Until the server answers; at most half a minute."""
    for _ in range(150):
        try:
            connection = system.connection()
            connection.request("GET", "/o-serwisie/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("Serwer nie wystartował w 30 sekund.")
