"""The real system in processes of its own: prepared data, supervisor, web server, worker and scheduler on a free port."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.waiting import until

PROJECT = Path(__file__).resolve().parents[2]
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class System:
    """One installation: a data directory, and the processes when it runs."""

    def __init__(self, data: Path) -> None:
        """Choose a port; nothing is started yet."""
        self.data = data
        self.port = free_port()
        self.supervisor: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Address of the web server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Settings of every process: only what an administrator would set."""
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return inherited | {
            "OKIENKO_DATA": str(self.data),
            "BIND": f"127.0.0.1:{self.port}",
            "PUBLIC_ADDRESS": self.address,
            "WEB_WORKERS": "2",
        }

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py`."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)

    def passwords(self) -> dict[str, str]:
        """Demonstration accounts with their passwords."""
        found: dict[str, str] = json.loads((self.data / "demo_accounts.json").read_text(encoding="utf-8"))
        return found

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Read the database directly."""
        with closing(
            sqlite3.connect(f"file:{self.data / 'okienko.sqlite3'}?mode=ro", uri=True, timeout=20)
        ) as connection:
            return connection.execute(query, values).fetchall()

    def start(self) -> None:
        """Start the supervisor and wait until the home page answers."""
        with (self.data / "system.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "ops/supervisor.py"], cwd=PROJECT, env=self.environment, stdout=log, stderr=log
            )
        until(self.answers, seconds=60, what="serwer odpowiada")

    def answers(self) -> bool:
        """Whether the home page answers with 200."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/")
                return connection.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                return False

    def processes(self) -> dict[str, int]:
        """Process numbers of the supervisor's children by what they run."""
        assert self.supervisor is not None
        found = {}
        for number in _children(self.supervisor.pid):
            words = _command_line(number)
            for name in ("gunicorn", "run_worker", "run_scheduler"):
                if name in words:
                    found[name] = number
        return found

    def family(self) -> set[int]:
        """Process numbers of everything below the supervisor."""
        assert self.supervisor is not None
        return set(_descendants(self.supervisor.pid))

    def stop(self) -> int:
        """Stop with Ctrl-C; return the exit code of the supervisor."""
        assert self.supervisor is not None
        self.supervisor.send_signal(signal.SIGINT)
        return self.supervisor.wait(timeout=30)


def _children(parent: int) -> list[int]:
    """Direct children of a process, from the kernel."""
    try:
        return [int(number) for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _descendants(parent: int) -> Iterator[int]:
    for child in _children(parent):
        yield child
        yield from _descendants(child)


def _command_line(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def is_running(number: int) -> bool:
    """Whether a process runs (a dead one that nobody waited for does not)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def running(system: System) -> Iterator[System]:
    """Start the system and stop it at the end."""
    try:
        system.start()
        yield system
    finally:
        if system.supervisor is not None and system.supervisor.poll() is None:
            system.stop()
