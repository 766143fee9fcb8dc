"""Background work of the outlets."""

from __future__ import annotations

import datetime
import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from exporters.models import PublicationSet
from exporters.publication_orders import RefusedSet, request_set

logger = logging.getLogger(__name__)


@task()
def build_publication_set(primary_key: int) -> str:
    """Build a publication set; returns how it ended. Interrupted and run again, it goes on with the next book."""
    from exporters.publication_sets import build_set  # with it comes what lays out books: only the worker pays for it

    try:
        return build_set(primary_key, moment=timezone.now).state
    except RefusedSet as refusal:
        logger.warning("%s", refusal)
        return str(refusal)


def order_first_set(*, on: datetime.date, moment: datetime.datetime) -> bool:
    """Have the worker build a publication set when there has been none yet; whether one was ordered. Raises `RefusedSet`."""
    if PublicationSet.objects.exists():
        return False
    with transaction.atomic():  # a set without its task would stay in building for ever
        build_publication_set.enqueue(request_set(on=on, moment=moment).pk)
    return True
