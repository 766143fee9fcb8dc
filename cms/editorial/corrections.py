"""What somebody asked to be changed in a page: a checker who returned a version, or a reviewer of the public page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cms.editorial.models import Standing, Transition
from cms.editorial.states import Decision, State

ASKING = (Decision.RETURNED, Decision.REVIEWED)
ENDING = (Decision.SUBMITTED, Decision.PUBLISHED, Decision.ARCHIVED)
"""What is done about it; until then it stands."""
WORDS = {
    Decision.RETURNED: "Wróciło do poprawy.",
    Decision.REVIEWED: "Przegląd wykazał, że trzeba tu coś zmienić.",
}


def asked_of(pages: Iterable[int]) -> dict[int, Transition]:
    """By page, what was asked last and not yet done. One query."""
    rows = Transition.objects.filter(page_id__in=list(pages), decision__in=(*ASKING, *ENDING)).order_by("pk")
    last = {row.page_id: row for row in rows}
    return {page: row for page, row in last.items() if row.decision in ASKING}


def in_words(asked: Transition) -> str:
    """The request for whoever has to correct the page: what happened, who asks, and what he wrote."""
    who = f"{asked.person_name} napisał(a)" if asked.person_name else "Komentarz"
    return f"{WORDS[Decision(asked.decision)]} {who}: „{asked.comment}”"


def pages_reviewed_by(user: Any) -> QuerySet[Transition, int]:
    """Keys of public pages that this person found in need of a change which nobody has begun to write."""
    later = Transition.objects.filter(
        page_id=OuterRef("page_id"), pk__gt=OuterRef("pk"), decision__in=(*ASKING, *ENDING)
    )
    waiting = Transition.objects.filter(
        person=user,
        decision=Decision.REVIEWED,
        page__standing__state=State.IN_WORK,
        page__has_unpublished_changes=False,
    )
    return waiting.filter(~Exists(later)).values_list("page_id", flat=True)


def people_asked(standing: Standing, asked: Transition) -> list[int]:
    """Accounts of those who correct: who wrote and who sent the version, or the reviewer while nobody else has begun."""
    page = standing.page
    if asked.decision == Decision.REVIEWED and not page.has_unpublished_changes:
        found = {asked.person_id}
    else:
        found = {page.latest_revision.user_id if page.latest_revision else None, standing.submitted_by_id}
    return sorted(key for key in found if key is not None)
