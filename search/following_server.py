"""Keeping the index on a search server equal to the log, in a thread of its own beside the embedded one."""

from __future__ import annotations

import logging
import threading

from publication.calendar import today
from publication.reading import head_sequence
from search.engines.protocol import EngineUnavailable
from search.following import PAUSE_AFTER_AN_ERROR, Seen, drop_stale_connections
from search.generations import IndexBusy
from search.mirror import Mirror, report_trouble

logger = logging.getLogger(__name__)

SERVER_SECONDS = 0.1
CHECKED_EVERY = 30
"""Rounds without news after which the server is asked whether its index is still whole."""


def follow_server(stop: threading.Event, mirror: Mirror, interval_seconds: float = SERVER_SECONDS) -> None:
    """Keep the server's index up to date. While that fails, the processes that answer are told to do without it."""
    seen: Seen | None = None
    quiet = troubled = 0
    while not stop.is_set():
        try:
            drop_stale_connections()
            day = today()
            quiet = 0 if seen != (head_sequence(), day) else quiet + 1
            if seen is None or quiet == 0:
                seen = (mirror.bring_up(on=day, whole=seen is None).sequence, day)
            elif quiet >= CHECKED_EVERY:
                quiet, seen = 0, seen if mirror.in_step() else None
            troubled = 0
        except IndexBusy:
            logger.info("Indeks na serwerze zapisuje inny proces; czekam.")
        except EngineUnavailable as unavailable:
            if not troubled:
                logger.warning("%s Do tego czasu odpowiada wyszukiwarka wbudowana.", unavailable)
            seen, troubled = None, troubled + 1
            report_trouble(mirror.address, str(unavailable))
            stop.wait(PAUSE_AFTER_AN_ERROR)
        except Exception:  # the loop must outlive a lost database
            logger.exception("Nie udało się uzupełnić indeksu na serwerze; spróbuję ponownie.")
            seen = None
            drop_stale_connections()
            stop.wait(PAUSE_AFTER_AN_ERROR)
        stop.wait(interval_seconds)
    drop_stale_connections()
