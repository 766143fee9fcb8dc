"""The process that runs background tasks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from cms.background_tasks import sweep, worker_identity


class Command(BaseCommand):
    """Takes over what a killed worker left, then works until it is stopped."""

    help = "Uruchamia proces zadań w tle. Na początku przejmuje zadania porzucone przez zabity proces. Ctrl-C kończy."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then run."""
        sweep(moment=timezone.now())
        worker = Worker(
            queue_names=["*"],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_identity(),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
