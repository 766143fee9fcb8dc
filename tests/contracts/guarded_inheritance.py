"""What office B keeps about inheritance: something to reconcile, a service it stops offering, a remark, an adoption in progress."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from service_catalog.models import (
    Adoption,
    AdoptionChoice,
    ModelRemark,
    NotOffered,
    OfferDecision,
    OfficeCard,
    OfficePage,
    Reconciliation,
)

INHERITANCE: tuple[type[models.Model], ...] = (
    Reconciliation, OfferDecision, ModelRemark, NotOffered, Adoption, AdoptionChoice,
)  # fmt: skip
"""Tables in which nothing of office B may change."""


@dataclass(frozen=True)
class GuardedInheritance:
    """Rows that addresses name."""

    reconciliation: Reconciliation
    offer_decision: OfferDecision
    remark: ModelRemark


def guard_inheritance(office: OfficePage, card: OfficeCard, colleague: User, *, secret: str) -> GuardedInheritance:
    """Make the rows, every text of which is secret."""
    moment = timezone.now()
    Adoption.objects.create(office=office, started_by=colleague, started_at=moment)
    return GuardedInheritance(
        reconciliation=Reconciliation.objects.create(
            office_card=card, field="mistakes", old_model=secret, new_model=secret, ours=secret, since_sequence=1,
            since_day=moment.date(), opened_at=moment,
        ),
        offer_decision=OfferDecision.objects.create(
            office=office, model_card=card.model_card, reason=secret, state=OfferDecision.State.WAITING, asked_at=moment
        ),
        remark=ModelRemark.objects.create(
            model_card=card.model_card, office=office, text=secret, legal_basis=secret, author=colleague, written_at=moment,
            due_on=moment.date(),
        ),
    )  # fmt: skip
