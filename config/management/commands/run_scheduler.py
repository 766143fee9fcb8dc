"""The process that follows the edition log into the search index and does what is due from time to time."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cms.background_tasks import sweep
from search.following import follow

EVERY_SECONDS = 30
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Search indexer in the main thread, periodic work beside it."""

    help = (
        "Uruchamia proces, który dopisuje nowe wydania do indeksu wyszukiwarki, publikuje strony z ustawioną godziną "
        "i przywraca porzucone zadania w tle. Ctrl-C kończy."
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
        follow(stop)


def _periodic(stop: threading.Event) -> None:
    """What is due every half minute; an error is logged and does not end the process."""
    while not stop.wait(EVERY_SECONDS):
        close_old_connections()
        try:
            call_command("publish_scheduled", verbosity=0)
            sweep(moment=timezone.now())
        except Exception:
            logger.exception("Praca okresowa nie powiodła się; następna próba za %s s.", EVERY_SECONDS)
        close_old_connections()
