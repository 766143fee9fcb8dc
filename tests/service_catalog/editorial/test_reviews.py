"""Reviews: due by themselves, with a result and its evidence; an overdue one hides nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from cms.editorial import reviews, workflow
from cms.editorial.models import Review, Standing
from cms.editorial.reviews import after_months, is_overdue, mark_what_is_due
from cms.editorial.standing import state_of
from cms.editorial.states import State
from cms.editorial.workflow import NotPossible
from publication.calendar import today
from service_catalog.models import OfficeCard
from service_catalog.published import reading
from tests.service_catalog.editorial.office import Staff, model_card, office_card, staff

KEY = "UW-PAS-001/uw-rzeszow"


@pytest.fixture
def people(db: None) -> Staff:
    return staff()


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return type(page)._default_manager.get(pk=page.pk)


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """A public card whose review was due long ago."""
    page = office_card()
    page.save_revision(user=people["autor"])
    workflow.submit(fresh(page), people["autor"], moment=timezone.now())
    workflow.approve(fresh(page), people["naczelnik"], moment=timezone.now())
    Standing.objects.filter(page=page).update(next_review=today() - datetime.timedelta(days=31))
    return OfficeCard.objects.get(pk=page.pk)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 60))
def test_so_many_months_later_is_the_same_day_or_the_months_last(day: datetime.date, months: int) -> None:
    later = after_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + datetime.timedelta(days=1)).day == 1)


def test_a_due_review_shows_and_hides_nothing(card: OfficeCard) -> None:
    assert mark_what_is_due(moment=timezone.now()) == 1
    assert mark_what_is_due(moment=timezone.now()) == 0
    assert state_of(card) == State.NEEDS_REVIEW
    assert is_overdue(Standing.objects.get(page=card), on=today())
    assert reading.card(KEY, on=today())


def test_unchanged_confirms_the_day_after_another_person_agreed(card: OfficeCard, people: Staff) -> None:
    mark_what_is_due(moment=timezone.now())
    with pytest.raises(NotPossible, match="na jakiej podstawie"):
        reviews.confirm_unchanged(fresh(card), people["autor"], evidence=" ", moment=timezone.now())
    state = reviews.confirm_unchanged(
        fresh(card), people["autor"], evidence="Telefon do wydziału.", moment=timezone.now()
    )
    assert state == State.APPROVAL
    with pytest.raises(NotPossible):
        workflow.approve(fresh(card), people["autor"], moment=timezone.now())
    workflow.approve(fresh(card), people["naczelnik"], moment=timezone.now())
    assert reading.card(KEY, on=today())[1].last_verified == today().isoformat()
    standing = Standing.objects.get(page=card)
    assert (standing.state, Review.objects.get(page=card).result) == (State.PUBLISHED, "unchanged")
    assert standing.next_review is not None
    assert standing.next_review > today()


def test_a_change_or_a_suspension_can_be_the_result(card: OfficeCard, people: Staff) -> None:
    reviews.note_change_needed(fresh(card), people["autor"], evidence="Nowy pokój.", moment=timezone.now())
    assert state_of(card) == State.IN_WORK
    assert reading.card(KEY, on=today())
    with pytest.raises(NotPossible):
        reviews.suspend_after_review(fresh(card), people["autor"], evidence="Zła opłata.", moment=timezone.now())
    reviews.suspend_after_review(fresh(card), people["naczelnik"], evidence="Zła opłata.", moment=timezone.now())
    assert state_of(card) == State.SUSPENDED


def test_a_stranger_reviews_nothing(card: OfficeCard, people: Staff) -> None:
    assert people.client("obcy").post(f"/admin/karty/{card.pk}/przeglad/", {"result": "changed"}).status_code == 403


def test_how_often_depends_on_the_subject(people: Staff) -> None:
    page = model_card()
    assert page.review_interval() == 6
    page.fees = []
    assert page.review_interval() == 12
    page.audience = "obywatel\ncudzoziemiec"
    assert page.review_interval() == 3


def test_an_expired_version_goes_to_the_archive(card: OfficeCard) -> None:
    Standing.objects.filter(page=card).update(expires=today() - datetime.timedelta(days=1))
    mark_what_is_due(moment=timezone.now())
    assert state_of(card) == State.ARCHIVED
