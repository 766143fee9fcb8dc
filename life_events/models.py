"""Life events with their stages and steps; providers outside the catalogue are allowed and labelled."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, RevisionMixin

from cms.fields import LinesField
from service_catalog.models import OfficeType, Service


class ExternalProvider(models.Model):
    """Who gives a service that no office of the catalogue gives: a commune, a court, ZUS."""

    code = models.CharField("kod", max_length=20, unique=True)
    name = models.CharField("nazwa", max_length=160)
    url = models.URLField("adres", blank=True)

    panels = [FieldPanel("code"), FieldPanel("name"), FieldPanel("url")]

    class Meta:
        verbose_name = "instytucja spoza katalogu"
        verbose_name_plural = "instytucje spoza katalogu"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class LifeEvent(RevisionMixin, ClusterableModel):
    """Zdarzenie życiowe, told in the first person."""

    class State(models.TextChoices):
        """Lifecycle of a life event."""

        DRAFT = "szkic", "szkic"
        PUBLISHED = "opublikowane", "opublikowane"
        WITHDRAWN = "wycofane", "wycofane"

    code = models.CharField("kod", max_length=5, unique=True)
    title = models.CharField("nazwa", max_length=120, help_text="W pierwszej osobie: Zakładam firmę.")
    group = models.CharField("grupa", max_length=80)
    intro = models.CharField("wprowadzenie", max_length=300, blank=True)
    audience = LinesField("dla kogo")
    state = models.CharField("stan", max_length=12, choices=State.choices, default=State.DRAFT)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("state")]),
        FieldPanel("title"),
        FieldPanel("group"),
        FieldPanel("intro"),
        FieldPanel("audience"),
        InlinePanel("stages", heading="Etapy", label="etap"),
    ]

    class Meta:
        verbose_name = "zdarzenie życiowe"
        verbose_name_plural = "zdarzenia życiowe"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """A published event needs at least one step; a service stands at most once in a stage."""
        super().clean()
        stages = list(self.stages.all())
        if self.state == self.State.PUBLISHED and not any(list(stage.steps.all()) for stage in stages):
            raise ValidationError(
                f"Zdarzenie „{self.title}” nie ma żadnego kroku. Dodaj krok albo zostaw je jako szkic."
            )
        for stage in stages:
            services = [step.service_id for step in stage.steps.all() if step.service_id]
            if len(services) != len(set(services)):
                raise ValidationError(f"W etapie „{stage.name}” ta sama usługa jest dwa razy. Usuń powtórzenie.")


class LifeEventStage(Orderable, ClusterableModel):
    """Etap of a life event."""

    event = ParentalKey(LifeEvent, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField("nazwa", max_length=80)

    panels = [FieldPanel("name"), InlinePanel("steps", heading="Kroki", label="krok")]

    class Meta(Orderable.Meta):
        verbose_name = "etap"
        verbose_name_plural = "etapy"

    def __str__(self) -> str:
        return self.name


class LifeEventStep(Orderable):
    """Krok: a service of the catalogue, or what an outside institution does."""

    stage = ParentalKey(LifeEventStage, on_delete=models.CASCADE, related_name="steps")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="usługa"
    )
    name = models.CharField("nazwa, gdy usługi nie ma w katalogu", max_length=160, blank=True)
    office_type = models.ForeignKey(
        OfficeType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="typ urzędu"
    )
    provider = models.ForeignKey(
        ExternalProvider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="spoza katalogu",
    )
    optional = models.BooleanField("krok nie dla każdego", default=False)
    parallel = models.BooleanField("można robić równolegle", default=False)
    condition = models.CharField("kiedy ten krok", max_length=200, blank=True)
    moment = models.CharField("typowa chwila", max_length=120, blank=True)
    url = models.URLField("adres", blank=True)

    panels = [
        FieldRowPanel([FieldPanel("service"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("office_type"), FieldPanel("provider")]),
        FieldRowPanel([FieldPanel("optional"), FieldPanel("parallel")]),
        FieldRowPanel([FieldPanel("condition"), FieldPanel("moment"), FieldPanel("url")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "krok"
        verbose_name_plural = "kroki"

    def __str__(self) -> str:
        return self.name or str(self.service)

    def clean(self) -> None:
        """A step names what is done and exactly one provider."""
        super().clean()
        if not self.service and not self.name:
            raise ValidationError({"name": "Wybierz usługę albo wpisz nazwę kroku."})
        if bool(self.office_type) == bool(self.provider):
            raise ValidationError({"provider": "Wskaż jedno: typ urzędu z katalogu albo instytucję spoza katalogu."})
