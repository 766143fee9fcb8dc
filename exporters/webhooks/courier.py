"""The courier: one attempt per receiver at a time, in a thread of its own, so that a receiver who hangs holds up nobody else."""

from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from django.db import close_old_connections

from exporters.webhooks.models import WebhookDelivery, WebhookReceiver
from exporters.webhooks.queue import enqueue, next_letter, note
from exporters.webhooks.sending import SECONDS, Letter, Outcome, send

THREADS = 32
"""Receivers served at the same time."""
PAUSE = 1.0
"""Seconds between looks at the log."""
logger = logging.getLogger(__name__)

Clock = Callable[[], datetime.datetime]


class Courier:
    """Sends what is due. The database is used by the calling thread only; the threads do nothing but send."""

    def __init__(self, *, clock: Clock, seconds: float = SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="webhook")
        self._under_way: dict[Future[Outcome], WebhookDelivery] = {}

    def follow(self, stop: threading.Event) -> None:
        """Work until told to stop. An error is logged and tried again."""
        while not stop.is_set():
            close_old_connections()
            try:
                self.round()
            except Exception:
                logger.exception("Wysyłanie powiadomień nie powiodło się; następna próba za %s s.", PAUSE)
            stop.wait(PAUSE)
        self.close()

    def round(self) -> None:
        """Queue what is new, start what is due, take the outcomes that are there."""
        enqueue(moment=self._clock())
        self._start()
        while self._take():
            self._start()

    def settle(self) -> None:
        """Rounds until nothing is under way and nothing is due."""
        self.round()
        while self._under_way:
            wait(self._under_way, return_when=FIRST_COMPLETED)
            self.round()

    def close(self) -> None:
        """Wait for no attempt: what was not noted is sent again after its lease."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        busy = {delivery.receiver_id for delivery in self._under_way.values()}
        for receiver in WebhookReceiver.objects.filter(active=True).exclude(pk__in=busy):
            found = next_letter(receiver, moment=self._clock())
            if found:
                delivery, letter = found
                self._under_way[self._pool.submit(self._send, letter)] = delivery

    def _send(self, letter: Letter) -> Outcome:
        return send(letter, timestamp=int(self._clock().timestamp()), seconds=self._seconds)

    def _take(self) -> bool:
        """Note the outcomes that are there; whether there were any."""
        done = [future for future in self._under_way if future.done()]
        for future in done:
            delivery = self._under_way.pop(future)
            note(delivery, future.result(), moment=self._clock())
        return bool(done)
