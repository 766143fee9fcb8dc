"""Registers of the search, kept by central staff: synonyms, glossary terms, stop phrases and hints."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from search import analysis
from search.synonyms import KINDS, TARGET_KINDS

OWNER = "Redakcja centralna"
LONGEST_PHRASE = 120


class RegisterVersion(models.Model):
    """One row that changes with every change of a register: processes that answer searches compare it.

    The moment tells apart two changes that were given the same number, one of which was rolled back.
    """

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def advance(cls) -> None:
        """Tell every process that the registers have changed."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now()):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})


class Versioned(models.Model):
    """An entry of a register: saving or deleting it is effective at once."""

    owner = models.CharField("opiekun", max_length=120, default=OWNER, help_text="Kto odpowiada za ten wpis.")
    changed_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        abstract = True


@receiver([post_save, post_delete])
def tell_every_process(sender: type[models.Model], **signal: object) -> None:
    """Count every change of a register, bulk deletions in the editor's screen included."""
    if issubclass(sender, Versioned):
        RegisterVersion.advance()


def _of_words(value: str) -> None:
    if not analysis.tokens(value):
        raise ValidationError("Wpisz przynajmniej jedno słowo.")


class SynonymEntry(Versioned):
    """Synonim: one phrase and one target. A phrase with several targets has several entries."""

    phrase = models.CharField(
        "fraza", max_length=LONGEST_PHRASE, validators=[_of_words], help_text="Tak, jak mówi klient: „papier”."
    )
    kind = models.CharField("rodzaj", max_length=20, choices=[(kind, kind) for kind in KINDS], default=KINDS[0])
    target_kind = models.CharField(
        "prowadzi do", max_length=20, choices=[(kind, kind) for kind in TARGET_KINDS], default=TARGET_KINDS[0]
    )
    target = models.CharField(
        "cel", max_length=LONGEST_PHRASE, help_text="Termin („zaświadczenie”), symbol usługi albo kod typu urzędu."
    )

    panels = [
        FieldPanel("phrase"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("target_kind"), FieldPanel("target")]),
        FieldPanel("owner"),
    ]

    class Meta:
        verbose_name = "synonim"
        verbose_name_plural = "synonimy"
        ordering = ("phrase", "target")
        constraints = [
            models.UniqueConstraint(
                fields=("phrase", "target_kind", "target"),
                name="synonym_once",
                violation_error_message="Taki synonim już jest w rejestrze.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.target}"


class GlossaryTerm(Versioned):
    """Termin: an official word, explained in plain words."""

    term = models.CharField("termin", max_length=LONGEST_PHRASE, unique=True, validators=[_of_words])
    definition = models.CharField("znaczenie", max_length=300, help_text="Prostymi słowami, najwyżej 25 słów.")
    example = models.CharField("przykład", max_length=300, blank=True)
    recommended = models.BooleanField("polecany w tekstach", default=True)

    panels = [FieldPanel("term"), FieldPanel("definition"), FieldPanel("example"), FieldPanel("recommended"),
              FieldPanel("owner")]  # fmt: skip

    class Meta:
        verbose_name = "termin"
        verbose_name_plural = "słowniczek"
        ordering = ("term",)

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Keep the meaning short. Raises `ValidationError`."""
        if len(self.definition.split()) > 25:
            raise ValidationError({"definition": "Znaczenie ma więcej niż 25 słów. Skróć je."})


class StopPhrase(Versioned):
    """Zwrot pomijany: words that say nothing about the matter."""

    phrase = models.CharField("zwrot", max_length=LONGEST_PHRASE, unique=True, validators=[_of_words])

    panels = [FieldPanel("phrase"), FieldPanel("owner")]

    class Meta:
        verbose_name = "pomijany zwrot"
        verbose_name_plural = "pomijane zwroty"
        ordering = ("phrase",)

    def __str__(self) -> str:
        return self.phrase


class Hint(Versioned):
    """Podpowiedź: a sentence shown above the results when the query has the phrase."""

    phrase = models.CharField("fraza", max_length=LONGEST_PHRASE, unique=True, validators=[_of_words])
    sentence = models.CharField("zdanie", max_length=300, help_text="Co chcesz powiedzieć temu, kto szuka tej frazy.")
    address = models.CharField("adres", max_length=300, blank=True, help_text="Strona, do której prowadzi zdanie.")

    panels = [FieldPanel("phrase"), FieldPanel("sentence"), FieldPanel("address"), FieldPanel("owner")]

    class Meta:
        verbose_name = "podpowiedź wyszukiwarki"
        verbose_name_plural = "podpowiedzi wyszukiwarki"
        ordering = ("phrase",)

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        """Only pages of this site or https addresses. Raises `ValidationError`."""
        if self.address and not self.address.startswith(("/", "https://")):
            raise ValidationError({"address": "Adres musi zaczynać się od „/” albo „https://”."})
