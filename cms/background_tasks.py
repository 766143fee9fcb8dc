"""Keeping background tasks going: a killed worker leaves its task running for ever, and nothing is retried by itself.

Tasks are idempotent, so a task may run again whenever it is unclear whether it finished.
"""

from __future__ import annotations

import datetime
import os
import socket

from django.db import transaction
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 5
LONGEST_RUN = datetime.timedelta(hours=1)
RETRY_AFTER = datetime.timedelta(seconds=30)
"""Pause before the second attempt; doubled for each further one."""


def worker_identity() -> str:
    """Name of this worker process by which others see whether it is alive: host and process number."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def is_alive(worker: str) -> bool:
    """Whether a worker of this host still runs. Workers of other hosts are taken as alive."""
    host, _, process = worker.rpartition(":")
    if host != socket.gethostname()[:40] or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sweep(*, moment: datetime.datetime) -> int:
    """Queue again what a dead worker left running and what failed, at most five attempts each; return how many."""
    with transaction.atomic():
        abandoned = [task for task in DBTaskResult.objects.running() if _is_abandoned(task, moment)]
        failed = DBTaskResult.objects.failed().filter(finished_at__gte=moment - LONGEST_RUN)
        retried = [task for task in [*abandoned, *failed] if len(task.worker_ids) < MOST_ATTEMPTS]
        for task in retried:
            pause = RETRY_AFTER * 2 ** max(0, len(task.worker_ids) - 1)
            DBTaskResult.objects.filter(pk=task.pk, status=task.status).update(
                status="READY",
                started_at=None,
                finished_at=None,
                run_after=moment if task in abandoned else moment + pause,
            )
    return len(retried)


def _is_abandoned(task: DBTaskResult[..., object], moment: datetime.datetime) -> bool:
    if task.started_at and moment - task.started_at > LONGEST_RUN:
        return True
    return bool(task.worker_ids) and not is_alive(task.worker_ids[-1])
