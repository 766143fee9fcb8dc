"""A deadline and a circuit breaker around an engine on a server.

The work runs in a thread, so that even a server that sends a byte now and then cannot hold up an answer. After a failure
the server is left alone for a while that doubles up to `LONGEST_PAUSE`; then one request tries it again.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as DeadlinePassed
from typing import TypeVar

from search.engines.protocol import EngineUnavailable

logger = logging.getLogger(__name__)

DEADLINE = 0.4
"""Seconds for everything that one question asks of the server; with the embedded answer after it, half of 800 ms."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 8.0
THREADS = 8

Answered = TypeVar("Answered")


class Guard:
    """Calls work on a server, or refuses at once while the server is left alone. Safe for several threads."""

    def __init__(self, *, deadline_seconds: float = DEADLINE, clock: Callable[[], float] = time.monotonic) -> None:
        self._deadline = deadline_seconds
        self._clock = clock
        self._changing = threading.Lock()
        self._pause = 0.0
        self._until = 0.0
        self._pool: tuple[int, ThreadPoolExecutor] | None = None

    def call(self, work: Callable[[], Answered]) -> Answered:
        """The outcome of the work. Raises `EngineUnavailable` when it fails, takes too long or is not tried."""
        self._enter()
        try:
            answered = self._threads().submit(work).result(timeout=self._deadline)
        except DeadlinePassed:
            self._failed(f"nie odpowiedział w {self._deadline * 1000:.0f} ms")
            raise EngineUnavailable("odpowiada za wolno") from None
        except EngineUnavailable as unavailable:
            self._failed(str(unavailable))
            raise
        self._pause = 0.0
        return answered

    def _enter(self) -> None:
        """Let one caller through after a pause: it sets the next one before it tries."""
        if not self._pause:
            return
        with self._changing:
            now = self._clock()
            if now < self._until:
                raise EngineUnavailable("niedawno nie odpowiadał")
            self._until = now + self._pause

    def _failed(self, reason: str) -> None:
        with self._changing:
            if not self._pause:
                logger.warning("Odpowiada wyszukiwarka wbudowana: %s", reason)
            self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
            self._until = self._clock() + self._pause

    def _threads(self) -> ThreadPoolExecutor:
        """Threads of this process: those of the process it was forked from are not there."""
        if self._pool is None or self._pool[0] != os.getpid():
            self._pool = (os.getpid(), ThreadPoolExecutor(THREADS, thread_name_prefix="search-server"))
        return self._pool[1]
