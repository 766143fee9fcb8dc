"""States of the lifecycle of a card, the steps of checking, and which state may follow which."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a page is on its way."""

    DRAFT = "draft", "szkic"
    IN_WORK = "in_work", "w opracowaniu"
    MERIT = "check_merit", "sprawdzenie merytoryczne"
    LANGUAGE = "check_language", "sprawdzenie języka"
    APPROVAL = "approve", "do zatwierdzenia"
    SCHEDULED = "scheduled", "zaplanowana"
    PUBLISHED = "published", "opublikowana"
    NEEDS_REVIEW = "needs_review", "wymaga przeglądu"
    TO_RECONCILE = "to_reconcile", "do uzgodnienia"
    SUSPENDED = "suspended", "wstrzymana"
    ARCHIVED = "archived", "archiwalna"


class Step(models.TextChoices):
    """A check by another person. The order here is the order of checking."""

    MERIT = "merit", "sprawdzenie merytoryczne"
    LANGUAGE = "language", "sprawdzenie języka"
    APPROVAL = "approval", "zatwierdzenie"


class Decision(models.TextChoices):
    """What somebody did that moved a page on."""

    EDITED = "edited", "zmiana treści"
    SUBMITTED = "submitted", "wysłanie do sprawdzenia"
    APPROVED = "approved", "zgoda"
    RETURNED = "returned", "zwrot do poprawy"
    RECALLED = "recalled", "wycofanie ze sprawdzenia"
    PUBLISHED = "published", "publikacja"
    IN_FORCE = "in_force", "wejście w życie"
    SUSPENDED = "suspended", "wstrzymanie"
    RESUMED = "resumed", "wznowienie"
    ARCHIVED = "archived", "przeniesienie do archiwum"
    REVIEW_DUE = "review_due", "nadszedł przegląd"
    REVIEWED = "reviewed", "przegląd"
    MODEL_CHANGED = "model_changed", "zmiana wzorca"
    RECONCILED = "reconciled", "uzgodnienie z wzorcem"


FULL_PATH = (Step.MERIT, Step.LANGUAGE, Step.APPROVAL)
"""Steps of a version that says something of its own."""
SHORT_PATH = (Step.APPROVAL,)
"""Steps of a version whose texts others have checked: an office card without own texts, an office record, a confirmed review."""

STATE_OF_STEP = {Step.MERIT: State.MERIT, Step.LANGUAGE: State.LANGUAGE, Step.APPROVAL: State.APPROVAL}
STEP_OF_STATE = {state: step for step, state in STATE_OF_STEP.items()}
CHECKS = frozenset(STEP_OF_STATE)
"""States in which a page waits for another person."""
STANDING_PUBLIC = frozenset({State.PUBLISHED, State.NEEDS_REVIEW, State.TO_RECONCILE, State.SCHEDULED})
"""States of a page that readers see (or will see) and nobody is changing."""

_WORK = frozenset({State.DRAFT, State.IN_WORK})
_LEAVING = frozenset({State.SUSPENDED, State.ARCHIVED})

FOLLOWING: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.IN_WORK, *CHECKS}) | _LEAVING,
    State.IN_WORK: frozenset({State.PUBLISHED, State.TO_RECONCILE, *CHECKS}) | _LEAVING,
    State.MERIT: frozenset({State.LANGUAGE, State.APPROVAL, State.IN_WORK, State.TO_RECONCILE}) | _LEAVING,
    State.LANGUAGE: frozenset({State.APPROVAL, State.IN_WORK, State.TO_RECONCILE}) | _LEAVING,
    State.APPROVAL: frozenset({State.PUBLISHED, State.SCHEDULED, State.IN_WORK, State.TO_RECONCILE}) | _LEAVING,
    State.SCHEDULED: frozenset({State.PUBLISHED, State.IN_WORK, State.TO_RECONCILE}) | _LEAVING,
    State.PUBLISHED: frozenset({State.IN_WORK, State.NEEDS_REVIEW, State.TO_RECONCILE}) | _LEAVING,
    State.NEEDS_REVIEW: frozenset({State.IN_WORK, State.PUBLISHED, State.TO_RECONCILE, State.APPROVAL}) | _LEAVING,
    State.TO_RECONCILE: frozenset({State.IN_WORK, State.PUBLISHED, State.NEEDS_REVIEW}) | _LEAVING,
    State.SUSPENDED: frozenset({*STANDING_PUBLIC, State.IN_WORK, State.ARCHIVED}),
    State.ARCHIVED: frozenset({State.PUBLISHED, State.IN_WORK}),
}
"""Lifecycle table of the domain: the states that may follow each state."""


class ForbiddenTransition(ValueError):
    """A state may not follow another."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"Ze stanu „{before.label}” nie można przejść do stanu „{after.label}”.")


def require(before: State, after: State) -> None:
    """Refuse a step that the lifecycle does not know. Staying in a state is no step. Raises `ForbiddenTransition`."""
    if after != before and after not in FOLLOWING[before]:
        raise ForbiddenTransition(before, after)
