"""Publication and withdrawal move a page on its way, by whatever path they came."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished

from cms.calendar import day_of
from cms.editorial.models import Transition
from cms.editorial.reviews import after_months
from cms.editorial.standing import move, standing_of
from cms.editorial.states import Decision, State


def connect() -> None:
    """Connect the receivers."""
    page_published.connect(note_publication, dispatch_uid="editorial published")
    page_unpublished.connect(note_withdrawal, dispatch_uid="editorial unpublished")


def note_publication(sender: type, instance: Any, revision: Revision | None = None, **kwargs: Any) -> None:
    """A version became public, today or for a later day. The last person who agreed is named.

    The end of a suspension is written down by whoever ended it.
    """
    if not getattr(instance, "under_four_eyes", False) or instance.comes_back:
        return
    moment = timezone.now()
    today = day_of(moment)
    standing = standing_of(instance, moment=moment)
    standing.takes_effect, standing.expires = instance.takes_effect(on=today), instance.expires()
    standing.next_review = instance.first_review() or after_months(today, instance.review_interval())
    standing.due, standing.submitted_digest, standing.submitted_by = None, "", None
    last = Transition.objects.filter(page_id=instance.pk, decision=Decision.APPROVED).order_by("-pk").first()
    after = State.SCHEDULED if standing.takes_effect > today else State.PUBLISHED
    move(standing, after, Decision.PUBLISHED, person=last.person if last else None, moment=moment, revision=revision)


def note_withdrawal(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page was withdrawn past our screens; suspension and archive write their own reason. Wagtail's log knows the person."""
    if not getattr(instance, "under_four_eyes", False) or instance.absence_reason:
        return
    moment = timezone.now()
    standing = standing_of(instance, moment=moment)
    entry = PageLogEntry.objects.filter(page=instance.pk, action="wagtail.unpublish").order_by("-pk").first()
    person = entry.user if entry is not None else None
    move(standing, State.ARCHIVED, Decision.ARCHIVED, person=person, moment=moment, comment="Wycofano z katalogu.")
