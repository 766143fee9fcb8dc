"""The edition log and its head.

Rows of the log are written once, by `publication.recording`, and never changed: triggers in both databases refuse it.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q


class EditionKind(models.TextChoices):
    """What an edition is an edition of."""

    CARD = "card", "karta"
    OFFICE = "office", "urząd"
    LIFE_EVENT = "life_event", "zdarzenie życiowe"
    REGISTER = "register", "rejestr"
    ARTICLE = "article", "artykuł"


class EditionState(models.TextChoices):
    """Published text, or a tombstone that says why there is none."""

    PUBLISHED = "published", "opublikowane"
    SUSPENDED = "suspended", "wstrzymane"
    WITHDRAWN = "withdrawn", "wycofane"


class EditionQuerySet(models.QuerySet["Edition"]):
    """The language of questions to the log. Adjectives filter."""

    def in_force(self, *, on: datetime.date) -> EditionQuerySet:
        """The one edition per key that holds on the day: greatest `valid_from` not after it, then greatest sequence.

        Tombstones are included: ask `.readable()` for text only.
        """
        later = Edition.objects.filter(key=OuterRef("key"), valid_from__lte=on).filter(
            Q(valid_from__gt=OuterRef("valid_from"))
            | Q(valid_from=OuterRef("valid_from"), sequence__gt=OuterRef("sequence"))
        )
        return self.filter(valid_from__lte=on).filter(~Exists(later))

    def readable(self, *, on: datetime.date) -> EditionQuerySet:
        """Editions in force on the day that are published and not past their `valid_to`."""
        unexpired = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        return self.in_force(on=on).filter(unexpired, state=EditionState.PUBLISHED)

    def of_kind(self, kind: str) -> EditionQuerySet:
        """Editions of one kind."""
        return self.filter(kind=kind)

    def labelled(self, name: str, value: str) -> EditionQuerySet:
        """Editions that carry a label, for example ("office", "uw-rzeszow")."""
        return self.filter(pk__in=EditionLabel.objects.filter(name=name, value=value).values("edition"))

    def after(self, sequence: int) -> EditionQuerySet:
        """Editions recorded after `sequence`, in the order of recording."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def public(self) -> EditionQuerySet:
        """Editions without the restricted column: what public outlets may select."""
        return self.defer("restricted")


class Edition(models.Model):
    """One immutable edition. `payload` and `restricted` are canonical JSON; `sha256` is the hash of `payload`."""

    sequence = models.BigIntegerField("numer", primary_key=True)
    kind = models.CharField("rodzaj", max_length=12, choices=EditionKind.choices)
    key = models.CharField("klucz", max_length=120)
    state = models.CharField("stan", max_length=10, choices=EditionState.choices)
    valid_from = models.DateField("obowiązuje od")
    valid_to = models.DateField("obowiązuje do", null=True)
    payload = models.BinaryField("treść")
    restricted = models.BinaryField("treść tylko dla konsultantów i urzędu")
    sha256 = models.CharField("skrót treści", max_length=64)
    restricted_sha256 = models.CharField("skrót treści zastrzeżonej", max_length=64)
    chain = models.CharField("łańcuch", max_length=64)
    cause = models.JSONField("przyczyna")
    recorded_at = models.DateTimeField("zapisano")

    objects: ClassVar[models.Manager[Edition]] = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "wydanie"
        verbose_name_plural = "wydania"
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("key", "valid_from", "sequence"), name="edition_in_force"),
            models.Index(fields=("kind", "key"), name="edition_of_kind"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.key}"

    def covers(self, day: datetime.date) -> bool:
        """Whether the edition has text to show on `day`: published and not past its `valid_to`."""
        return self.state == EditionState.PUBLISHED and (self.valid_to is None or self.valid_to >= day)


class EditionLabel(models.Model):
    """A relation of an edition by which readers look it up, derived from the payload when it is recorded."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="labels")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = "etykieta wydania"
        verbose_name_plural = "etykiety wydań"
        indexes = (models.Index(fields=("name", "value", "edition"), name="edition_label_value"),)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class LogHead(models.Model):
    """The last sequence and chain value: the row that a writer locks, so that the sequence has no gap."""

    sequence = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "czoło dziennika"
        verbose_name_plural = "czoło dziennika"

    def __str__(self) -> str:
        return f"{self.sequence}"
