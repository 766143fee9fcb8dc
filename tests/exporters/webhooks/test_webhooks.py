"""Webhooks: signed, at least once, in order, given up in the end; private addresses are never reached; nobody holds up anybody."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import ipaddress
import json
import socket
import time
from typing import Any

import msgspec
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from exporters.webhooks import queue
from exporters.webhooks.addresses import UnusableAddress, checked_address, is_public, resolved
from exporters.webhooks.courier import Courier
from exporters.webhooks.models import WebhookDelivery, WebhookReceiver
from exporters.webhooks.sending import Letter, send, signature
from publication.recording import record
from tests.exporters.published_catalogue import (
    RECORDED_AT,
    SECRET,
    card_proposal,
    record_small_catalogue,
    small_catalogue,
    withdrawal,
)
from tests.exporters.webhooks.receivers import drips, hangs, misbehaving, receiver, resets, talks_nonsense

MOMENT = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 5, 1)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = MOMENT

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_over(self, pause: datetime.timedelta) -> None:
        self.now += pause


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def local(settings: Settings) -> None:
    """The receivers of the tests stand on this machine."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = True


def register(address: str, **more: Any) -> WebhookReceiver:
    made = WebhookReceiver(name=more.pop("name", "System"), address=address, mail="opiekun@system.example", **more)
    made.full_clean()
    made.save()
    return made


def change(title: str) -> None:
    record([card_proposal(msgspec.structs.replace(small_catalogue()[2], title=title))], recorded_at=RECORDED_AT)


def courier(clock: Clock) -> Courier:
    return Courier(clock=clock, seconds=0.5)


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_changes_are_told_in_order_signed_and_once(clock: Clock) -> None:
    record_small_catalogue()
    with receiver() as target:
        registered = register(target.address)
        change("Pierwszy")
        record([withdrawal(small_catalogue()[2], valid_from=DAY)], recorded_at=RECORDED_AT)
        work = courier(clock)
        work.settle()
        work.settle()
        told = [json.loads(body) for body in target.bodies]
        assert [row["event"] for row in told] == ["card.published", "card.withdrawn"]
        assert [row["sequence"] for row in told] == [8, 9]
        assert told[0]["url"].endswith(f"/api/v1/cards/{small_catalogue()[2].key}")
        letter = target.letters[0]
        stamp, sent = letter.headers["Okienko-Signature"].removeprefix("t=").split(",v1=")
        assert int(stamp) == int(MOMENT.timestamp())
        assert (
            sent == hmac.new(registered.secret.encode(), f"{stamp}.".encode() + letter.body, hashlib.sha256).hexdigest()
        )
        assert SECRET.encode() not in b"".join(target.bodies)
        assert set(WebhookDelivery.objects.values_list("state", "answer")) == {("delivered", "odpowiedź 200")}
        work.close()


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_only_wanted_events_and_only_from_registration_on(clock: Clock) -> None:
    record_small_catalogue()
    with receiver() as target:
        register(target.address, card_published=False)
        change("Inny")
        record([withdrawal(small_catalogue()[2], valid_from=DAY)], recorded_at=RECORDED_AT)
        courier(clock).settle()
        assert [json.loads(body)["event"] for body in target.bodies] == ["card.withdrawn"]


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_an_import_is_one_rebuilt_catalogue(clock: Clock) -> None:
    with receiver() as target:
        register(target.address)
        proposals = [msgspec.structs.replace(card, title="x") for card in small_catalogue()]
        cause = {"kind": "import", "what": "pakiet"}
        record([_with_cause(card_proposal(card), cause) for card in proposals], recorded_at=RECORDED_AT)
        courier(clock).settle()
        (told,) = [json.loads(body) for body in target.bodies]
        assert (told["event"], told["sequence"]) == ("catalogue.rebuilt", 4)
        assert "key" not in told


