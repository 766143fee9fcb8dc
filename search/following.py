"""The process that keeps the indexes equal to the log: the embedded one, and beside it the one on a server.

The log is asked for its last number a hundred times a second: that costs a twentieth of a millisecond, needs nothing from the
publishing side, and works the same on both databases. The server has a thread of its own, so that it holds up nothing.
"""

from __future__ import annotations

import datetime
import logging
import threading

from django.conf import settings
from django.db import connections

from publication.calendar import today
from publication.reading import head_sequence
from search.engines.elasticsearch_server import EngineUnavailable
from search.generations import IndexBusy
from search.indexer import Indexer
from search.mirror import Mirror, mirror_of, report_trouble

logger = logging.getLogger(__name__)

EMBEDDED_SECONDS = 0.01
SERVER_SECONDS = 0.1
PAUSE_AFTER_AN_ERROR = 2.0
REST_AFTER = 50
"""Rounds without news after which the embedded index is given back: about half a second."""
CHECKED_EVERY = 30
"""Rounds without news after which the server is asked whether its index is still whole."""

Seen = tuple[int, datetime.date]
"""Sequence and day up to which an index is complete."""


def follow(stop: threading.Event) -> None:
    """Keep the indexes up to date until `stop` is set."""
    beside: threading.Thread | None = None
    if settings.SEARCH_URL:
        beside = threading.Thread(
            target=follow_server, args=(stop, mirror_of(settings.SEARCH_URL)), name="search-server", daemon=True
        )
        beside.start()
    follow_embedded(stop)
    if beside is not None:
        beside.join(timeout=5)


def follow_embedded(
    stop: threading.Event, interval_seconds: float = EMBEDDED_SECONDS, *, rest_after: int = REST_AFTER
) -> None:
    """Keep the embedded index up to date. Errors are logged, and the work is tried again.

    After `rest_after` rounds without news the index is given back, so that a command may write it.
    """
    indexer = Indexer()
    seen: Seen | None = None
    quiet = 0
    while not stop.is_set():
        try:
            drop_stale_connections()
            day = today()
            if seen != (head_sequence(), day):
                seen, quiet = (indexer.catch_up(on=day).sequence, day), 0
            elif not indexer.resting:
                quiet += 1
                if quiet >= rest_after:
                    indexer.rest()
        except IndexBusy:
            logger.info("Indeks wyszukiwarki zapisuje inny proces; czekam.")
            stop.wait(interval_seconds * 10)
            continue
        except Exception:  # the loop must outlive a lost database, a full disk and a damaged index
            logger.exception("Nie udało się uzupełnić indeksu wyszukiwarki; spróbuję ponownie.")
            indexer.rest()
            drop_stale_connections()
            stop.wait(PAUSE_AFTER_AN_ERROR)
        stop.wait(interval_seconds)
    indexer.rest()
    drop_stale_connections()


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


def drop_stale_connections() -> None:
    """Close connections that broke or are too old, as Django does between requests; never inside a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
