"""Which server answers searches, and whether it may: it has to know everything that the embedded index knows.

The process that keeps the server's index writes a report beside the embedded index; processes that answer read it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings

from search.analysis import ANALYSIS_VERSION
from search.documents import DOCUMENT_FORMAT
from search.engines.protocol import Engine
from search.engines.server_address import ServerAddress, server_address
from search.generations import State, replace
from search.guard import DEADLINE, Guard

REPORT = "server.json"
GRACE_SECONDS = 2.0
"""How long the server's index may be behind the embedded one after a change."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How far the server's index has seen the log. `trouble` is why it may not answer; empty when it may."""

    address: str
    sequence: int = 0
    day: str = ""
    document_format: int = 0
    analysis_version: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Server:
    """The configured server as this process sees it."""

    address: ServerAddress
    engine: Engine
    guard: Guard


def configured() -> Server | None:
    """The server of `SEARCH_URL`, None when only the embedded engine is used."""
    return _server(settings.SEARCH_URL) if settings.SEARCH_URL else None


def may_answer(server: Server, state: State, *, root: Path, loaded_at: float) -> bool:
    """Whether the server has seen what the embedded index of this state has; a fresh change is waited for a little.

    `loaded_at` is the monotonic time since when this process knows the state.
    """
    report = read_report(root)
    if report is None or report.trouble or report.address != name_of(server.address):
        return False
    if (report.document_format, report.analysis_version) != (DOCUMENT_FORMAT, ANALYSIS_VERSION):
        return False
    behind = report.sequence < state.sequence or report.day != state.day
    return not behind or time.monotonic() - loaded_at < GRACE_SECONDS


def name_of(address: ServerAddress) -> str:
    """The address without user and password."""
    return f"{address.url.rpartition('@')[2].rpartition('/')[2]}/{address.alias}"


def read_report(root: Path) -> Report | None:
    """The last report, None when there is none."""
    path = root / REPORT
    try:
        status = path.stat()
        return _decoded(path, status.st_ino, status.st_mtime_ns)
    except (OSError, msgspec.MsgspecError):
        return None


def write_report(root: Path, report: Report) -> None:
    """Replace the report, unless it says the same already."""
    root.mkdir(parents=True, exist_ok=True)
    if read_report(root) != report:
        replace(root / REPORT, msgspec.json.encode(report))


@lru_cache(maxsize=4)
def _decoded(path: Path, inode: int, changed: int) -> Report:
    """The report in a file of this identity."""
    return msgspec.json.decode(path.read_bytes(), type=Report)


@lru_cache(maxsize=4)
def _server(search_url: str) -> Server:
    """One client and one circuit breaker per process."""
    # With these comes a client library that the embedded engine does not need.
    from search.engines.elasticsearch_engine import ElasticsearchEngine
    from search.engines.elasticsearch_server import connect

    address = server_address(search_url)
    engine = ElasticsearchEngine(connect(address, timeout_seconds=DEADLINE), address.alias)
    return Server(address, engine, Guard())
