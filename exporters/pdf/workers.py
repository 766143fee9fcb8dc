"""Worker processes that make fragments: limited in memory and time, replaced after some hundred fragments.

Each finished fragment is on disk at once, so a build that is killed goes on where it stopped.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait

import msgspec
from django.conf import settings

from exporters.pdf.jobs import Job, RefusedPart, public_address
from exporters.pdf.store import FragmentStore
from exporters.pdf.worker import Setup

WORKERS = 2
FRAGMENTS_PER_WORKER = 250
SECONDS_PER_CARD = 60.0
SECONDS_PER_PART = 600.0
"""Contents and indexes of a book may be long."""
JOBS_IN_A_ROW = 16
"""Neighbouring jobs for one worker: cards of one service stand side by side, and a worker remembers their lines."""
EMPTY_POLL_SECONDS = 1.0


@dataclass
class _Worker:
    """One process with the job it works on."""

    connection: Connection
    process: subprocess.Popen[bytes]
    job: Job | None = None
    row: list[Job] = field(default_factory=list)
    """What it does next, the next one last."""
    deadline: float = 0.0
    done: int = 0

    @classmethod
    def start(cls, store: FragmentStore) -> _Worker:
        """Start a process and tell it where to keep fragments."""
        ours, theirs = Pipe()
        command = [sys.executable, "-m", "exporters.pdf.worker", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        setup = Setup(
            directory=str(store.directory), version=store.version, demo=settings.DEMO, address=public_address()
        )
        ours.send_bytes(msgspec.msgpack.encode(setup))
        return cls(ours, process)

    def give(self, job: Job, seconds: float | None) -> None:
        """Start work on a job."""
        limit = seconds or (SECONDS_PER_CARD if job.card else SECONDS_PER_PART)
        self.job, self.deadline = job, time.monotonic() + limit
        self.connection.send_bytes(msgspec.msgpack.encode(job))

    def answer(self) -> str:
        """What the worker says of its job: nothing, or a sentence of refusal. A dead worker ran out of memory."""
        assert self.job is not None
        try:
            sentence = self.connection.recv_bytes().decode()
        except (EOFError, ConnectionResetError):
            sentence = f"{self.job.name}: proces składania padł, zapewne zabrakło pamięci. Skróć treść."
        self.job, self.done = None, self.done + 1
        return sentence

    def stop(self) -> None:
        """End the process."""
        self.connection.close()
        with suppress(OSError):
            self.process.kill()
        self.process.wait()


@dataclass
class Workers:
    """A team of worker processes for a number of jobs. Use it in a `with` block."""

    store: FragmentStore
    count: int = WORKERS
    per_worker: int = FRAGMENTS_PER_WORKER
    seconds: float | None = None
    _team: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *unused: object) -> None:
        for worker in self._team:
            worker.stop()
        self._team.clear()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes of the team."""
        return tuple(worker.process.pid for worker in self._team)

    def make(self, jobs: Iterable[Job], progress: Callable[[], object] = lambda: None) -> None:
        """Make and keep all fragments; `progress` is called after each. Raises `RefusedPart` at the first refusal."""
        waiting = self._rows(list(jobs))
        for worker in self._team:
            worker.row = []
        while waiting or any(worker.job or worker.row for worker in self._team):
            self._employ(waiting)
            for worker in self._answering():
                sentence = worker.answer()
                if sentence:
                    raise RefusedPart(sentence)
                progress()

    def _rows(self, jobs: list[Job]) -> list[list[Job]]:
        """Jobs in rows for one worker each, last first; short enough that nobody waits long for the others in the end."""
        length = max(1, min(JOBS_IN_A_ROW, len(jobs) // (4 * self.count)))
        return [jobs[start : start + length][::-1] for start in range(0, len(jobs), length)][::-1]

    def _employ(self, waiting: list[list[Job]]) -> None:
        """Give work to everyone who has none; replace who has done enough."""
        for worker in [one for one in self._team if one.job is None and one.done >= self.per_worker]:
            worker.stop()
            self._team.remove(worker)
            if worker.row:
                waiting.append(worker.row)
        idle = [worker for worker in self._team if worker.job is None]
        while idle or (waiting and len(self._team) < self.count):
            if not idle:
                idle.append(_Worker.start(self.store))
                self._team.extend(idle)
            worker = idle.pop()
            if not worker.row and waiting:
                worker.row = waiting.pop()
            if worker.row:
                worker.give(worker.row.pop(), self.seconds)

    def _answering(self) -> list[_Worker]:
        """Workers that have an answer. Raises `RefusedPart` when one is over its time."""
        busy = {worker.connection: worker for worker in self._team if worker.job}
        ready = wait(list(busy), timeout=EMPTY_POLL_SECONDS)
        if not ready:
            now = time.monotonic()
            for worker in busy.values():
                if worker.job and now > worker.deadline:
                    name = worker.job.name
                    worker.stop()
                    self._team.remove(worker)
                    raise RefusedPart(f"{name}: składanie stron trwało zbyt długo i zostało przerwane. Skróć treść.")
        return [busy[connection] for connection in ready if isinstance(connection, Connection)]
