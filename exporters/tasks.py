"""Background work of the outlets."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from exporters.publication_sets import RefusedSet, build_set

logger = logging.getLogger(__name__)


@task()
def build_publication_set(primary_key: int) -> str:
    """Build a publication set; returns how it ended. Interrupted and run again, it goes on with the next book."""
    try:
        return build_set(primary_key, moment=timezone.now).state
    except RefusedSet as refusal:
        logger.warning("%s", refusal)
        return str(refusal)
