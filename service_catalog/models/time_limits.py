"""What several kinds of rows share: a citation of a legal act, and a time limit as a rule."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.fields import LinesField
from service_catalog import identifiers
from service_catalog.editor.panels import OptionalPart
from service_catalog.models.registers import LegalAct, refuse_reversed_dates


class Citation(Orderable):
    """Units of a legal act, one per line."""

    act = models.ForeignKey(
        LegalAct, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="akt prawny"
    )
    units = LinesField(
        "jednostki",
        help_text="Jedna w wierszu, na przykład: art. 129 § 2.",
        validators=[identifiers.validate_legal_units],
    )

    class Meta(Orderable.Meta):
        abstract = True


class TimeLimit(Citation):
    """A time limit as a rule (art. 57 KPA, art. 12 Ordynacji podatkowej, art. 111 Kodeksu cywilnego)."""

    class Unit(models.TextChoices):
        """Unit of counting."""

        DAY = "day", "dni"
        WORKDAY = "workday", "dni robocze"
        WEEK = "week", "tygodnie"
        MONTH = "month", "miesiące"
        YEAR = "year", "lata"

    class Direction(models.TextChoices):
        """From the event forwards, backwards from a plan, or the earliest day."""

        WITHIN = "within", "najpóźniej po tym czasie"
        AT_LEAST_BEFORE = "at_least_before", "najpóźniej tyle przed"
        NOT_EARLIER_THAN = "not_earlier_than", "najwcześniej po tym czasie"

    class Calendar(models.TextChoices):
        """Law by which time is counted."""

        KPA57 = "KPA57", "art. 57 KPA"
        OP12 = "OP12", "art. 12 Ordynacji podatkowej"
        KC111 = "KC111", "art. 111 Kodeksu cywilnego"

    class Roll(models.TextChoices):
        """What happens when the last day is free from work."""

        NEXT = "next_working", "przechodzi na następny dzień roboczy"
        PREVIOUS = "previous_working", "cofa się na wcześniejszy dzień roboczy"
        NONE = "none", "nie zmienia się"

    class SatisfiedBy(models.TextChoices):
        """What saves the date."""

        DISPATCH = "dispatch", "nadanie"
        RECEIPT = "receipt", "wpływ do urzędu"
        SYSTEM = "action_in_system", "czynność w systemie"
        OFFICE = "action_by_office", "czynność urzędu"

    text = models.CharField("termin słowami", max_length=400)
    anchor = models.CharField("od czego liczymy", max_length=250, blank=True)
    n = models.PositiveSmallIntegerField("ile", default=0)
    unit = models.CharField("jednostka", max_length=8, choices=Unit.choices, default=Unit.DAY)
    direction = models.CharField("kierunek", max_length=20, choices=Direction.choices, default=Direction.WITHIN)
    calendar = models.CharField("sposób liczenia", max_length=6, choices=Calendar.choices, default=Calendar.KPA57)
    after_end = models.BooleanField("pierwszy dzień po upływie", default=False)
    roll = models.CharField("gdy wypada dzień wolny", max_length=20, choices=Roll.choices, default=Roll.NEXT)
    satisfied_by = models.CharField("co zachowuje termin", max_length=20, choices=SatisfiedBy.choices, blank=True)
    restorable = models.BooleanField("można przywrócić", null=True, blank=True)
    consequence = models.CharField("skutek przekroczenia", max_length=400, blank=True)
    applies_to = models.CharField("kogo dotyczy", max_length=120, blank=True)
    valid_from = models.DateField("reguła obowiązuje od", null=True, blank=True)
    valid_to = models.DateField("reguła obowiązuje do", null=True, blank=True)
    computed = models.BooleanField("można policzyć datę", default=False)

    rule_panels = [
        FieldPanel("text"),
        FieldPanel("consequence"),
        OptionalPart(
            [
                FieldRowPanel([FieldPanel("anchor"), FieldPanel("n"), FieldPanel("unit")]),
                FieldRowPanel([FieldPanel("direction"), FieldPanel("calendar"), FieldPanel("roll")]),
                FieldRowPanel([FieldPanel("satisfied_by"), FieldPanel("restorable"), FieldPanel("after_end")]),
                FieldRowPanel([FieldPanel("applies_to"), FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("computed"),
                FieldRowPanel([FieldPanel("act"), FieldPanel("units")]),
            ],
            summary="Jak policzyć datę i z jakiego przepisu to wynika",
            stays_folded=True,
        ),
    ]
    panels = rule_panels

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Dates in order; a rule that is computed needs something to count."""
        super().clean()
        refuse_reversed_dates(self.valid_from, self.valid_to)
        if self.computed and not self.anchor:
            raise ValidationError({"anchor": f"Termin „{self.text}” ma być liczony. Napisz, od jakiego zdarzenia."})
