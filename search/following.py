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
from search.generations import IndexBusy
from search.indexer import Indexer

logger = logging.getLogger(__name__)

EMBEDDED_SECONDS = 0.01
PAUSE_AFTER_AN_ERROR = 2.0
REST_AFTER = 50
"""Rounds without news after which the embedded index is given back: about half a second."""
Seen = tuple[int, datetime.date]
"""Sequence and day up to which an index is complete."""


def follow(stop: threading.Event) -> None:
    """Keep the indexes up to date until `stop` is set."""
    beside: threading.Thread | None = None
    if settings.SEARCH_URL:
        # With these comes a client library that the embedded index does not need.
        from search.following_server import follow_server
        from search.mirror import mirror_of

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


def drop_stale_connections() -> None:
    """Close connections that broke or are too old, as Django does between requests; never inside a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