def _with_cause(proposal: Any, cause: dict[str, str]) -> Any:
    from dataclasses import replace

    return replace(proposal, cause=cause)


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_a_failed_letter_is_sent_again_later_and_nothing_overtakes_it(clock: Clock) -> None:
    record_small_catalogue()
    with receiver(500) as target:
        register(target.address)
        change("Pierwszy")
        change("Drugi")
        work = courier(clock)
        work.settle()
        assert len(target.letters) == 1
        work.settle()
        assert len(target.letters) == 1
        clock.pass_over(queue.pause(1))
        work.settle()
        assert len(target.letters) == 2
        target.status = 204
        clock.pass_over(queue.pause(2))
        work.settle()
        assert [json.loads(body)["sequence"] for body in target.bodies] == [8, 8, 8, 9]
        assert WebhookReceiver.objects.get().failures == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_a_letter_is_given_up_and_a_receiver_switched_off_with_a_mail(clock: Clock) -> None:
    record_small_catalogue()
    with receiver(500) as target:
        registered = register(target.address)
        for number in range(5):
            change(f"Tytuł {number}")
        work = courier(clock)
        for _ in range(queue.MOST_FAILURES + 5):
            work.settle()
            clock.pass_over(queue.LONGEST_PAUSE)
        assert len(target.letters) == queue.MOST_FAILURES
        states = list(WebhookDelivery.objects.order_by("sequence").values_list("state", flat=True))
        assert states == ["dead", "dead", "waiting", "waiting", "waiting"]
        registered.refresh_from_db()
        assert (registered.active, registered.failures) == (False, queue.MOST_FAILURES)
        (message,) = mail.outbox
        assert message.to == ["opiekun@system.example"]
        assert "Przestaliśmy wysyłać" in message.body

        target.status = 200
        registered.active = True
        registered.save()
        for dead in WebhookDelivery.objects.filter(state="dead"):
            dead.state = "waiting"
            dead.save()
        clock.pass_over(queue.LONGEST_PAUSE * 10_000)
        work.settle()
        assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("how", [hangs, drips, resets, talks_nonsense])
def test_a_receiver_that_misbehaves_costs_nobody_else_anything(clock: Clock, how: Any) -> None:
    record_small_catalogue()
    with misbehaving(how) as bad, receiver() as good:
        for number in range(5):
            register(bad, name=f"A zły {number}")
        register(good.address, name="Z dobry")
        for number in range(3):
            change(f"Tytuł {number}")
        work = courier(clock)
        started = time.monotonic()
        work.round()
        while len(good.letters) < 3:
            work.round()
            assert time.monotonic() - started < 20
        assert [json.loads(body)["sequence"] for body in good.bodies] == [8, 9, 10]
        work.settle()
        failed = WebhookDelivery.objects.filter(receiver__name__startswith="A", attempts=1)
        assert failed.count() == 5
        assert all(delivery.answer for delivery in failed)
        work.close()


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_a_process_killed_while_sending_leaves_the_letter_to_the_next(clock: Clock) -> None:
    record_small_catalogue()
    with receiver() as target:
        registered = register(target.address)
        change("Pierwszy")
        queue.enqueue(moment=clock())
        assert queue.next_letter(registered, moment=clock()) is not None  # owned, then the process dies
        assert queue.next_letter(registered, moment=clock()) is None
        courier(clock).settle()
        assert target.letters == []
        clock.pass_over(queue.LEASE)
        courier(clock).settle()
        assert len(target.letters) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("local")
def test_a_redirect_is_not_followed(clock: Clock) -> None:
    with receiver(302) as target:
        letter = Letter(address=target.address, secret="s", number=1, event="card.published", body=b"{}")
        outcome = send(letter, timestamp=1)
        assert (outcome.delivered, outcome.answer) == (False, "odpowiedź 302")
        assert len(target.letters) == 1


PRIVATE = [
    "https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.1/", "https://172.16.0.1/", "https://169.254.169.254/",
    "https://[::1]/", "https://[fd00::1]/", "https://[fe80::1]/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://100.64.0.1/", "https://224.0.0.1/",
]  # fmt: skip
UNUSABLE = [
    "http://system.example/", "ftp://system.example/", "https://", "system.example", "https://a:b@system.example/",
    "https://system.example/ a", "https://system.example/\r\nX: y", "https://źródło.example/", "https://system.example:99999/",
    "https://system.example/" + "a" * 500,
]  # fmt: skip


