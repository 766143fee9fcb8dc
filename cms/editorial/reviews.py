"""Reviews: every public page is looked at from time to time by somebody who writes down what he found and how he knows.

An overdue review never hides a page; readers see that it is being checked.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from django.db import transaction

from cms.calendar import day_of
from cms.editorial.models import Review, Standing
from cms.editorial.people import posts_of
from cms.editorial.standing import move, standing_of
from cms.editorial.states import Decision, State
from cms.editorial.suspension import suspend
from cms.editorial.workflow import NotPossible, due_after, submit
from cms.people import name_of

GRACE = datetime.timedelta(days=30)
"""How long a review may wait before it counts as overdue."""
REVIEWED_STATES = frozenset({State.NEEDS_REVIEW, State.PUBLISHED, State.IN_WORK})
"""States in which a public page without changes under way may be reviewed: in work it is when a change was found necessary and
nobody has begun it.
"""


def after_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_overdue(standing: Standing, *, on: datetime.date) -> bool:
    """Whether the review of a page is late beyond the grace."""
    return standing.next_review is not None and standing.next_review + GRACE < on


def mark_what_is_due(*, moment: datetime.datetime) -> int:
    """Move pages whose day has come: reviews fall due, scheduled versions take force, expired pages go to the archive.

    Returns how many pages moved. Doing it twice changes nothing; readers never depend on it.
    """
    on = day_of(moment)
    due = Standing.objects.filter(state=State.PUBLISHED, next_review__lte=on)
    begun = Standing.objects.filter(state=State.SCHEDULED, takes_effect__lte=on)
    over = Standing.objects.filter(state__in=(State.PUBLISHED, State.NEEDS_REVIEW), expires__lt=on)
    return (
        _move_each(over, State.ARCHIVED, Decision.ARCHIVED, moment=moment, comment="Minął dzień „obowiązuje do”.")
        + _move_each(begun, State.PUBLISHED, Decision.IN_FORCE, moment=moment)
        + _move_each(due, State.NEEDS_REVIEW, Decision.REVIEW_DUE, moment=moment)
    )


def _move_each(rows: Any, after: State, decision: Decision, *, moment: datetime.datetime, comment: str = "") -> int:
    moved = 0
    for key, before in list(rows.values_list("pk", "state")):
        with transaction.atomic():
            standing = Standing.objects.select_for_update().get(pk=key)
            if standing.state == before:
                move(standing, after, decision, person=None, moment=moment, comment=comment)
                moved += 1
    return moved


def confirm_unchanged(page: Any, user: Any, *, evidence: str, moment: datetime.datetime) -> State:
    """Review with the result "bez zmian": a version with today's date of checking goes to acceptance by another person.

    Raises `NotPossible`, `PublicationRefused`.
    """
    with transaction.atomic():
        _require_reviewable(page, user, evidence, moment=moment)
        draft = page.get_latest_revision_as_object()
        draft.confirm_legal_state(on=day_of(moment))
        draft.save_revision(user=user, log_action=True, clean=False)
        _write(page, user, Review.Result.UNCHANGED, evidence, moment=moment)
        return submit(
            type(page).objects.get(pk=page.pk), user, moment=moment, comment=f"Przegląd bez zmian: {evidence}"
        )


def note_change_needed(page: Any, user: Any, *, evidence: str, moment: datetime.datetime) -> None:
    """Review with the result "zmieniona": the reviewer gets the page to change it; what is public stays public.

    Raises `NotPossible`.
    """
    with transaction.atomic():
        standing = _require_reviewable(page, user, evidence, moment=moment)
        _write(page, user, Review.Result.CHANGED, evidence, moment=moment)
        standing.due = due_after(day_of(moment))
        move(standing, State.IN_WORK, Decision.REVIEWED, person=user, moment=moment, comment=evidence)


def suspend_after_review(page: Any, user: Any, *, evidence: str, moment: datetime.datetime) -> None:
    """Review with the result "wstrzymana". Raises `NotPossible`."""
    with transaction.atomic():
        _write(page, user, Review.Result.SUSPENDED, evidence, moment=moment)
        suspend(page, user, reason=evidence, moment=moment)


def _require_reviewable(page: Any, user: Any, evidence: str, *, moment: datetime.datetime) -> Standing:
    if not evidence.strip():
        raise NotPossible("Napisz, na jakiej podstawie to wiesz: akt, rozmowa, data.")
    if not any(post.covers(page.path) for post in posts_of(user)) and not page.permissions_for_user(user).can_edit():
        raise NotPossible("Przegląd robi osoba z urzędu tej strony.")
    standing = standing_of(page, moment=moment)
    if not page.live or State(standing.state) not in REVIEWED_STATES or page.has_unpublished_changes:
        raise NotPossible("Przegląd robi się na opublikowanej stronie bez zmian w toku. Najpierw dokończ tę zmianę.")
    return standing


def _write(page: Any, user: Any, result: Review.Result, evidence: str, *, moment: datetime.datetime) -> None:
    Review.objects.create(
        page_id=page.pk, result=result, evidence=evidence, person=user, person_name=name_of(user), moment=moment
    )
