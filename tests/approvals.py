"""Publication for tests about something else: other people have checked the version, as the gate demands."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.editorial.standing import move, standing_of
from cms.editorial.states import Decision, State


def publish_approved(page: Page, revision: Revision | None = None, **saving: Any) -> Revision:
    """Publish the page's latest content, or a version of it, with the consent of three people who did not write it."""
    revision = revision or page.save_revision(**saving)
    approve_version(page, revision)
    revision.publish()
    return revision


def approve_version(page: Page, revision: Revision) -> None:
    """Write down the consents that the version needs."""
    standing = standing_of(page, moment=timezone.now())
    for step in revision.as_object().required_steps():
        person, _ = User.objects.get_or_create(username=f"zgoda.{step}", defaults={"is_active": False})
        move(
            standing, State(standing.state), Decision.APPROVED, person=person, moment=timezone.now(),
            revision=revision, step=step,
        )  # fmt: skip
    standing.state = State.APPROVAL
    standing.save()
