"""Registers kept by central staff: office types, topics, services, legal acts, forms."""

from __future__ import annotations

import itertools
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, RevisionMixin

from service_catalog import identifiers


class OfficeType(RevisionMixin, ClusterableModel):
    """Typ urzędu. 27 types make the catalogue; others are nodes of the hotline only."""

    code = models.CharField("kod", max_length=7, unique=True, help_text="Wielkie litery, na przykład UW.")
    name = models.CharField("nazwa", max_length=120)
    name_plural = models.CharField("nazwa w liczbie mnogiej", max_length=120)
    level = models.CharField("obszar działania", max_length=60, blank=True)
    subordination = models.CharField("podległość", max_length=160, blank=True)
    appeal_body = models.CharField("organ odwoławczy", max_length=200, blank=True)
    jurisdiction_kind = models.CharField("sposób określenia właściwości", max_length=160, blank=True)
    in_catalogue = models.BooleanField("typ należy do katalogu", default=True)
    valid_from = models.DateField("istnieje od", null=True, blank=True)
    valid_to = models.DateField("istnieje do", null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="następca")

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("in_catalogue")]),
        FieldPanel("name"),
        FieldPanel("name_plural"),
        FieldPanel("level"),
        FieldPanel("subordination"),
        FieldPanel("appeal_body"),
        FieldPanel("jurisdiction_kind"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("successor")]),
    ]

    class Meta:
        verbose_name = "typ urzędu"
        verbose_name_plural = "typy urzędów"
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Topic(models.Model):
    """Dział: the first level of the topic tree."""

    name = models.CharField("nazwa", max_length=80, unique=True)
    slug = models.SlugField("adres", max_length=80, unique=True)
    ivr_key = models.PositiveSmallIntegerField("klawisz infolinii", null=True, blank=True, unique=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("ivr_key"), FieldPanel("position")]

    class Meta:
        verbose_name = "dział"
        verbose_name_plural = "działy"
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class TopicCategory(models.Model):
    """Kategoria: the second level of the topic tree."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="categories", verbose_name="dział")
    name = models.CharField("nazwa", max_length=80)
    slug = models.SlugField("adres", max_length=80)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    panels = [FieldPanel("topic"), FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]

    class Meta:
        verbose_name = "kategoria"
        verbose_name_plural = "kategorie"
        ordering = ("topic", "position", "name")
        constraints = [models.UniqueConstraint(fields=("topic", "slug"), name="category_slug_in_topic")]

    def __str__(self) -> str:
        return f"{self.topic} › {self.name}"


class ServiceGroup(models.Model):
    """Grupa usług: the third level, to which cards belong."""

    category = models.ForeignKey(
        TopicCategory, on_delete=models.PROTECT, related_name="groups", verbose_name="kategoria"
    )
    name = models.CharField("nazwa", max_length=100)
    slug = models.SlugField("adres", max_length=100)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    panels = [FieldPanel("category"), FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]

    class Meta:
        verbose_name = "grupa usług"
        verbose_name_plural = "grupy usług"
        ordering = ("category", "position", "name")
        constraints = [models.UniqueConstraint(fields=("category", "slug"), name="group_slug_in_category")]

    def __str__(self) -> str:
        return f"{self.category} › {self.name}"


class Service(models.Model):
    """Usługa: what a client wants, whichever office gives it."""

    class Kind(models.TextChoices):
        """Legal form of the service."""

        DECISION = "decyzja", "decyzja"
        CERTIFICATE = "zaświadczenie", "zaświadczenie"
        ENTRY = "wpis", "wpis"
        NOTIFICATION = "zgłoszenie", "zgłoszenie"
        SILENT_CONSENT = "milcząca zgoda", "milcząca zgoda"
        INFORMATION = "informacja", "informacja"
        APPEAL = "odwołanie", "odwołanie"
        INTERVENTION = "interwencja", "interwencja"
        OTHER = "inna", "inna"

    class OnlineLevel(models.IntegerChoices):
        """How much can be settled online."""

        DESCRIPTION = 0, "opis"
        FORM = 1, "formularz do pobrania"
        SUBMISSION = 2, "złożenie online"
        WHOLE = 3, "całość online"

    name = models.CharField("nazwa", max_length=120, unique=True)
    kind = models.CharField("rodzaj", max_length=20, choices=Kind.choices, default=Kind.OTHER)
    online_level = models.PositiveSmallIntegerField("poziom online", choices=OnlineLevel.choices, default=0)

    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("online_level")]

    class Meta:
        verbose_name = "usługa"
        verbose_name_plural = "usługi"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class LegalAct(RevisionMixin, ClusterableModel):
    """Akt prawny. Cards cite the original act; the newest consolidated text is added when the card is presented."""

    class Status(models.TextChoices):
        """Status of the act as the Sejm's register names it."""

        IN_FORCE = "obowiązujący", "obowiązujący"
        REPEALED = "uchylony", "uchylony"
        EXPIRED = "wygaśnięcie aktu", "wygaśnięcie aktu"

    code = models.CharField("skrót", max_length=20, unique=True)
    title = models.CharField("tytuł", max_length=500)
    kind = models.CharField("rodzaj", max_length=60, blank=True)
    date = models.DateField("data aktu", null=True, blank=True)
    display = models.CharField("publikator", max_length=120, blank=True, help_text="Na przykład: Dz.U. 2022 poz. 350.")
    eli = models.CharField("ELI", max_length=20, blank=True, validators=[identifiers.validate_eli])
    isap = models.CharField("adres ISAP", max_length=20, blank=True, validators=[identifiers.validate_isap])
    status = models.CharField("status", max_length=20, choices=Status.choices, default=Status.IN_FORCE)
    note = models.CharField("uwaga redakcji", max_length=200, blank=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("display"), FieldPanel("eli"), FieldPanel("isap")]),
        InlinePanel("consolidated_texts", heading="Teksty jednolite", label="tekst jednolity"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = "akt prawny"
        verbose_name_plural = "akty prawne"
        ordering = ("title",)

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    def clean(self) -> None:
        """Refuse ELI and ISAP identifiers of two different acts."""
        super().clean()
        if self.eli and self.isap and not identifiers.eli_and_isap_agree(self.eli, self.isap):
            raise ValidationError(
                {"isap": f"ELI „{self.eli}” i ISAP „{self.isap}” wskazują różne akty. Popraw jedno z nich."}
            )


class ConsolidatedText(Orderable):
    """Tekst jednolity of an act, oldest first."""

    act = ParentalKey(LegalAct, on_delete=models.CASCADE, related_name="consolidated_texts")
    display = models.CharField("publikator", max_length=120)
    eli = models.CharField("ELI", max_length=20, blank=True, validators=[identifiers.validate_eli])
    announced_on = models.DateField("ogłoszony dnia", null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("display"), FieldPanel("eli"), FieldPanel("announced_on")])]

    class Meta(Orderable.Meta):
        verbose_name = "tekst jednolity"
        verbose_name_plural = "teksty jednolite"

    def __str__(self) -> str:
        return self.display


