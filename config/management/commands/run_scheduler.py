"""The process that follows the edition log into the search index and does what is due from time to time."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cms.background_tasks import sweep
from cms.editorial.reviews import mark_what_is_due
from exporters.webhooks.courier import Courier
from exporters.webhooks.queue import forget_old
from governance import daily
from publication.calendar import today
from search import past_queries
from search.following import follow
from search.query_log import take_over

EVERY_SECONDS = 30
LINKS_AT_ONCE = 3
"""Addresses checked in one round, so that a slow server keeps other work waiting for half a minute at most."""
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Search indexer in the main thread, periodic work beside it."""

    help = (
        "Uruchamia proces, który dopisuje nowe wydania do indeksu wyszukiwarki, publikuje strony z ustawioną godziną, "
        "przywraca porzucone zadania w tle, zlicza, czego szukano, pilnuje terminów i wysyła powiadomienia ludziom "
        "i programom. Ctrl-C kończy."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes."""
        stop = threading.Event()

        def finish(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGINT, finish)
        signal.signal(signal.SIGTERM, finish)
        periodic = threading.Thread(target=_periodic, args=(stop,), name="periodic", daemon=True)
        periodic.start()
        courier = threading.Thread(target=Courier(clock=timezone.now).follow, args=(stop,), name="courier", daemon=True)
        courier.start()
        follow(stop)


def _periodic(stop: threading.Event) -> None:
    """What is due every half minute. Each job is on its own: an error is logged and keeps no other job from its turn."""
    while not stop.wait(EVERY_SECONDS):
        for job in JOBS:
            close_old_connections()
            try:
                job()
            except Exception:
                logger.exception(
                    "Praca okresowa (%s) nie powiodła się; następna próba za %s s.", job.__name__, EVERY_SECONDS
                )
            close_old_connections()


def publish_scheduled() -> None:
    """Pages with an hour set in Wagtail."""
    call_command("publish_scheduled", verbosity=0)


def retry_tasks() -> None:
    """Tasks that a dead worker left, and failed ones."""
    sweep(moment=timezone.now())


def move_pages_that_are_due() -> None:
    """Reviews, scheduled versions and expired pages whose day has come."""
    mark_what_is_due(moment=timezone.now())


def count_searches() -> None:
    """What was searched for, into the query log, and from there into suggestions."""
    if take_over(on=today()):
        past_queries.write()


def check_some_links() -> None:
    """A few addresses of services, when that is switched on."""
    if settings.LINK_CHECKS:
        call_command("check_links", limit=LINKS_AT_ONCE, verbosity=0)


def look_after_people() -> None:
    """Teams, tasks in time, notifications and mail."""
    daily.run(moment=timezone.now())


def forget_old_letters() -> None:
    """Delivered webhooks, after a month."""
    forget_old(moment=timezone.now())


JOBS: tuple[Callable[[], None], ...] = (
    publish_scheduled,
    retry_tasks,
    move_pages_that_are_due,
    count_searches,
    check_some_links,
    look_after_people,
    forget_old_letters,
)
