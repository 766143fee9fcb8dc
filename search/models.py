"""Registers of the search, kept by central staff: synonyms, glossary terms, stop phrases and hints; and what people look for."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from search import analysis, targets
from search.synonyms import KINDS, TARGET_KINDS

OWNER = "Redakcja centralna"
LONGEST_PHRASE = 120
LONGEST_QUERY = 200
"""Characters of a query; longer ones are refused."""


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
        "cel",
        max_length=LONGEST_PHRASE,
        blank=True,
        help_text="Termin („zaświadczenie”), symbol usługi albo kod typu urzędu.",
    )
    candidate = models.BooleanField(
        "kandydat",
        default=False,
        help_text="Kandydat jeszcze nie działa. Wpisz cel i odznacz to pole, a zacznie działać od razu.",
    )

    panels = [
        FieldPanel("phrase"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("target_kind"), FieldPanel("target")]),
        FieldPanel("candidate"),
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
        return f"{self.phrase} → {self.target or '?'}"

    def clean(self) -> None:
        """Only a candidate may wait for its target, and a target has to be in the catalogue. Raises `ValidationError`."""
        self.target = self.target.strip()
        if not self.target and not self.candidate:
            raise ValidationError({"target": "Wpisz, do czego prowadzi fraza, albo zaznacz, że to kandydat."})
        kind = next((kind for kind in TARGET_KINDS if kind == self.target_kind), None)
        wrong = targets.missing(kind, self.target) if kind and self.target else ""
        if wrong:
            raise ValidationError({"target": wrong})


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
    outside_catalogue = models.BooleanField(
        "sprawa spoza katalogu",
        default=False,
        help_text="Zaznacz, gdy tej sprawy nie załatwia żaden urząd z katalogu. Czat i infolinia odpowiedzą wtedy tym zdaniem, "
        "a nie treścią podobnej karty.",
    )

    panels = [
        FieldPanel("phrase"),
        FieldPanel("sentence"),
        FieldPanel("address"),
        FieldPanel("outside_catalogue"),
        FieldPanel("owner"),
    ]

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


class SearchedPhrase(models.Model):
    """How often a phrase was searched for on one day. Nothing tells who asked: no address, no time of day, no session.

    `text` has personal numbers masked. `opened` counts results that were opened from the page of results.
    """

    SOURCES = [("strona", "strona"), ("API", "API")]

    day = models.DateField("dzień")
    source = models.CharField("skąd", max_length=10, choices=SOURCES)
    text = models.CharField("fraza", max_length=LONGEST_QUERY)
    asked = models.PositiveIntegerField("ile razy", default=0)
    without_result = models.PositiveIntegerField("bez wyniku", default=0)
    opened = models.PositiveIntegerField("otwarto", default=0)

    class Meta:
        verbose_name = "szukana fraza"
        verbose_name_plural = "szukane frazy"
        constraints = [models.UniqueConstraint(fields=("day", "source", "text"), name="searched_phrase_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class JudgedQueryEntry(ClusterableModel):
    """Oceniane zapytanie: a query with the cards that answer it; the search is measured by all of them together."""

    PARTS = [("tuning", "do strojenia"), ("held_out", "kontrolne")]

    qid = models.CharField("oznaczenie", max_length=40, unique=True, help_text="Krótkie i jedyne, na przykład q120.")
    query = models.CharField("zapytanie", max_length=LONGEST_QUERY, validators=[_of_words])
    part = models.CharField(
        "część",
        max_length=10,
        choices=PARTS,
        default=PARTS[0][0],
        help_text="Zapytań kontrolnych nie oglądaj, gdy zmieniasz synonimy: pokazują, czy zmiana pomaga także gdzie indziej.",
    )
    tags = models.CharField(
        "cechy",
        max_length=200,
        blank=True,
        help_text="Po przecinku, na przykład: everyday, typo. Wyniki są też dla cech.",
    )
    owner = models.CharField("opiekun", max_length=120, default=OWNER, help_text="Kto odpowiada za ten wpis.")

    panels = [
        FieldRowPanel([FieldPanel("qid"), FieldPanel("part")]),
        FieldPanel("query"),
        InlinePanel("grades", heading="Karty, które odpowiadają", label="karta", min_num=1, max_num=30),
        FieldPanel("tags"),
        FieldPanel("owner"),
    ]

    class Meta:
        verbose_name = "oceniane zapytanie"
        verbose_name_plural = "oceniane zapytania"
        ordering = ("qid",)

    def __str__(self) -> str:
        return self.query


class JudgedCard(models.Model):
    """How well one card answers a judged query."""

    GRADES = [(3, "3 – dokładnie ta"), (2, "2 – też pomoże"), (1, "1 – o czymś podobnym")]

    query = ParentalKey(JudgedQueryEntry, on_delete=models.CASCADE, related_name="grades")
    symbol = models.CharField("symbol usługi", max_length=40, help_text="Na przykład UW-PAS-001.")
    grade = models.PositiveSmallIntegerField("ocena", choices=GRADES, default=3)

    panels = [FieldRowPanel([FieldPanel("symbol"), FieldPanel("grade")])]

    class Meta:
        verbose_name = "oceniona karta"
        verbose_name_plural = "ocenione karty"
        constraints = [
            models.UniqueConstraint(
                fields=("query", "symbol"),
                name="judged_card_once",
                violation_error_message="Ta karta jest już oceniona dla tego zapytania.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.symbol}: {self.grade}"
