"""Holding a page back from readers at once, bringing it back, and putting it away."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from cms.editorial.people import leads
from cms.editorial.standing import move, standing_of
from cms.editorial.states import Decision, State
from cms.editorial.workflow import NotPossible, cancel_open


def suspend(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> None:
    """Take a page off every outlet at once; its address shows the reason and the phone. Raises `NotPossible`."""
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        if not page.live:
            raise NotPossible("Tej strony nie ma w katalogu, więc nie można jej wstrzymać.")
        revision = page.live_revision
        page.absence_reason, page.absence_is_temporary = reason, True
        page.unpublish(user=user)
        cancel_open(page, user)
        move(
            standing, State.SUSPENDED, Decision.SUSPENDED, person=user, moment=moment, comment=reason, revision=revision
        )


def resume(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> None:
    """Show again the version that was public when the page was suspended. Raises `NotPossible`, `PublicationRefused`."""
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        if State(standing.state) != State.SUSPENDED:
            raise NotPossible("Ta strona nie jest wstrzymana.")
        suspended = page.transitions.filter(decision=Decision.SUSPENDED).order_by("-pk").first()
        revision = page.revisions.filter(pk=suspended.revision).first() if suspended else None
        if revision is None:
            raise NotPossible("Nie ma wersji sprzed wstrzymania. Wyślij poprawioną wersję do sprawdzenia.")
        revision.publish(user=user, skip_permission_checks=True)
        move(
            standing_of(page, moment=moment), State.PUBLISHED, Decision.RESUMED, person=user, moment=moment,
            comment=reason, revision=revision,
        )  # fmt: skip


def archive(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> None:
    """Put a page away for good: readers find the last text with a note. Raises `NotPossible`."""
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        revision = page.live_revision
        page.absence_reason, page.absence_is_temporary = reason, False
        page.unpublish(user=user)
        cancel_open(page, user)
        move(standing, State.ARCHIVED, Decision.ARCHIVED, person=user, moment=moment, comment=reason, revision=revision)


def _require_leader(page: Any, user: Any, reason: str) -> None:
    if not leads(user, page):
        raise NotPossible("Może to zrobić tylko zatwierdzający w tym urzędzie albo redakcja centralna.")
    if not reason.strip():
        raise NotPossible("Napisz powód. Zobaczą go czytelnicy i historia strony.")
