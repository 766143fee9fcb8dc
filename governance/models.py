"""Teams of offices, absences, followed tasks, notifications."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from governance.acting import Away, Post, Term
from governance.escalation import Level
from service_catalog.models import OfficePage

PERSON = settings.AUTH_USER_MODEL


class CoordinatorAssignment(models.Model):
    """A person holds a post in the team of an office. Written through `governance.assignments` only, which keeps the rules."""

    POSTS = [
        (Post.COORDINATOR.value, "koordynator"),
        (Post.DEPUTY.value, "zastępca koordynatora"),
        (Post.MEMBER.value, "członek zespołu"),
        (Post.SPONSOR.value, "naczelnik wspierający"),
    ]

    office = models.ForeignKey(OfficePage, on_delete=models.CASCADE, related_name="team", verbose_name="urząd")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="posts", verbose_name="osoba")
    post = models.CharField("funkcja", max_length=12, choices=POSTS)
    begins = models.DateField("od dnia")
    ends = models.DateField("do dnia", null=True, blank=True)
    order = models.PositiveSmallIntegerField("kolejność zastępowania", default=1)

    class Meta:
        verbose_name = "funkcja w zespole urzędu"
        verbose_name_plural = "funkcje w zespołach urzędów"
        ordering = ("office", "post", "order", "begins")
        indexes = (models.Index(fields=("office", "begins"), name="assignment_of_office"),)

    def __str__(self) -> str:
        return f"{self.office_id}: {self.get_post_display()} ({self.begins}–{self.ends or ''})"

    def term(self) -> Term:
        """The row as the rules see it."""
        return Term(self.pk or 0, self.person_id, Post(self.post), self.begins, self.ends, self.order)


class Absence(models.Model):
    """A person is away. Who stands in follows from the team of his office."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="absences", verbose_name="osoba")
    begins = models.DateField("od dnia")
    ends = models.DateField("do dnia")

    class Meta:
        verbose_name = "nieobecność"
        verbose_name_plural = "nieobecności"
        ordering = ("begins", "pk")
        indexes = (models.Index(fields=("person", "ends"), name="absence_of_person"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.begins}–{self.ends}"

    def clean(self) -> None:
        """Refuse an end before the beginning and a second row for the same days."""
        super().clean()
        if not (self.begins and self.ends):
            return
        if self.ends < self.begins:
            raise ValidationError({"ends": "Ostatni dzień nieobecności jest wcześniejszy niż pierwszy. Zamień daty."})
        same = Absence.objects.filter(person_id=self.person_id, begins__lte=self.ends, ends__gte=self.begins)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                "Ta osoba ma już wpisaną nieobecność w tych dniach. Zmień daty albo usuń tamten wpis."
            )

    def away(self) -> Away:
        """The row as the rules see it."""
        return Away(self.person_id, self.begins, self.ends)


class AdvisorAssignment(models.Model):
    """An expert from outside may draft on behalf of an office until a day; then the right ends by itself."""

    office = models.ForeignKey(OfficePage, on_delete=models.CASCADE, related_name="advisors", verbose_name="urząd")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="advised", verbose_name="doradca")
    begins = models.DateField("od dnia")
    ends = models.DateField("do dnia")

    class Meta:
        verbose_name = "doradca urzędu"
        verbose_name_plural = "doradcy urzędów"
        ordering = ("office", "ends")

    def __str__(self) -> str:
        return f"{self.office_id}: {self.person_id} do {self.ends}"

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        if self.begins and self.ends and self.ends < self.begins:
            raise ValidationError({"ends": "Ostatni dzień jest wcześniejszy niż pierwszy. Zamień daty."})


class FollowedTask(models.Model):
    """An open task as the notifier knows it: whose it is and how far it was carried. Its source decides when it is done."""

    key = models.CharField("klucz", max_length=120, unique=True)
    office = models.ForeignKey(OfficePage, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="urząd")
    title = models.CharField("zadanie", max_length=300)
    link = models.CharField("adres", max_length=300, blank=True)
    person = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, related_name="followed_tasks", verbose_name="osoba"
    )
    people = models.JSONField("kto może je wykonać", default=list)
    since = models.DateField("od dnia")
    due = models.DateField("termin", null=True)
    level = models.PositiveSmallIntegerField("poziom", default=Level.NOBODY)
    done_at = models.DateTimeField("zakończone", null=True)

    class Meta:
        verbose_name = "pilnowane zadanie"
        verbose_name_plural = "pilnowane zadania"
        ordering = ("due", "pk")
        indexes = (models.Index(fields=("done_at", "due"), name="followed_task_open"),)

    def __str__(self) -> str:
        return self.title


class Notification(models.Model):
    """Something a person is told, once per key: shown in the editor's screen and sent by mail as he chose."""

    recipient = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notifications")
    key = models.CharField("klucz", max_length=180)
    subject = models.CharField("temat", max_length=300)
    text = models.TextField("treść", blank=True)
    link = models.CharField("adres", max_length=300, blank=True)
    created_at = models.DateTimeField("kiedy")
    read_at = models.DateTimeField("przeczytano", null=True)
    mailed_at = models.DateTimeField("wysłano", null=True)

    class Meta:
        verbose_name = "powiadomienie"
        verbose_name_plural = "powiadomienia"
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("recipient", "key"), name="notification_once"),)
        indexes = (
            models.Index(fields=("recipient", "read_at"), name="notification_unread"),
            models.Index(fields=("mailed_at", "created_at"), name="notification_to_mail"),
        )

    def __str__(self) -> str:
        return self.subject


class NotificationChoice(models.Model):
    """How a person wants his mail. Without a row: at once."""

    class Mail(models.TextChoices):
        """When mail is sent."""

        AT_ONCE = "at_once", "od razu"
        DAILY = "daily", "raz dziennie, w jednej wiadomości"
        NEVER = "never", "wcale – wystarczy lista powiadomień w systemie"

    person = models.OneToOneField(
        PERSON, on_delete=models.CASCADE, primary_key=True, related_name="notification_choice"
    )
    mail = models.CharField("wiadomości e-mail", max_length=8, choices=Mail.choices, default=Mail.AT_ONCE)

    class Meta:
        verbose_name = "wybór powiadomień"
        verbose_name_plural = "wybory powiadomień"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_mail_display()}"


class DailyWork(models.Model):
    """A piece of daily work that was done on a day, so that it is done once."""

    name = models.CharField("praca", max_length=40)
    day = models.DateField("dzień")

    class Meta:
        verbose_name = "praca dzienna"
        verbose_name_plural = "prace dzienne"
        constraints = (models.UniqueConstraint(fields=("name", "day"), name="daily_work_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.day}"

    @classmethod
    def begin(cls, name: str, day: datetime.date) -> bool:
        """Take the work of the day; False when it was taken before."""
        _, created = cls.objects.get_or_create(name=name, day=day)
        return created

    @classmethod
    def forget_before(cls, day: datetime.date) -> Any:
        """Delete rows that nobody asks for any more."""
        return cls.objects.filter(day__lt=day).delete()
