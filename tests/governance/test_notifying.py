"""Tasks, escalation, alarms and mail, with real rows and real messages in Django's outbox or in files."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from cms import roles
from governance import daily
from governance.acting import Post
from governance.assignments import assign, end, hand_over, report_absence
from governance.models import DailyWork, FollowedTask, Notification, NotificationChoice
from governance.notifying import mark_read, send_at_once, tell, unread
from governance.tasks import OpenTask, collect, forget_task_source, register_task_source
from service_catalog.models import OfficePage
from tests.governance.conftest import MONDAY, day, days_later, person


class Box:
    """A source of tasks that a test fills."""

    def __init__(self) -> None:
        self.open: list[OpenTask] = []

    def __call__(self, on: datetime.date) -> list[OpenTask]:
        return self.open


@pytest.fixture
def box() -> Iterator[Box]:
    found = Box()
    register_task_source("test", found)
    yield found
    forget_task_source("test")


@pytest.fixture
def people(rzeszow: OfficePage) -> dict[str, User]:
    found = {
        "author": person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow"),
        "coordinator": person("kinga"),
        "deputy": person("zenon"),
        "head": person("naczelnik", roles.OFFICE_APPROVER, code="uw-rzeszow"),
        "national": person("krystyna", roles.NATIONAL_COORDINATOR),
    }
    assign(rzeszow, found["coordinator"], Post.COORDINATOR, begins=day(0), moment=MONDAY)
    assign(rzeszow, found["deputy"], Post.DEPUTY, begins=day(0), moment=MONDAY)
    return found


def task(who: User | None, *, due: int | None = 4, key: str = "przegląd:1") -> OpenTask:
    return OpenTask(
        key, "Przegląd karty paszportowej", "uw-rzeszow", who.pk if who else None, since=day(0),
        due=day(due) if due is not None else None, link="/admin/pages/1/edit/",
    )  # fmt: skip


def whose(key: str = "przegląd:1") -> User | None:
    return FollowedTask.objects.get(key=key).person


def subjects(who: User) -> list[str]:
    return list(Notification.objects.filter(recipient=who).order_by("pk").values_list("subject", flat=True))


def test_a_new_task_is_told_once_to_its_person(box: Box, people: dict[str, User]) -> None:
    box.open = [task(people["author"])]
    for hour in (9, 10, 11):
        daily.run(moment=days_later(0, hour=hour))
    assert subjects(people["author"]) == ["Nowe zadanie: Przegląd karty paszportowej"]
    (message,) = [one for one in mail.outbox if one.to == [people["author"].email]]
    assert f"Termin: {day(4)}." in message.body
    assert "/admin/pages/1/edit/" in message.body


def test_a_task_without_a_person_belongs_to_the_acting_coordinator(
    box: Box, people: dict[str, User], rzeszow: OfficePage
) -> None:
    report_absence(people["coordinator"], begins=day(2), ends=day(3), moment=MONDAY)
    box.open = [task(None)]
    collect(moment=MONDAY)
    box.open.append(task(None, key="przegląd:2"))
    collect(moment=days_later(2))
    assert (whose(), whose("przegląd:2")) == (people["coordinator"], people["deputy"])


def test_tasks_of_an_absent_person_go_to_whoever_acts(box: Box, people: dict[str, User]) -> None:
    box.open = [task(people["author"]), task(people["coordinator"], key="przegląd:2")]
    collect(moment=MONDAY)
    report_absence(people["coordinator"], begins=day(0), ends=day(3), moment=MONDAY)
    assert whose() == people["author"]
    assert whose("przegląd:2") == people["deputy"]
    assert subjects(people["deputy"]) == ["Przejmujesz zadanie: Przegląd karty paszportowej"]


def test_an_absence_that_begins_later_moves_tasks_on_its_first_day(box: Box, people: dict[str, User]) -> None:
    box.open = [task(people["coordinator"], due=None)]
    daily.run(moment=MONDAY)
    report_absence(people["coordinator"], begins=day(2), ends=day(3), moment=MONDAY)
    daily.run(moment=days_later(1))
    assert whose() == people["coordinator"]
    daily.run(moment=days_later(2))
    assert whose() == people["deputy"]


def test_ending_a_post_moves_open_tasks(box: Box, people: dict[str, User], rzeszow: OfficePage) -> None:
    box.open = [task(people["coordinator"], due=None), task(people["author"], due=None, key="przegląd:2")]
    daily.run(moment=MONDAY)
    newcomer = person("nowa")
    row = rzeszow.team.get(person=people["coordinator"])
    hand_over(row, newcomer, begins=day(3), last=day(2), moment=MONDAY)
    daily.run(moment=days_later(2))
    assert whose() == people["coordinator"]
    daily.run(moment=days_later(3))
    assert (whose(), whose("przegląd:2")) == (newcomer, people["author"])
    assert "Przejmujesz zadanie" in subjects(newcomer)[0]


def test_ending_a_members_post_today_moves_his_tasks_at_once(
    box: Box, people: dict[str, User], rzeszow: OfficePage
) -> None:
    member = assign(rzeszow, people["author"], Post.MEMBER, begins=day(0), moment=MONDAY)
    box.open = [task(people["author"])]
    collect(moment=MONDAY)
    end(member, last=day(0), moment=MONDAY)
    assert whose() == people["coordinator"]


def test_a_task_that_vanished_is_done_and_may_come_back(box: Box, people: dict[str, User]) -> None:
    box.open = [task(people["author"])]
    collect(moment=MONDAY)
    box.open = []
    collect(moment=days_later(1))
    assert FollowedTask.objects.get().done_at == days_later(1)
    box.open = [task(people["author"], due=11)]
    collect(moment=days_later(2))
    followed = FollowedTask.objects.get()
    assert (followed.done_at, followed.due, followed.level) == (None, day(11), 0)
    assert len(subjects(people["author"])) == 2


def test_a_late_task_is_carried_on_step_by_step(box: Box, people: dict[str, User]) -> None:
    """Due on Friday 6 March 2026: reminders on the 9th, 11th, 17th and 26th, and never on a weekend."""
    box.open = [task(people["author"])]
    told: dict[str, int] = {}
    for number in range(35):
        daily.run(moment=days_later(number))
        daily.run(moment=days_later(number, hour=15))
        for name, user in people.items():
            if any(subject.startswith("Po terminie") for subject in subjects(user)):
                told.setdefault(name, number)
    assert told == {"author": 7, "deputy": 9, "head": 15, "national": 24}
    assert [day(number).isoformat() for number in told.values()] == [
        "2026-03-09", "2026-03-11", "2026-03-17", "2026-03-26",
    ]  # fmt: skip
    assert Notification.objects.filter(subject__startswith="Po terminie").count() == 4


def test_a_step_without_anybody_is_passed_on(box: Box, people: dict[str, User], rzeszow: OfficePage) -> None:
    User.objects.filter(pk__in=[people["deputy"].pk, people["head"].pk]).update(is_active=False)
    box.open = [task(people["author"])]
    daily.run(moment=MONDAY)
    daily.run(moment=days_later(9))
    assert [subject for subject in subjects(people["national"]) if subject.startswith("Po terminie")]


def test_a_done_task_is_carried_no_further(box: Box, people: dict[str, User]) -> None:
    box.open = [task(people["author"])]
    daily.run(moment=MONDAY)
    box.open = []
    for number in range(1, 30):
        daily.run(moment=days_later(number))
    assert not Notification.objects.filter(subject__startswith="Po terminie").exists()


def test_an_office_without_acting_coordinator_is_an_alarm_once_a_day(people: dict[str, User]) -> None:
    for name in ("coordinator", "deputy"):
        report_absence(people[name], begins=day(2), ends=day(3), moment=MONDAY)
    counted = []
    for number in range(1, 5):
        daily.run(moment=days_later(number))
        daily.run(moment=days_later(number, hour=14))
        counted.append(len(subjects(people["national"])))
    assert counted == [0, 1, 2, 2]
    assert subjects(people["national"])[0].startswith("Urząd bez koordynatora")


def test_an_alarm_is_heard_by_central_staff_when_no_national_coordinator_is_there(rzeszow: OfficePage) -> None:
    central = person("redakcja", roles.CENTRAL)
    rzeszow.participation = "projekt"
    rzeszow.save()
    daily.run(moment=MONDAY)
    assert len(subjects(central)) == 1


def test_daily_mail_is_one_message_on_a_working_morning(people: dict[str, User]) -> None:
    author = people["author"]
    NotificationChoice.objects.create(person=author, mail=NotificationChoice.Mail.DAILY)
    daily.run(moment=days_later(4))
    for number in range(3):
        tell([author], key=f"k{number}", subject=f"Sprawa {number}", moment=days_later(4, hour=18))
    sent = []
    for moment in (days_later(4, hour=20), days_later(5), days_later(7, hour=6), days_later(7, hour=8), days_later(7)):
        daily.run(moment=moment)
        sent.append(len(mail.outbox))
    assert sent == [0, 0, 0, 1, 1]
    (message,) = mail.outbox
    assert message.subject == "Okienko: powiadomienia z ostatniego dnia (3)"
    assert all(f"Sprawa {number}" in message.body for number in range(3))


def test_who_wants_no_mail_gets_none(people: dict[str, User]) -> None:
    NotificationChoice.objects.create(person=people["author"], mail=NotificationChoice.Mail.NEVER)
    tell([people["author"]], key="k", subject="Sprawa", moment=MONDAY)
    for number in range(3):
        daily.run(moment=days_later(number))
    assert mail.outbox == []
    assert unread(people["author"]) == 1


class BrokenServer(EmailBackend):
    """A mail server that refuses, until it is repaired."""

    broken = True

    def send_messages(self, messages: Any) -> int:
        if BrokenServer.broken:
            raise smtplib.SMTPConnectError(421, b"try later")
        return int(super().send_messages(messages))


def test_mail_is_sent_later_when_the_server_is_down(people: dict[str, User], settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    tell([people["author"]], key="k", subject="Sprawa\r\nBcc: obcy@example.pl", moment=MONDAY)
    assert send_at_once(moment=MONDAY) == 0
    BrokenServer.broken = False
    assert send_at_once(moment=MONDAY) == 1
    assert send_at_once(moment=MONDAY) == 0
    (message,) = mail.outbox
    assert message.to == [people["author"].email]
    assert "\n" not in message.subject


def test_a_closed_account_is_told_nothing(people: dict[str, User]) -> None:
    people["author"].is_active = False
    assert tell([people["author"], people["head"]], key="k", subject="Sprawa", moment=MONDAY) == 1
    assert tell([people["head"]], key="k", subject="Sprawa", moment=MONDAY) == 0


def test_reading_marks_only_ones_own(people: dict[str, User]) -> None:
    for name in ("author", "head"):
        tell([people[name]], key="k", subject="Sprawa", moment=MONDAY)
    foreign = Notification.objects.get(recipient=people["head"]).pk
    assert mark_read(people["author"], key=foreign, moment=MONDAY) == 0
    assert mark_read(people["author"], moment=MONDAY) == 1
    assert (unread(people["author"]), unread(people["head"])) == (0, 1)


def test_work_that_failed_is_done_again(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    """Daily work and its mark are one transaction."""

    def broken() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        daily._once("próba", day(0), broken)
    assert not DailyWork.objects.filter(name="próba").exists()


def test_many_notifications_at_a_time_are_one_message(people: dict[str, User]) -> None:
    for number in range(6):
        tell([people["author"]], key=f"k{number}", subject=f"Sprawa {number}", moment=MONDAY)
    tell([people["head"]], key="k", subject="Jedna sprawa", moment=MONDAY)
    assert send_at_once(moment=MONDAY) == 2
    assert sorted(message.subject for message in mail.outbox) == ["Jedna sprawa", "Okienko: nowe powiadomienia (6)"]
    assert not Notification.objects.filter(mailed_at__isnull=True).exists()
