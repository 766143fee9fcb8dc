"""Publication sets: which books were built together, and what came of them. The files lie in the data directory."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from exporters.webhooks.models import WebhookDelivery, WebhookReceiver

__all__ = ["PublicationSet", "PublishedFile", "WebhookDelivery", "WebhookReceiver"]


class PublicationSet(models.Model):
    """Komplet publikacji: all handbooks, the collection of good practices and all printed catalogues of one day.

    A set is public once it is complete; until then the set before it stays.
    """

    class State(models.TextChoices):
        """Where the set stands."""

        BUILDING = "building", "w budowie"
        COMPLETE = "complete", "gotowy"
        STOPPED = "stopped", "zatrzymany"

    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.BUILDING)
    on = models.DateField("stan na dzień")
    requested_at = models.DateTimeField("zlecono")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zlecił(a)"
    )
    finished_at = models.DateTimeField("ukończono", null=True, blank=True)
    message = models.TextField("uwagi", blank=True)

    class Meta:
        verbose_name = "komplet publikacji"
        verbose_name_plural = "komplety publikacji"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state="building"), name="one_set_is_built_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Komplet {self.pk} z dnia {self.on.isoformat()}"


class PublishedFile(models.Model):
    """Plik kompletu: one book. `digest` identifies what it was made of; it is empty until the book is built."""

    class Kind(models.TextChoices):
        """What the book is."""

        HANDBOOK = "handbook", "podręcznik"
        COLLECTION = "collection", "zbiór dobrych praktyk"
        CATALOGUE = "catalogue", "katalog urzędu"

    publication_set = models.ForeignKey(PublicationSet, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind.choices)
    code = models.CharField("kod", max_length=60)
    title = models.CharField("tytuł", max_length=300)
    name = models.CharField("nazwa pliku", max_length=100)
    digest = models.CharField("skrót treści", max_length=64, blank=True)
    sha256 = models.CharField("suma kontrolna", max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField("rozmiar", default=0)
    pages = models.PositiveIntegerField("liczba stron", default=0)
    remarks = models.TextField("uwagi", blank=True)

    class Meta:
        verbose_name = "plik kompletu"
        verbose_name_plural = "pliki kompletu"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("publication_set", "name"), name="file_name_in_set")]

    def __str__(self) -> str:
        return self.name
