"""Telling people: in the editor's screen at once, by mail at once or once a day, as each of them chose.

What is to be told is written into the database first and mailed afterwards by the scheduler, so a mail server that is down delays
mail and stops nothing. Every notification has a key and is made and mailed once.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import Q, QuerySet

from governance.models import FollowedTask, Notification, NotificationChoice

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
"""Messages sent in one go, so that the scheduler is not held up."""
MOST_SEPARATE = 5
"""Up to so many notifications of one person are separate messages."""
Mail = NotificationChoice.Mail


def tell(
    people: Iterable[Any], *, key: str, subject: str, text: str = "", link: str = "", moment: datetime.datetime
) -> int:
    """Write a notification for each active person who did not get one under this key; return how many were written."""
    recipients = {person.pk: person for person in people if person.is_active}
    told = set(Notification.objects.filter(key=key, recipient__in=recipients).values_list("recipient", flat=True))
    rows = [
        Notification(recipient_id=pk, key=key, subject=subject[:300], text=text, link=link, created_at=moment)
        for pk in recipients
        if pk not in told
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def doers(task: FollowedTask) -> list[Any]:
    """Accounts of those who have to do a task: its person, or all who may do it."""
    if task.person is not None:
        return [task.person]
    return list(get_user_model().objects.filter(pk__in=task.people, is_active=True).order_by("pk"))


def tell_about_task(task: FollowedTask, *, moment: datetime.datetime, taken_over: bool = False) -> None:
    """Tell the person of a task that it is his now."""
    subject = f"Przejmujesz zadanie: {task.title}" if taken_over else f"Nowe zadanie: {task.title}"
    due = f"Termin: {task.due}." if task.due else "To zadanie nie ma terminu."
    why = (
        " Przechodzi do Ciebie, bo osoba, która je miała, jest nieobecna albo nie pełni już funkcji."
        if taken_over
        else ""
    )
    key = f"task:{task.key}:{task.due}:{task.person_id or ''}"
    tell(doers(task), key=key, subject=subject, text=f"{due}{why}", link=task.link, moment=moment)


def unread(person: Any) -> int:
    """How many notifications a person has not read."""
    return Notification.objects.filter(recipient=person, read_at__isnull=True).count()


def mark_read(person: Any, *, moment: datetime.datetime, key: int | None = None) -> int:
    """Mark one or all notifications of a person as read; return how many."""
    rows = Notification.objects.filter(recipient=person, read_at__isnull=True)
    return (rows.filter(pk=key) if key else rows).update(read_at=moment)


def choice_of(person: Any) -> str:
    """How a person wants his mail."""
    return str(NotificationChoice.objects.filter(person=person).values_list("mail", flat=True).first() or Mail.AT_ONCE)


def _waiting() -> QuerySet[Notification]:
    """Notifications not mailed yet, to people who can get mail."""
    rows = Notification.objects.filter(mailed_at__isnull=True, recipient__is_active=True).exclude(recipient__email="")
    return rows.select_related("recipient").order_by("pk")


def send_at_once(*, moment: datetime.datetime) -> int:
    """Mail what waits for people who want mail at once; return how many messages were sent. What fails is tried next time.

    More than a few at a time, as on the day when reviews of many cards are due, go into one message.
    """
    chosen = Q(recipient__notification_choice__isnull=True) | Q(recipient__notification_choice__mail=Mail.AT_ONCE)
    sent = 0
    for rows in _by_recipient(_waiting().filter(chosen)[:MOST_AT_ONCE]):
        if len(rows) > MOST_SEPARATE:
            sent += _send_together(rows, subject=f"Okienko: nowe powiadomienia ({len(rows)})", moment=moment)
        else:
            sent += sum(_send([row], subject=row.subject, text=_body(row), moment=moment) for row in rows)
    return sent


def send_digests(*, moment: datetime.datetime) -> int:
    """Mail one message to each person who wants one a day; return how many were sent."""
    waiting = _by_recipient(_waiting().filter(recipient__notification_choice__mail=Mail.DAILY))
    return sum(
        _send_together(rows, subject=f"Okienko: powiadomienia z ostatniego dnia ({len(rows)})", moment=moment)
        for rows in waiting
    )


def _by_recipient(rows: Iterable[Notification]) -> list[list[Notification]]:
    """Notifications of each person."""
    found: defaultdict[int, list[Notification]] = defaultdict(list)
    for row in rows:
        found[row.recipient_id].append(row)
    return list(found.values())


def _send_together(rows: list[Notification], *, subject: str, moment: datetime.datetime) -> int:
    """Send one message about many notifications."""
    text = "\n\n".join(f"{number}. {row.subject}\n{_body(row)}" for number, row in enumerate(rows, 1))
    return _send(rows, subject=subject, text=text, moment=moment)


def _body(row: Notification) -> str:
    address = f"{settings.PUBLIC_ADDRESS}{row.link}" if row.link else ""
    return "\n".join(part for part in (row.text, address) if part)


def _send(rows: list[Notification], *, subject: str, text: str, moment: datetime.datetime) -> int:
    """Send one message about these rows. They are taken first, so that two schedulers do not both send them."""
    keys = [row.pk for row in rows]
    taken = Notification.objects.filter(pk__in=keys, mailed_at__isnull=True).update(mailed_at=moment)
    if taken < len(keys):
        Notification.objects.filter(pk__in=keys, mailed_at=moment).update(mailed_at=None)
        return 0
    closing = f"\n\nSposób powiadamiania zmienisz tutaj: {settings.PUBLIC_ADDRESS}/admin/powiadomienia/ustawienia/"
    subject = " ".join(subject.split())
    try:
        return int(send_mail(subject, f"{text}{closing}", settings.DEFAULT_FROM_EMAIL, [rows[0].recipient.email]))
    except OSError as fault:  # every fault of the connection, SMTP's own errors included
        logger.warning("Nie udało się wysłać wiadomości, spróbuję znowu: %s", type(fault).__name__)
        Notification.objects.filter(pk__in=keys).update(mailed_at=None)
        return 0
