"""Publishing a model card that eight offices inherit, three of them with words of their own in what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement, own_cpu_seconds

if TYPE_CHECKING:
    from service_catalog.models import ModelCard

TOUCHED = 3
ROUNDS = 5


def model_card_with_dependants() -> list[Measurement]:
    """Recording the model card and its office cards with the three-way comparison; beside reading these nine editions."""
    from django.db import transaction
    from django.utils import timezone

    from publication.calendar import today
    from service_catalog.authoring.publishing import record_model_cards
    from service_catalog.models import ModelCard, OfficeCard, Reconciliation
    from service_catalog.published import reading

    model = _inherited_by_eight()
    spent = 0.0
    for number in range(ROUNDS):
        with transaction.atomic():
            for card in OfficeCard.objects.filter(model_card=model, live=True).order_by("path")[:TOUCHED]:
                card.mistakes = [("item", "Błąd znany tylko w tym urzędzie.")]
                OfficeCard.objects.filter(pk=card.pk).update(mistakes=card.mistakes)
            draft = ModelCard.objects.get(pk=model.pk)
            draft.mistakes = [("item", f"Błąd numer {number}.")]
            before = own_cpu_seconds()
            written = record_model_cards([draft], cause={"kind": "benchmark"}, moment=timezone.now())
            spent += own_cpu_seconds() - before
            opened = Reconciliation.objects.filter(office_card__model_card=model)
            assert (len(written), opened.count()) == (9, TOUCHED)
            transaction.set_rollback(True)
    before = own_cpu_seconds()
    for key in [edition.key for edition in written]:
        reading.card(key, on=today())
    return [
        Measurement(
            name="karta wzorcowa z 8 kartami urzędów: wydania i uzgodnienia",
            value=spent / ROUNDS * 1000,
            unit="ms CPU",
            target=400,
            baseline="odczyt tych wydań",
            baseline_value=(own_cpu_seconds() - before) * 1000,
        )
    ]


def _inherited_by_eight() -> ModelCard:
    """The first model card with exactly eight office cards."""
    from django.db.models import Count, Q

    from service_catalog.models import ModelCard

    counted = ModelCard.objects.annotate(offices=Count("office_cards", filter=Q(office_cards__live=True)))
    found: ModelCard = counted.filter(offices=8).order_by("symbol")[0]
    return found
