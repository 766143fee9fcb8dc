"""Who wants to be told, and what was sent to him."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from exporters.webhooks.addresses import UnusableAddress, checked_address

CARD_EVENTS = {"published": "card.published", "suspended": "card.suspended", "withdrawn": "card.withdrawn"}
"""State of a new edition of a card -> event."""
REBUILT = "catalogue.rebuilt"
NO_EVENT = (
    "Nie wybrano żadnego zdarzenia, więc nic byśmy nie wysłali. Zaznacz, o czym powiadamiać, albo odznacz „wysyłamy”."
)


def new_secret() -> str:
    """256 random bits as text, for signatures."""
    return secrets.token_urlsafe(32)


class WebhookReceiver(models.Model):
    """Odbiorca powiadomień: an address and the events it wants. `cursor` is the last edition that was turned into deliveries."""

    name = models.CharField("nazwa", max_length=120, help_text="Kto to jest i po co to dostaje.")
    address = models.CharField(
        "adres", max_length=500, help_text="Adres https, pod który wysyłamy. Wysyłamy tylko na ten serwer."
    )
    card_published = models.BooleanField("karta opublikowana albo zmieniona", default=True)
    card_suspended = models.BooleanField("karta wstrzymana", default=True)
    card_withdrawn = models.BooleanField("karta wycofana", default=True)
    catalogue_rebuilt = models.BooleanField("katalog wczytany od nowa", default=True)
    mail = models.EmailField("e-mail opiekuna", help_text="Napiszemy tu, gdy przestaniemy wysyłać.")
    active = models.BooleanField("wysyłamy", default=True)
    secret = models.CharField("klucz podpisu", max_length=100, default=new_secret, editable=False)
    failures = models.PositiveIntegerField("nieudane próby z rzędu", default=0, editable=False)
    stopped_at = models.DateTimeField("przestaliśmy wysyłać", null=True, editable=False)
    cursor = models.BigIntegerField("ostatnie wydanie", default=0, editable=False)
    created_at = models.DateTimeField("dodano", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "odbiorca powiadomień"
        verbose_name_plural = "odbiorcy powiadomień"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address to which nothing may be sent, and one who would never hear anything. Raises `ValidationError`."""
        faults: dict[str, str] = {}
        try:
            checked_address(self.address)
        except UnusableAddress as refusal:
            faults["address"] = str(refusal)
        if self.active and not self.events():
            faults["card_published"] = NO_EVENT
        if faults:
            raise ValidationError(faults)

    def save(self, *args: Any, **options: Any) -> None:
        """A new receiver begins at the end of the log: he asks the feed for what was before. Switched on again, he starts anew."""
        if self._state.adding and not self.cursor:
            from publication.reading import head_sequence

            self.cursor = head_sequence()
        if self.active and self.stopped_at:
            self.stopped_at, self.failures = None, 0
        super().save(*args, **options)

    def events(self) -> frozenset[str]:
        """Names of the events that he wants."""
        wanted = {
            "card.published": self.card_published,
            "card.suspended": self.card_suspended,
            "card.withdrawn": self.card_withdrawn,
            REBUILT: self.catalogue_rebuilt,
        }
        return frozenset(name for name, chosen in wanted.items() if chosen)


class WebhookDelivery(models.Model):
    """Powiadomienie: one event for one receiver, with what became of it."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "czeka"
        DELIVERED = "delivered", "doręczone"
        DEAD = "dead", "porzucone"

    receiver = models.ForeignKey(
        WebhookReceiver, on_delete=models.CASCADE, related_name="deliveries", verbose_name="odbiorca", editable=False
    )
    sequence = models.BigIntegerField("wydanie", editable=False)
    event = models.CharField("zdarzenie", max_length=30, editable=False)
    body = models.TextField("treść", editable=False)
    state = models.CharField(
        "stan",
        max_length=10,
        choices=State.choices,
        default=State.WAITING,
        help_text="Ustaw „czeka”, a powiadomienie pójdzie jeszcze raz.",
    )
    attempts = models.PositiveIntegerField("próby", default=0, editable=False)
    due_at = models.DateTimeField("następna próba", editable=False)
    answer = models.CharField("ostatnia odpowiedź", max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField("powstało", editable=False)
    delivered_at = models.DateTimeField("doręczono", null=True, editable=False)

    objects: ClassVar[models.Manager[WebhookDelivery]]

    class Meta:
        verbose_name = "powiadomienie"
        verbose_name_plural = "powiadomienia dla programów"
        ordering = ("-sequence", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("receiver", "sequence", "event"), name="webhook_once_per_receiver")
        ]
        indexes = [models.Index(fields=("state", "receiver", "sequence"), name="webhook_waiting")]

    def __str__(self) -> str:
        return f"{self.event} {self.sequence}"

    def save(self, *args: Any, **options: Any) -> None:
        """Put back to „czeka” by an administrator, it starts anew."""
        if self.state == self.State.WAITING and not self._state.adding:
            self.attempts, self.due_at, self.delivered_at = 0, timezone.now(), None
        super().save(*args, **options)
