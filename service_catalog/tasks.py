"""Background work of the catalogue. Tasks are idempotent: an edition is written only when its hash differs."""

from __future__ import annotations

from django.apps import apps
from django.utils import timezone
from django_tasks import task

from service_catalog.authoring.publishing import record_local_cards, record_model_cards
from service_catalog.authoring.register_entries import citing_cards
from service_catalog.models import LocalCard, ModelCard

BATCH = 25
"""Model cards in one transaction: short enough that other writers hardly wait."""


@task()
def present_citing_cards(model: str, primary_key: int, who: str = "") -> int:
    """Present again every card that shows a register entry (`model` is "LegalAct", "FormFamily", ...).

    Returns the number of new editions. Interrupted and run again, it goes on where hashes still differ.
    """
    entry = apps.get_model("service_catalog", model)._default_manager.get(pk=primary_key)
    cards = list(citing_cards(entry).values_list("pk", flat=True))
    cause = {"kind": model.lower(), "what": str(entry), "who": who}
    written = 0
    for start in range(0, len(cards), BATCH):
        chunk = cards[start : start + BATCH]
        moment = timezone.now()
        model_cards = list(ModelCard.objects.filter(pk__in=chunk))
        written += len(record_model_cards(model_cards, cause=cause, moment=moment)) if model_cards else 0
        written += len(record_local_cards(LocalCard.objects.filter(pk__in=chunk), cause=cause, moment=moment))
    return written