class FormFamily(RevisionMixin, ClusterableModel):
    """Formularz: a form through all its versions. Cards refer to the family, pages show the version in force."""

    code = models.CharField("symbol", max_length=40, unique=True)
    title = models.CharField("tytuł", max_length=250)

    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        InlinePanel("versions", heading="Wersje", label="wersja"),
    ]

    class Meta:
        verbose_name = "formularz"
        verbose_name_plural = "formularze"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    def clean(self) -> None:
        """Refuse versions whose periods overlap."""
        super().clean()
        versions = sorted(self.versions.all(), key=lambda version: str(version.valid_from or ""))
        for earlier, later in itertools.pairwise(versions):
            if earlier.valid_to is None or (later.valid_from and earlier.valid_to >= later.valid_from):
                raise ValidationError(
                    f"Wersje „{earlier.version}” i „{later.version}” formularza {self.code} obowiązują w tym samym czasie. "
                    "Wpisz wcześniejszej wersji datę końcową."
                )


class FormVersion(Orderable):
    """One version of a form: an uploaded document or an address outside."""

    family = ParentalKey(FormFamily, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField("wersja", max_length=20, default="1")
    format = models.CharField("postać", max_length=40, blank=True, help_text="Na przykład: PDF, formularz online.")
    fillable = models.BooleanField("można wypełnić na komputerze", default=False)
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.PROTECT, null=True, blank=True, verbose_name="plik", related_name="+"
    )
    url = models.URLField("adres", blank=True)
    valid_from = models.DateField("obowiązuje od", null=True, blank=True)
    valid_to = models.DateField("obowiązuje do", null=True, blank=True)
    note = models.CharField("jak wypełnić", max_length=400, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("version"), FieldPanel("format"), FieldPanel("fillable")]),
        FieldPanel("document"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "wersja formularza"
        verbose_name_plural = "wersje formularza"

    def __str__(self) -> str:
        return f"{self.family_id} {self.version}"

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        refuse_reversed_dates(self.valid_from, self.valid_to)


def refuse_reversed_dates(first: Any, last: Any) -> None:
    """Raise `ValidationError` when a period ends before it begins."""
    if first and last and last < first:
        raise ValidationError({"valid_to": f"Data końcowa {last} jest wcześniejsza niż początkowa {first}. Zamień je."})
