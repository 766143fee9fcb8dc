"""Starts web server, worker and scheduler, restarts what dies, and stops everything together.

Needs nothing but the standard library, so that it can say in plain words when something of the rest is missing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 10.0
SHORTEST_LIFE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 30.0


class Child:
    """One process that is to run all the time."""

    def __init__(self, name: str, command: list[str]) -> None:
        """Remember what to run."""
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0
        self.due = 0.0

    def start(self) -> None:
        """Start the process in its own group, so that Ctrl-C reaches only the supervisor, which then stops all."""
        self.process = subprocess.Popen(self.command, cwd=PROJECT, start_new_session=True)
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start again what has ended; wait longer each time it dies at once."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            short = now - self.started < SHORTEST_LIFE_SECONDS
            self.pause = min(LONGEST_PAUSE_SECONDS, max(1.0, self.pause * 2)) if short else 0.0
            self.due = now + self.pause
            self.process = None
            print(
                f"Proces „{self.name}” zakończył się (kod {code}). Uruchamiam go ponownie.", file=sys.stderr, flush=True
            )
        if self.process is None and now >= self.due:
            self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and everything it started."""
        if self.process is not None and self.process.poll() is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def children(address: str, workers: str) -> list[Child]:
    """The three processes of the system."""
    python = sys.executable
    web = [
        python, "-m", "gunicorn", "config.wsgi:application", "--bind", address, "--workers", workers, "--threads", "4",
        "--worker-class", "config.web_worker.Worker", "--limit-request-line", "8190", "--preload",
        "--max-requests", "20000", "--max-requests-jitter", "2000",
        "--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning", "--worker-tmp-dir", "/dev/shm",
    ]  # fmt: skip
    return [
        Child("serwer WWW", web),
        Child("zadania w tle", [python, "manage.py", "run_worker", "--verbosity", "0"]),
        Child("harmonogram i indeks", [python, "manage.py", "run_scheduler"]),
    ]


def run(family: list[Child]) -> int:
    """Look after the children until a signal comes; then stop them, hard after ten seconds."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not stopping:
        for child in family:
            child.look_after()
        time.sleep(0.2)
    for child in family:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(child.process and child.process.poll() is None for child in family):
        time.sleep(0.1)
    for child in family:
        child.signal(signal.SIGKILL)
    return 0


if __name__ == "__main__":
    sys.exit(run(children(os.environ.get("BIND", "127.0.0.1:8000"), os.environ.get("WEB_WORKERS", "2"))))
