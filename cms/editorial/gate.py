"""The gate before publication. Every path passes it, because it stands where a page is written as public.

`guard` is called by the page's own `save`, below forms, bulk actions, schedules, the interface for programs and the shell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Revision

from cms.calendar import today
from cms.editorial import four_eyes
from cms.editorial.models import Transition
from cms.editorial.people import people_at_office
from cms.editorial.standing import suspension_of
from cms.editorial.states import Decision, Step
from cms.editorial.versions import authors_of, digest_of, last_publication


class PublicationRefused(Exception):
    """A page may not become public. `reasons` are Polish sentences for the person who tried."""

    def __init__(self, page: Any, reasons: list[str]) -> None:
        self.page = page
        self.reasons = reasons
        super().__init__(f"„{page.title}” nie może być opublikowane. " + " ".join(reasons))


WRITTEN_WHEN_PUBLISHED = frozenset({"live", "live_revision", "live_revision_id"})
NEVER_SAVED = "Opublikować można tylko zapisaną wersję, którą sprawdziły inne osoby."


def guard(page: Any, *, fields: Iterable[str] | None = None) -> None:
    """Refuse to write a page as public unless this version passed its checks. Raises `PublicationRefused`.

    A new page is always written as not public. `fields` are the only ones written; None means all.
    """
    if fields is not None and WRITTEN_WHEN_PUBLISHED.isdisjoint(fields):
        return
    if page._state.adding:
        page.live = False
        return
    if not page.live:
        return
    stored = type(page)._base_manager.filter(pk=page.pk).values_list("live", "live_revision_id").first()
    if stored == (True, page.live_revision_id):
        return
    revision = page.live_revision
    if revision is None:
        raise PublicationRefused(page, [NEVER_SAVED])
    reasons = reasons_against(page, revision)
    if reasons:
        raise PublicationRefused(page, reasons)


def reasons_against(page: Any, revision: Revision) -> list[str]:
    """Why a version may not become public today, a sentence for each reason; [] when it may.

    What was public until it was suspended comes back as it was: nothing in it is new.
    """
    if was_public_when_suspended(page, revision):
        return []
    return missing_checks(page, revision) + content_reasons(page)


def content_reasons(page: Any) -> list[str]:
    """What in the content of a version keeps it from readers."""
    return [obstacle.sentence for obstacle in page.obstacles(on=today())]


def missing_checks(page: Any, revision: Revision) -> list[str]:
    """Which checks by other people a version lacks."""
    return four_eyes.objections(
        revision.as_object().required_steps(),
        approvals_of(page, revision),
        authors_of(page, revision),
        people_at_office=people_at_office(page),
    )


def approvals_of(page: Any, revision: Revision) -> list[four_eyes.Approval]:
    """Who agreed to exactly this content since the page was published last. An older agreement does not count again."""
    published = last_publication(page)
    rows = Transition.objects.filter(
        page_id=page.pk,
        digest=digest_of(revision),
        decision=Decision.APPROVED,
        person__isnull=False,
        pk__gt=published.pk if published else 0,
    )
    return [four_eyes.Approval(Step(row.step), row.person_id or 0) for row in rows]


def was_public_when_suspended(page: Any, revision: Revision) -> bool:
    """Whether this very version was public until the page was suspended, and the page is suspended still."""
    suspended = suspension_of(page)
    return suspended is not None and suspended.digest == digest_of(revision)
