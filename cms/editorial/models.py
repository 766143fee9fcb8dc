"""Where every page is on its way to readers, who brought it there, and links to a version for people without an account."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page, Task

from cms.editorial.states import STEP_OF_STATE, Decision, State, Step


class EditorialCheck(Task):
    """One step of checking. Who may do it follows from the page: people with the right role at its office or type of office.

    Decisions are made on the page of the check (`cms.editorial.views`), so Wagtail's own buttons have nothing to offer.
    """

    step = models.CharField("krok", max_length=10, choices=Step.choices)

    admin_form_fields = [*Task.admin_form_fields, "step"]

    class Meta:
        verbose_name = "sprawdzenie przez inną osobę"
        verbose_name_plural = "sprawdzenia przez inną osobę"

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Whoever may do the step may open the page."""
        from cms.editorial.people import may_take_step

        return may_take_step(user, obj, Step(self.step))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While a page is checked nobody changes it: what was checked must be what is published."""
        return True

    @classmethod
    def get_description(cls) -> str:
        """Shown where tasks are listed."""
        return "Krok sprawdzenia: wykonuje go osoba z odpowiednią rolą w urzędzie, która nie pisała tej wersji."


class Standing(models.Model):
    """Where a page is on its way. Pages that came by an import get a row when they are imported."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    state = models.CharField("stan", max_length=16, choices=State.choices, default=State.DRAFT)
    since = models.DateTimeField("od")
    submitted_digest = models.CharField("skrót sprawdzanej wersji", max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField("termin zadania", null=True, blank=True)
    takes_effect = models.DateField("obowiązuje od", null=True, blank=True)
    expires = models.DateField("obowiązuje do", null=True, blank=True)
    next_review = models.DateField("następny przegląd", null=True, blank=True)

    class Meta:
        verbose_name = "stan strony"
        verbose_name_plural = "stany stron"
        indexes = (
            models.Index(fields=("state", "since"), name="standing_by_state"),
            models.Index(fields=("state", "next_review"), name="standing_by_review"),
        )

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_state_display()}"

    @property
    def step(self) -> Step | None:
        """The check that the page waits for."""
        return STEP_OF_STATE.get(State(self.state))


class Transition(models.Model):
    """Somebody moved a page on: who, when, why, and which version (the digest of its content)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="transitions")
    revision = models.BigIntegerField("numer wersji", null=True)
    digest = models.CharField("skrót wersji", max_length=64, blank=True)
    decision = models.CharField("co się stało", max_length=16, choices=Decision.choices)
    step = models.CharField("krok", max_length=10, choices=Step.choices, blank=True)
    before = models.CharField("stan przed", max_length=16, choices=State.choices)
    after = models.CharField("stan po", max_length=16, choices=State.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person_name = models.CharField("osoba", max_length=160, blank=True)
    comment = models.TextField("komentarz", blank=True)
    moment = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "przejście"
        verbose_name_plural = "przejścia"
        ordering = ("pk",)
        indexes = (models.Index(fields=("page", "digest"), name="transition_of_version"),)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_before_display()} → {self.get_after_display()}"


class Review(models.Model):
    """A review of a published page: what somebody found and how he knows."""

    class Result(models.TextChoices):
        """What the review found."""

        UNCHANGED = "unchanged", "bez zmian"
        CHANGED = "changed", "zmieniona"
        SUSPENDED = "suspended", "wstrzymana"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reviews")
    result = models.CharField("wynik", max_length=10, choices=Result.choices)
    evidence = models.TextField("na jakiej podstawie")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person_name = models.CharField("osoba", max_length=160, blank=True)
    moment = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "przegląd"
        verbose_name_plural = "przeglądy"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_result_display()}"


class SharedPreview(models.Model):
    """A link to one version for somebody without an account. It expires, can be revoked, and every opening is counted."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="shared_previews")
    revision = models.BigIntegerField("numer wersji")
    digest = models.CharField("skrót wersji", max_length=64)
    recipient = models.CharField("dla kogo", max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("utworzono")
    expires_at = models.DateTimeField("ważny do")
    revoked_at = models.DateTimeField("odwołano", null=True, blank=True)

    class Meta:
        verbose_name = "link do podglądu"
        verbose_name_plural = "linki do podglądu"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.recipient}"

    def is_open(self, *, moment: datetime.datetime) -> bool:
        """Whether the link still opens the version."""
        return self.revoked_at is None and moment < self.expires_at


class SharedPreviewOpening(models.Model):
    """One opening of a link. Nothing about the visitor is kept."""

    preview = models.ForeignKey(SharedPreview, on_delete=models.CASCADE, related_name="openings")
    moment = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "otwarcie podglądu"
        verbose_name_plural = "otwarcia podglądu"

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M}"
