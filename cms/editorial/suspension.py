"""Holding a page back from readers at once, bringing it back, and putting it away.

One person decides, and neither a check that is under way nor a lock of the page may hold him up, because wrong information must
be off at once. So Wagtail's own question for rights is skipped; `_require_leader` asks ours.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.signals import page_published, page_unpublished

from cms.calendar import day_of
from cms.editorial.models import Standing
from cms.editorial.people import leads
from cms.editorial.standing import move, standing_of, suspension_of
from cms.editorial.states import CHECKS, Decision, State
from cms.editorial.workflow import NotPossible, cancel_open

NOT_PUBLIC = "Klienci nie widzą teraz tej strony, więc nie można jej wstrzymać."
NOT_SUSPENDED = "Ta strona nie jest wstrzymana."
NO_VERSION = "Nie ma wersji sprzed wstrzymania. Wyślij poprawioną wersję do sprawdzenia."
ALREADY_AWAY = "Ta strona jest już w archiwum."
NEVER_PUBLIC = "Klienci nigdy nie widzieli tej strony, więc nie ma czego przenosić do archiwum."


def suspend(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> None:
    """Take a page off every outlet at once; its address shows the reason and the phone. Raises `NotPossible`."""
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        if not page.live:
            raise NotPossible(NOT_PUBLIC)
        revision = page.live_revision
        page.absence_reason, page.absence_is_temporary = reason, True
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        cancel_open(page, user)
        move(
            standing, State.SUSPENDED, Decision.SUSPENDED, person=user, moment=moment, comment=reason, revision=revision
        )


def resume(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> State:
    """Show again what readers had when the page was suspended; return the state of the page, which is that of before.

    A check that the suspension broke off goes back to its author; a version written or sent since then stays where it is.
    Raises `NotPossible`, `PublicationRefused`.
    """
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        suspended = suspension_of(page)
        if suspended is None:
            raise NotPossible(NOT_SUSPENDED)
        revision = page.revisions.filter(pk=suspended.revision).first()
        if revision is None:
            raise NotPossible(NO_VERSION)
        _ShowAgain(revision, user=user).execute(skip_permission_checks=True)
        after = State(standing.state)
        if after == State.SUSPENDED:
            after = _state_when_back(page, standing, State(suspended.before), on=day_of(moment))
        move(standing, after, Decision.RESUMED, person=user, moment=moment, comment=reason, revision=revision)
        return after


def _state_when_back(page: Any, standing: Standing, before: State, *, on: datetime.date) -> State:
    """The state before the suspension, as far as time has not passed it by."""
    if before in {*CHECKS, State.DRAFT, State.IN_WORK}:
        return State.IN_WORK
    if before == State.SCHEDULED and (standing.takes_effect is None or standing.takes_effect <= on):
        before = State.PUBLISHED
    state: State = page.state_when_back(before)
    return state


class _ShowAgain(PublishPageRevisionAction):
    """Wagtail's publication without its end: nothing new is published, so a later version stays in its check."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.object.comes_back = True

    def _after_publish(self) -> None:
        page_published.send(sender=self.object.specific_class, instance=self.object, revision=self.revision)


def archive(page: Any, user: Any, *, reason: str, moment: datetime.datetime) -> None:
    """Put a page away for good: readers find the last text with a note. Raises `NotPossible`."""
    _require_leader(page, user, reason)
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        if not may_be_archived(page):
            raise NotPossible(ALREADY_AWAY if standing.state == State.ARCHIVED else NEVER_PUBLIC)
        revision = page.live_revision
        page.absence_reason, page.absence_is_temporary = reason, False
        if page.live:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        else:
            page_unpublished.send(sender=type(page), instance=page)
        cancel_open(page, user)
        move(standing, State.ARCHIVED, Decision.ARCHIVED, person=user, moment=moment, comment=reason, revision=revision)


def may_be_archived(page: Any) -> bool:
    """Whether readers see the page or a notice that it is suspended."""
    return page.live or suspension_of(page) is not None


def _require_leader(page: Any, user: Any, reason: str) -> None:
    if not leads(user, page):
        raise NotPossible("Może to zrobić tylko zatwierdzający w tym urzędzie albo redakcja centralna.")
    if not reason.strip():
        raise NotPossible("Napisz powód. Zobaczą go czytelnicy i historia strony.")
