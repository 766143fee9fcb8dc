"""A real Elasticsearch for the tests, started from jars by `ops/elasticsearch/start-elasticsearch`.

One server per version serves the whole test run, also when several processes share the run; tests that stop or kill a
server start one of their own. Without a server the tests fail: a search that was never tried on one is not tested.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
START = PROJECT / "ops" / "elasticsearch" / "start-elasticsearch"
JARS = PROJECT / "build"
ALWAYS = "8.19.0"
NEWER = "9.5.3"
NEEDED_BY_NEWER = 21
HEAP = "256m"


class NoElasticsearch(RuntimeError):
    """No server could be started; the message says what the start script said."""


def jdk_versions() -> list[int]:
    """Versions of the Java compilers installed where Debian puts them."""
    found = []
    for compiler in Path("/usr/lib/jvm").glob("*/bin/javac"):
        said = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=False)
        if match := re.search(r"javac (\d+)", said.stdout + said.stderr):
            found.append(int(match.group(1)))
    return found


def versions() -> list[str]:
    """Server versions to test with: 8.19.0 always, 9.5.3 where a JDK for it is found."""
    return [ALWAYS, NEWER] if max(jdk_versions(), default=0) >= NEEDED_BY_NEWER else [ALWAYS]


@dataclass
class Node:
    """A server in its own directory. `url` stays the same over restarts."""

    version: str
    home: Path
    port: int

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers. Raises `NoElasticsearch`."""
        environment = {
            "ES_VERSION": self.version,
            "ES_JARS": str(JARS / f"elasticsearch-{self.version}"),
            "ES_HEAP": HEAP,
        }
        JARS.mkdir(exist_ok=True)
        with _alone(JARS / "elasticsearch.lock"):
            outcome = subprocess.run(
                [START, self.home, str(self.port)],
                env=os.environ | environment,
                capture_output=True,
                text=True,
                check=False,
            )
        if outcome.returncode:
            raise NoElasticsearch(f"Elasticsearch {self.version} nie wystartował. {outcome.stdout}{outcome.stderr}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop or kill, and wait until it is gone."""
        pid = int((self.home / "pid").read_text(encoding="ascii"))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and _runs(pid):
                time.sleep(0.05)
            os.kill(pid, signal.SIGKILL)


def _runs(pid: int) -> bool:
    """Whether a process runs; one that ended and was not collected does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@contextmanager
def own_node(version: str = ALWAYS) -> Iterator[Node]:
    """A server for one test."""
    with tempfile.TemporaryDirectory(prefix="okienko-elasticsearch-", ignore_cleanup_errors=True) as directory:
        node = Node(version, Path(directory), free_port())
        node.start()
        try:
            yield node
        finally:
            node.stop(signal.SIGKILL)


@contextmanager
def shared_node(version: str) -> Iterator[Node]:
    """The one server of this version in this test run: the first process starts it, the last one stops it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"single-{os.getpid()}")
    home = Path(tempfile.gettempdir()) / f"okienko-elasticsearch-{run}-{version}"
    home.mkdir(exist_ok=True)
    with _alone(home / "users.lock"):
        port, users = _read_users(home)
        node = Node(version, home, port or free_port())
        if not users:
            node.start()
        _write_users(home, node.port, users + 1)
    try:
        yield node
    finally:
        with _alone(home / "users.lock"):
            _, users = _read_users(home)
            _write_users(home, node.port, users - 1)
            if users == 1:
                node.stop(signal.SIGKILL)
                shutil.rmtree(home, ignore_errors=True)


def _read_users(home: Path) -> tuple[int, int]:
    try:
        port, users = (home / "users").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return 0, 0
    return int(port), int(users)


def _write_users(home: Path, port: int, users: int) -> None:
    (home / "users").write_text(f"{port} {users}", encoding="ascii")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """A port of the loopback interface on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session", params=versions())
def elasticsearch(request: pytest.FixtureRequest) -> Iterator[Node]:
    """A real server, of each version that can be run here."""
    with shared_node(request.param) as node:
        yield node


@pytest.fixture
def search_url(elasticsearch: Node) -> str:
    """An address with an alias that no other test uses."""
    return f"{elasticsearch.url}/test-{uuid.uuid4().hex[:12]}"
