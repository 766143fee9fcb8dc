"""Reconciliation in the lifecycle of office cards: a public card with something to reconcile is "do uzgodnienia"."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from cms.editorial.standing import move, standing_of
from cms.editorial.states import Decision, State
from cms.editorial.workflow import due_after
from publication.calendar import day_of
from service_catalog.models import OfficeCard

PUBLIC = frozenset({State.PUBLISHED, State.NEEDS_REVIEW, State.SCHEDULED})
"""A card that somebody is working on stays in his hands; the open rows show him what else waits."""


def wait_for_reconciliation(cards: Iterable[OfficeCard], *, moment: datetime.datetime) -> None:
    """Public cards wait to be reconciled, as long as a check may take. Call inside a transaction."""
    for card in cards:
        standing = standing_of(card, moment=moment)
        if State(standing.state) in PUBLIC:
            standing.due = due_after(day_of(moment))
            move(standing, State.TO_RECONCILE, Decision.MODEL_CHANGED, person=None, moment=moment)


def leave_reconciliation(card: OfficeCard, *, person: Any, comment: str, moment: datetime.datetime) -> None:
    """Nothing waits any more and no text changed: the card is published as before. Call inside a transaction."""
    standing = standing_of(card, moment=moment)
    if State(standing.state) == State.TO_RECONCILE:
        standing.due = None
        move(standing, State.PUBLISHED, Decision.RECONCILED, person=person, moment=moment, comment=comment)
