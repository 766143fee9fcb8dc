"""What helps authors and is no part of any card: results of link checks, and the list of word swaps."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin

from cms.plain_language.word_swaps import LONGEST_PHRASE, Swap, words_of


class LinkCheck(models.Model):
    """Last check of an address that cards show. `failures` counts checks in a row that failed."""

    DEAD_AFTER = 3
    """Failed checks in a row after which an address counts as dead; an answer "there is no such page" counts at once."""

    url = models.URLField("adres", max_length=300, unique=True)
    checked_at = models.DateTimeField("sprawdzono")
    failures = models.PositiveSmallIntegerField("nieudane próby z rzędu", default=0)
    gone = models.BooleanField("serwer odpowiada, że strony nie ma", default=False)
    outcome = models.CharField("wynik", max_length=200, blank=True)

    class Meta:
        verbose_name = "sprawdzony adres"
        verbose_name_plural = "sprawdzone adresy"

    def __str__(self) -> str:
        return self.url

    @property
    def dead(self) -> bool:
        """Whether readers who follow the address get nothing."""
        return self.gone or self.failures >= self.DEAD_AFTER


class WordSwap(RevisionMixin, models.Model):
    """Zamiana słów: a phrase to avoid and what to write instead."""

    phrase = models.CharField(
        "zwrot", max_length=120, unique=True, help_text=f"Od 1 do {LONGEST_PHRASE} słów, w formie podstawowej."
    )
    proposal = models.CharField("napisz", max_length=200, blank=True, help_text="Puste: zwrot lepiej pominąć.")
    remark = models.CharField("uwaga dla autora", max_length=200, blank=True)

    panels = [FieldPanel("phrase"), FieldPanel("proposal"), FieldPanel("remark")]

    class Meta:
        verbose_name = "zamiana słów"
        verbose_name_plural = "zamiany słów"
        ordering = ("phrase",)

    def __str__(self) -> str:
        return f"{self.phrase} → {self.proposal or '(pomiń)'}"

    def clean(self) -> None:
        """A phrase must have words, and not too many."""
        super().clean()
        if not 1 <= len(words_of(self.phrase)) <= LONGEST_PHRASE:
            raise ValidationError({"phrase": f"Zwrot musi mieć od 1 do {LONGEST_PHRASE} słów. Popraw zwrot."})
        if WordSwap.objects.filter(phrase__iexact=self.phrase).exclude(pk=self.pk).exists():
            raise ValidationError({"phrase": f"Zwrot „{self.phrase}” już jest na liście. Popraw tamten wpis."})

    @property
    def swap(self) -> Swap:
        """The entry as the rules read it."""
        return Swap(self.phrase, self.proposal, self.remark)
