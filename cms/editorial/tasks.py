"""What a person has to do: pages that wait for his check, his own pages that came back, reviews and reconciliations."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from cms.editorial.corrections import asked_of, in_words, pages_reviewed_by
from cms.editorial.models import Standing, Transition
from cms.editorial.people import ACCEPTING, ROLES_OF_STEP, posts_of
from cms.editorial.states import STATE_OF_STEP, Decision, State, Step
from cms.editorial.workflow import NAMES

MOST = 200
"""Tasks shown at once."""
MINUTES = {
    State.MERIT: 15, State.LANGUAGE: 10, State.APPROVAL: 5, State.IN_WORK: 20, State.DRAFT: 30, State.NEEDS_REVIEW: 10,
    State.TO_RECONCILE: 10,
}  # fmt: skip
"""How long a task usually takes."""


@dataclass(frozen=True)
class EditorialTask:
    """One thing to do: what, until when, about how long, why this person, and what somebody asked of him."""

    page: Page
    state: State | None
    since: datetime.datetime
    due: datetime.date | None
    minutes: int
    why: str
    address: str
    label: str = ""
    """What waits, in words, where no state of the page says it."""
    asked: str = ""


MORE_TASKS: list[Callable[[Any], list[EditorialTask]]] = []
"""Functions user -> tasks that no state of a page tells, for example a remark to answer. Apps append theirs when ready."""


def tasks_of(user: Any) -> list[EditorialTask]:
    """Everything the person can do now, most urgent first. Six queries and those of `MORE_TASKS`, whatever the number of pages."""
    checks = list(_checks(user))
    own = list(_own_pages(user))
    found = [*checks, *own, *(task for more in MORE_TASKS for task in more(user))]
    return sorted(found, key=lambda task: (task.due or datetime.date.max, task.since))[:MOST]


def _checks(user: Any) -> list[EditorialTask]:
    """Pages that wait for a step this person may take and whose version he did not write."""
    wanted = Q(pk__in=[])
    for step, held in ROLES_OF_STEP.items():
        paths = {post.path for post in posts_of(user) if post.role in held}
        for path in paths:
            wanted |= Q(state=STATE_OF_STEP[step], page__path__startswith=path)
    for path in {post.path for post in posts_of(user) if post.role in ACCEPTING}:
        wanted |= Q(state=State.APPROVAL, page__path__startswith=path, page__pk__in=_short_path_pages())
    rows = Standing.objects.filter(wanted).exclude(submitted_by=user).select_related("page").order_by("since")[:MOST]
    taken = _already_agreed(user, [row.page_id for row in rows])
    return [
        _task(row, f"Sprawdzasz: {STEP_LABELS[State(row.state)]}.", "editorial_check")
        for row in rows
        if (row.page_id, row.submitted_digest, row.state) not in taken
    ]


STEP_LABELS = {STATE_OF_STEP[step]: step.label for step in Step}


def _short_path_pages() -> Any:
    """Pages that wait in the workflow with one step."""
    from django.db.models import IntegerField
    from django.db.models.functions import Cast
    from wagtail.models import WorkflowState

    open_states = WorkflowState.objects.active().filter(workflow__name=NAMES["short"])
    return open_states.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")


def _already_agreed(user: Any, pages: list[int]) -> set[tuple[int, str, str]]:
    """Versions to which this person agreed in the merit check or the approval, with the state in which he may not agree again."""
    rows = Transition.objects.filter(
        page_id__in=pages, person=user, decision=Decision.APPROVED, step__in=(Step.MERIT, Step.APPROVAL)
    )
    other = {Step.MERIT: State.APPROVAL, Step.APPROVAL: State.MERIT}
    return {(page, digest, other[Step(step)]) for page, digest, step in rows.values_list("page_id", "digest", "step")}


def _own_pages(user: Any) -> list[EditorialTask]:
    """Pages this person writes: in work, returned, to be reviewed or reconciled at his office."""
    as_public = Q(page__live=True, page__has_unpublished_changes=False)
    wanted = Q(page__latest_revision__user=user, state__in=(State.DRAFT, State.IN_WORK)) & ~as_public
    wanted |= Q(submitted_by=user, state=State.IN_WORK) | Q(page__in=pages_reviewed_by(user))
    for post in {post.path for post in posts_of(user)} | set(_branches(user)):
        wanted |= Q(state__in=(State.NEEDS_REVIEW, State.TO_RECONCILE), page__path__startswith=post)
    rows = list(Standing.objects.filter(wanted).select_related("page").order_by("due", "since")[:MOST])
    asked = asked_of(row.page_id for row in rows if row.state == State.IN_WORK)
    return [_task(row, WHY[State(row.state)], ADDRESS[State(row.state)], asked.get(row.page_id)) for row in rows]


WHY = {
    State.DRAFT: "Zaczęto ją pisać.",
    State.IN_WORK: "Twoja zmiana czeka na dokończenie albo wróciła do poprawy.",
    State.NEEDS_REVIEW: "Minął termin przeglądu tej karty, a odpowiadasz za jej treść.",
    State.TO_RECONCILE: "Zmienił się wzorzec, a Twój urząd ma w tym miejscu własną treść.",
}
ADDRESS = {
    State.DRAFT: "wagtailadmin_pages:edit",
    State.IN_WORK: "wagtailadmin_pages:edit",
    State.NEEDS_REVIEW: "editorial_review",
    State.TO_RECONCILE: "editorial_history",
}


def _branches(user: Any) -> list[str]:
    """Paths of the branches on which the person may write, except the whole country."""
    from wagtail.models import GroupPagePermission

    rows = GroupPagePermission.objects.filter(
        group__in=user.groups.all(), permission__codename="change_page", page__depth__gt=2
    )
    return list(rows.values_list("page__path", flat=True).distinct())


def _task(row: Standing, why: str, view: str, asked: Transition | None = None) -> EditorialTask:
    state = State(row.state)
    due = row.next_review if state == State.NEEDS_REVIEW else row.due
    return EditorialTask(
        page=row.page, state=state, since=row.since, due=due, minutes=MINUTES[state], why=why,
        address=reverse(view, args=[row.page_id]), asked=in_words(asked) if asked else "",
    )  # fmt: skip
