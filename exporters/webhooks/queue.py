"""From the edition log to deliveries, and from outcomes to what happens next. Every function takes the moment.

The cursor of a receiver moves in the transaction that writes his deliveries, so no edition is lost and none is queued twice.
"""

from __future__ import annotations

import datetime
import json
import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from exporters.webhooks.models import CARD_EVENTS, REBUILT, WebhookDelivery, WebhookReceiver
from exporters.webhooks.sending import Letter, Outcome
from publication.models import Edition, EditionKind
from publication.reading import editions

AT_ONCE = 500
"""Editions turned into deliveries in one transaction."""
FIRST_PAUSE = datetime.timedelta(seconds=30)
LONGEST_PAUSE = datetime.timedelta(hours=6)
MOST_ATTEMPTS = 8
"""After so many a delivery is dead: about an hour with doubling pauses."""
MOST_FAILURES = 20
"""Failed attempts in a row after which a receiver is switched off."""
LEASE = datetime.timedelta(seconds=60)
"""For how long one attempt owns a delivery; a process killed meanwhile leaves it to the next."""
KEPT_FOR = datetime.timedelta(days=30)
"""How long delivered letters stay in the log."""
logger = logging.getLogger(__name__)


def enqueue(*, moment: datetime.datetime) -> int:
    """Make deliveries of what was recorded since; return how many."""
    made = 0
    for receiver in WebhookReceiver.objects.filter(active=True):
        while True:
            fresh, read = _enqueue_some(receiver.pk, moment)
            made += fresh
            if read < AT_ONCE:
                break
    return made


def _enqueue_some(receiver_key: int, moment: datetime.datetime) -> tuple[int, int]:
    with transaction.atomic():
        receiver = WebhookReceiver.objects.select_for_update().get(pk=receiver_key)
        rows = list(editions().defer("payload", "restricted").after(receiver.cursor)[:AT_ONCE])
        if not rows:
            return 0, 0
        wanted = receiver.events()
        letters = [
            WebhookDelivery(receiver=receiver, sequence=row.sequence, event=event, body=body(row, event),
                            created_at=moment, due_at=moment)
            for row, event in _events(rows)
            if event in wanted
        ]  # fmt: skip
        WebhookDelivery.objects.bulk_create(letters, batch_size=100)
        WebhookReceiver.objects.filter(pk=receiver_key).update(cursor=rows[-1].sequence)
    return len(letters), len(rows)


def _events(rows: list[Edition]) -> list[tuple[Edition, str]]:
    """Events of a run of editions. A run of imported ones is one rebuilt catalogue: nobody wants thousands of letters at once."""
    found: list[tuple[Edition, str]] = []
    for position, row in enumerate(rows):
        if _imported(row):
            if position + 1 == len(rows) or not _imported(rows[position + 1]):
                found.append((row, REBUILT))
        elif row.kind == EditionKind.CARD:
            found.append((row, CARD_EVENTS[row.state]))
    return found


def _imported(row: Edition) -> bool:
    return isinstance(row.cause, dict) and row.cause.get("kind") == "import"


def body(row: Edition, event: str) -> str:
    """What is told: where the card can be read, and its hash. No text of the card, nobody's name."""
    told = {
        "event": event,
        "sequence": row.sequence,
        "recorded_at": row.recorded_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "changes": f"{settings.PUBLIC_ADDRESS}/api/v1/changes?since={row.sequence - 1}",
    }
    if event != REBUILT:
        told |= {
            "key": row.key,
            "state": row.state,
            "sha256": row.sha256,
            "valid_from": row.valid_from.isoformat(),
            "url": f"{settings.PUBLIC_ADDRESS}/api/v1/cards/{row.key}",
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def next_letter(receiver: WebhookReceiver, *, moment: datetime.datetime) -> tuple[WebhookDelivery, Letter] | None:
    """The oldest waiting delivery of a receiver when it is due, owned for a minute; None when there is nothing to do.

    A later letter never overtakes an earlier one.
    """
    waiting = WebhookDelivery.objects.filter(receiver=receiver, state=WebhookDelivery.State.WAITING)
    first = waiting.order_by("sequence", "pk").first()
    if first is None or first.due_at > moment:
        return None
    owned = WebhookDelivery.objects.filter(pk=first.pk, due_at=first.due_at, state=WebhookDelivery.State.WAITING)
    if not owned.update(due_at=moment + LEASE):
        return None
    letter = Letter(
        address=receiver.address,
        secret=receiver.secret,
        number=first.pk,
        event=first.event,
        body=first.body.encode(),
    )
    return first, letter


def note(delivery: WebhookDelivery, outcome: Outcome, *, moment: datetime.datetime) -> None:
    """Write down the outcome of an attempt and decide what comes next."""
    found = WebhookDelivery.objects.filter(pk=delivery.pk)
    receiver = WebhookReceiver.objects.filter(pk=delivery.receiver_id)
    attempts = delivery.attempts + 1
    answer = outcome.answer[:200]
    if outcome.delivered:
        state = WebhookDelivery.State.DELIVERED
        found.update(state=state, attempts=attempts, answer=answer, delivered_at=moment)
        receiver.update(failures=0)
        return
    state = WebhookDelivery.State.DEAD if attempts >= MOST_ATTEMPTS else WebhookDelivery.State.WAITING
    found.update(state=state, attempts=attempts, answer=answer, due_at=moment + pause(attempts))
    receiver.update(failures=F("failures") + 1)
    if receiver.filter(active=True, failures__gte=MOST_FAILURES).update(active=False, stopped_at=moment):
        _tell_of_stopping(receiver.get(), answer)


def pause(attempts: int) -> datetime.timedelta:
    """How long to wait after so many failed attempts: 30 seconds, doubled each time, at most 6 hours."""
    doubled: datetime.timedelta = FIRST_PAUSE * 2 ** (attempts - 1)
    return min(doubled, LONGEST_PAUSE)


def _tell_of_stopping(receiver: WebhookReceiver, answer: str) -> None:
    text = (
        f"Od {MOST_FAILURES} prób nie udaje się dostarczyć powiadomień pod adres {receiver.address} (ostatnio: {answer}). "
        "Przestaliśmy wysyłać. Gdy adres będzie działał, administrator może włączyć wysyłanie w panelu; zmiany z tego czasu "
        f"odczytasz ze strumienia {settings.PUBLIC_ADDRESS}/api/v1/changes."
    )
    try:
        send_mail(
            f"Okienko: wstrzymane powiadomienia – {receiver.name}", text, settings.DEFAULT_FROM_EMAIL, [receiver.mail]
        )
    except OSError:
        logger.exception("Nie udało się wysłać wiadomości o wstrzymaniu powiadomień.")


def forget_old(*, moment: datetime.datetime) -> int:
    """Remove delivered letters from the log after a month; dead ones stay for an administrator. Returns how many."""
    old = WebhookDelivery.objects.filter(state=WebhookDelivery.State.DELIVERED, delivered_at__lt=moment - KEPT_FOR)
    return old.delete()[0]
