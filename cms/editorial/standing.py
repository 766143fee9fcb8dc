"""Keeping where a page is. Every change of state goes through `move`, which also writes down who, when and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Page, Revision

from cms.editorial.models import Standing, Transition
from cms.editorial.states import Decision, State, Step, require
from cms.editorial.versions import digest_of
from cms.people import name_of


def standing_of(page: Page, *, moment: datetime.datetime) -> Standing:
    """Where the page is, locked until the end of the transaction. A page without a row is as public as it says itself."""
    known = Standing.objects.select_for_update().filter(page_id=page.pk).first()
    if known is not None:
        return known
    state = State.PUBLISHED if page.live else State.DRAFT
    return Standing.objects.get_or_create(page_id=page.pk, defaults={"state": state, "since": moment})[0]


def state_of(page: Page) -> State:
    """State of a page, without locking anything."""
    known = Standing.objects.filter(page_id=page.pk).values_list("state", flat=True).first()
    return State(known) if known else (State.PUBLISHED if page.live else State.DRAFT)


def suspension_of(page: Page) -> Transition | None:
    """The suspension that readers see instead of the page; None for a page that is public, was put away or never suspended.

    The state alone does not tell: a suspended page may be in work or being checked again.
    """
    ends = (Decision.SUSPENDED, Decision.RESUMED, Decision.PUBLISHED, Decision.ARCHIVED)
    last = Transition.objects.filter(page_id=page.pk, decision__in=ends).order_by("-pk").first()
    return last if last is not None and last.decision == Decision.SUSPENDED else None


def move(
    standing: Standing,
    after: State,
    decision: Decision,
    *,
    person: AbstractBaseUser | Any | None,
    moment: datetime.datetime,
    comment: str = "",
    revision: Revision | None = None,
    step: Step | None = None,
) -> Transition:
    """Move a page to a state and write it down. Raises `ForbiddenTransition`. Call inside a transaction."""
    before = State(standing.state)
    require(before, after)
    written = Transition.objects.create(
        page_id=standing.page_id,
        revision=revision.pk if revision else None,
        digest=digest_of(revision) if revision else "",
        decision=decision,
        step=step or "",
        before=before,
        after=after,
        person_id=person.pk if person is not None else None,
        person_name=name_of(person),
        comment=comment,
        moment=moment,
    )
    if after != before:
        standing.state, standing.since = after, moment
    standing.save()
    return written


def register_imported(pages: Iterable[Any], *, moment: datetime.datetime) -> None:
    """Give pages that came published by an import their rows, in one statement per 500."""
    Standing.objects.bulk_create(
        (
            Standing(
                page_id=page.pk,
                state=State.PUBLISHED,
                since=moment,
                expires=page.expires(),
                next_review=page.first_review(),
            )
            for page in pages
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