@pytest.mark.parametrize("address", [*PRIVATE, *UNUSABLE])
def test_an_address_where_nothing_may_be_sent_is_refused(address: str) -> None:
    with pytest.raises(UnusableAddress):
        checked_address(address)
    made = WebhookReceiver(name="x", address=address, mail="a@b.example")
    with pytest.raises(ValidationError):
        made.clean()


NO_EVENTS = dict.fromkeys(("card_published", "card_suspended", "card_withdrawn", "catalogue_rebuilt"), False)


def test_a_receiver_that_would_never_hear_anything_is_refused() -> None:
    made = WebhookReceiver(name="x", address="https://system.example/", mail="a@b.example", **NO_EVENTS)
    with pytest.raises(ValidationError) as refusal:
        made.clean()
    assert "Nie wybrano żadnego zdarzenia" in refusal.value.message_dict["card_published"][0]
    made.active = False
    made.clean()
    made.active, made.catalogue_rebuilt = True, True
    made.clean()


@pytest.mark.django_db
def test_the_screen_says_that_no_event_is_ticked(admin_client: Client) -> None:
    address = "/admin/snippets/exporters/webhookreceiver/add/"
    form = {"name": "System", "address": "https://system.example/", "mail": "a@b.example", "active": "on"}
    refused = admin_client.post(address, form)
    assert "Nie wybrano żadnego zdarzenia" in refused.content.decode()
    assert not WebhookReceiver.objects.exists()
    admin_client.post(address, form | {"card_withdrawn": "on"})
    assert WebhookReceiver.objects.get().events() == {"card.withdrawn"}


def test_a_public_address_is_taken() -> None:
    assert checked_address("https://system.example:8443/a?b=c").path == "/a?b=c"
    assert is_public(ipaddress.ip_address("193.0.6.139"))
    assert not is_public(ipaddress.ip_address("2001:db8::1"))


def test_a_name_that_leads_to_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name resolves to a public and to a private address: one private one is enough to refuse."""

    def answers(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in ("193.0.6.139", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(UnusableAddress, match="sieci prywatnej"):
        resolved(checked_address("https://system.example/"))
    letter = Letter(address="https://system.example/", secret="s", number=1, event="card.published", body=b"{}")
    assert send(letter, timestamp=1).answer.startswith("Nazwa serwera prowadzi")


def test_the_signature_depends_on_time_body_and_secret() -> None:
    made = {signature(secret, body, timestamp=stamp) for secret in "ab" for body in (b"1", b"2") for stamp in (1, 2)}
    assert len(made) == 8


@pytest.mark.django_db
def test_administrators_have_polish_screens(admin_client: Client, clock: Clock) -> None:
    record_small_catalogue()
    registered = register("https://system.example/")
    change("Pierwszy")
    queue.enqueue(moment=clock())
    delivery = WebhookDelivery.objects.get()
    base = "/admin/snippets/exporters"
    assert "https://system.example/" in admin_client.get(f"{base}/webhookreceiver/").content.decode()
    assert registered.secret in admin_client.get(f"{base}/webhookreceiver/inspect/{registered.pk}/").content.decode()
    assert "card.published" in admin_client.get(f"{base}/webhookdelivery/").content.decode()
    refused = admin_client.post(
        f"{base}/webhookreceiver/add/", {"name": "x", "address": "https://10.0.0.1/", "mail": "a@b.pl"}
    )
    assert "Na takie nie wysyłamy" in refused.content.decode()
    WebhookDelivery.objects.update(state="dead", attempts=8)
    assert admin_client.post(f"{base}/webhookdelivery/edit/{delivery.pk}/", {"state": "waiting"}).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    assert admin_client.get(f"{base}/webhookdelivery/add/").status_code == 302
