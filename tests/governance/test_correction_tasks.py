"""Who has to correct a page is told: the author of a version that came back, the reviewer who found a change."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from cms import roles
from cms.editorial import reviews, workflow
from cms.editorial.models import Standing
from cms.editorial.states import State
from governance import daily
from governance.acting import Post
from governance.assignments import assign, report_absence
from governance.models import FollowedTask, Notification
from governance.notifying import doers
from publication.calendar import today
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficeCard, OfficePage
from tests.governance.conftest import person
from tests.service_catalog.builders import write_catalogue
from tests.service_catalog.editorial.office import complete

HARD = (
    "W przypadku niezłożenia przez przedsiębiorcę wniosku o wpis informacji o wznowieniu wykonywania działalności "
    "gospodarczej przed upływem okresu zawieszenia wykonywania działalności gospodarczej wpis podlega wykreśleniu z urzędu."
)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    write_catalogue("uw-rzeszow")
    sync_rights()
    office = OfficePage.objects.get(code="uw-rzeszow")
    found = {
        "author": person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow"),
        "reviewer": person("recenzent", roles.OFFICE_REVIEWER, code="uw-rzeszow"),
        "language": person("jezyk", roles.OFFICE_LANGUAGE_EDITOR, code="uw-rzeszow"),
        "head": person("naczelnik", roles.OFFICE_APPROVER, code="uw-rzeszow"),
        "coordinator": person("kinga"),
    }
    assign(office, found["coordinator"], Post.COORDINATOR, begins=today(), moment=timezone.now())
    daily.run(moment=timezone.now())
    Notification.objects.all().delete()
    mail.outbox.clear()
    return found


def fresh(page: Page) -> OfficeCard:
    found: OfficeCard = OfficeCard.objects.get(pk=page.pk)
    return found


def sent_card(people: dict[str, User], *, hard: bool = False) -> OfficeCard:
    card: OfficeCard = OfficeCard.objects.get()
    complete(card)
    card.save()
    card.pickup = HARD if hard else "Odbiór w pokoju 12."
    card.local_notes = [("item", HARD)] * 3 if hard else []
    card.save_revision(user=people["author"], log_action=True)
    workflow.submit(fresh(card), people["author"], moment=timezone.now())
    return card


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("subject", flat=True))


def test_the_author_is_told_that_his_version_came_back(people: dict[str, User]) -> None:
    card = sent_card(people)
    daily.run(moment=timezone.now())
    assert told(people["author"]) == []
    workflow.send_back(fresh(card), people["reviewer"], moment=timezone.now(), comment="Podaj piętro.")
    daily.run(moment=timezone.now())
    subject = f"Nowe zadanie: Popraw, a potem wyślij do sprawdzenia: {card.title}"
    assert told(people["author"]) == [subject]
    assert [message.subject for message in mail.outbox if message.to == [people["author"].email]].count(subject) == 1
    assert Notification.objects.get(recipient=people["author"]).link == f"/admin/pages/{card.pk}/edit/"
    task = FollowedTask.objects.get(done_at__isnull=True)
    assert (doers(task), task.due) == ([people["author"]], Standing.objects.get(page=card).due)
    workflow.submit(fresh(card), people["author"], moment=timezone.now())
    daily.run(moment=timezone.now())
    task.refresh_from_db()
    assert task.done_at is not None


def test_writing_by_oneself_is_no_task_that_is_told(people: dict[str, User]) -> None:
    card: OfficeCard = OfficeCard.objects.get()
    card.pickup = "Odbiór w pokoju 12."
    card.save_revision(user=people["author"])
    assert Standing.objects.get(page=card).state == State.IN_WORK
    daily.run(moment=timezone.now())
    assert not Notification.objects.exists()


def test_a_change_found_by_a_review_is_told_to_the_reviewer(people: dict[str, User]) -> None:
    card: OfficeCard = OfficeCard.objects.get()
    reviews.note_change_needed(card, people["author"], evidence="Nowy pokój.", moment=timezone.now())
    daily.run(moment=timezone.now())
    assert told(people["author"]) == [f"Nowe zadanie: Popraw, a potem wyślij do sprawdzenia: {card.title}"]


def test_while_the_reviewer_is_away_his_change_goes_to_whoever_acts(people: dict[str, User]) -> None:
    card: OfficeCard = OfficeCard.objects.get()
    report_absence(people["author"], begins=today(), ends=today() + datetime.timedelta(days=5), moment=timezone.now())
    reviews.note_change_needed(card, people["author"], evidence="Nowy pokój.", moment=timezone.now())
    daily.run(moment=timezone.now())
    assert FollowedTask.objects.get(done_at__isnull=True).person == people["coordinator"]


@pytest.mark.parametrize("hard", [True, False])
def test_the_head_is_told_of_a_text_that_only_he_may_let_pass(people: dict[str, User], *, hard: bool) -> None:
    card = sent_card(people, hard=hard)
    workflow.approve(fresh(card), people["reviewer"], moment=timezone.now())
    daily.run(moment=timezone.now())
    subject = f"Nowe zadanie: Sprawdź język: {card.title}"
    assert told(people["language"]) == [subject]
    assert told(people["head"]) == ([subject] if hard else [])
