"""Handbooks with their chapters and editions, and the register of good practices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, RevisionMixin

from cms.fields import LinesField
from handbooks.chapter_kinds import CHOICES
from handbooks.published.handbook import COLLECTION
from service_catalog.models import OfficeType

FUNDING_NOTE = (
    "Układ publikacji nawiązuje do projektu „Wdrożenie standardów zarządzania satysfakcją klienta w 100 urzędach administracji "
    "rządowej”, współfinansowanego przez Unię Europejską."
)
IMPRINT = LinesField.join(
    (
        "Wydawca: redakcja katalogu usług publicznych „Okienko”.",
        "Publikacja bezpłatna. Można ją kopiować i rozpowszechniać w całości, podając źródło.",
        "Złożono krojem Source Sans 3 (licencja SIL Open Font License).",
    )
)
NOTE_HELP = "Przypis wpisz w nawiasie kwadratowym: [przypis: treść]. Znajdzie się u dołu strony."


class TableBlock(blocks.StructBlock):
    """A table typed as lines: one row per line, cells separated by a vertical bar."""

    header = blocks.CharBlock(label="Nagłówki kolumn", max_length=300, help_text="Rozdziel znakiem |")
    rows = blocks.TextBlock(label="Wiersze", help_text="Każdy wiersz w osobnej linii, komórki rozdziel znakiem |")

    class Meta:
        label = "Tabela"
        icon = "table"

    def clean(self, value: Any) -> Any:
        """Refuse rows that are not as wide as the head."""
        cleaned = super().clean(value)
        width = cleaned["header"].count("|")
        for number, row in enumerate(cleaned["rows"].splitlines(), start=1):
            if row.strip() and row.count("|") != width:
                sentence = f"Wiersz {number} ma {row.count('|') + 1} komórek, a nagłówek {width + 1}. Popraw znaki |."
                raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(sentence)})
        return cleaned


class PictureBlock(blocks.StructBlock):
    """A picture with the text that stands for it."""

    image = ImageChooserBlock(label="Obraz")
    alternative = blocks.CharBlock(
        label="Opis obrazu", max_length=300, help_text="Co widać: dla osób, które obrazu nie widzą."
    )
    caption = blocks.CharBlock(label="Podpis", max_length=200, required=False)

    class Meta:
        label = "Obraz"
        icon = "image"


CHAPTER_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", blocks.CharBlock(label="Śródtytuł", max_length=160, icon="title")),
    ("text", blocks.RichTextBlock(label="Tekst", features=["bold", "italic", "ol", "ul"], help_text=NOTE_HELP)),
    ("table", TableBlock()),
    ("picture", PictureBlock()),
    ("quote", blocks.TextBlock(label="Ramka", icon="openquote", help_text="Wskazówka albo przykład wyróżniony ramką.")),
]


class Handbook(RevisionMixin, ClusterableModel):
    """Podręcznik: the working text of one office type's handbook, or of the collection of good practices."""

    code = models.CharField("kod", max_length=20, unique=True, editable=False)
    office_type = models.OneToOneField(
        OfficeType, on_delete=models.PROTECT, null=True, blank=True, verbose_name="typ urzędu", related_name="handbook"
    )
    title = models.CharField("tytuł", max_length=160)
    funding_note = models.TextField("informacja o finansowaniu", blank=True, default=FUNDING_NOTE)
    imprint = LinesField("stopka redakcyjna", default=IMPRINT, help_text="Jedna informacja w wierszu.")

    panels = [
        FieldPanel("office_type", help_text="Puste tylko dla „Zbioru dobrych praktyk”."),
        FieldPanel("title"),
        InlinePanel("chapters", heading="Rozdziały", label="Rozdział"),
        FieldPanel("funding_note"),
        FieldPanel("imprint"),
    ]

    class Meta:
        verbose_name = "podręcznik"
        verbose_name_plural = "podręczniki"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Derive the code; refuse a second collection of good practices."""
        super().clean()
        self.code = self.office_type.code if self.office_type else COLLECTION
        if Handbook.objects.filter(code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"office_type": "Taki podręcznik już jest. Otwórz go na liście podręczników."})


class HandbookChapter(Orderable):
    """Rozdział: one chapter of the working text."""

    handbook = ParentalKey(Handbook, on_delete=models.CASCADE, related_name="chapters")
    kind = models.CharField("rodzaj", max_length=20, choices=CHOICES)
    title = models.CharField("tytuł", max_length=120)
    after = models.BooleanField("za kartami", default=False, help_text="Czy rozdział stoi za katalogiem kart.")
    text = StreamField(CHAPTER_BLOCKS, blank=True, verbose_name="treść")

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("after")]),
        FieldPanel("title"),
        FieldPanel("text"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "rozdział"
        verbose_name_plural = "rozdziały"

    def __str__(self) -> str:
        return self.title


class HandbookEdition(models.Model):
    """Wydanie podręcznika: the frozen text and card editions, waiting for approval or approved.

    `payload` is the canonical JSON of `handbooks.published.handbook.Handbook`. What was approved stands in the edition log under
    `sequence`; this row is its history in the office.
    """

    class State(models.TextChoices):
        """Where the edition stands."""

        PREPARED = "prepared", "czeka na zatwierdzenie"
        APPROVED = "approved", "zatwierdzone"
        REJECTED = "rejected", "odrzucone"

    handbook = models.ForeignKey(Handbook, on_delete=models.PROTECT, related_name="editions", verbose_name="podręcznik")
    number = models.PositiveIntegerField("numer")
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.PREPARED)
    issued_on = models.DateField("data wydania")
    payload = models.BinaryField("treść")
    sequence = models.BigIntegerField("numer w dzienniku wydań", null=True, blank=True)
    prepared_at = models.DateTimeField("przygotowano")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="przygotował(a)"
    )
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="rozstrzygnął(a)",
    )  # fmt: skip
    reason = models.CharField("uwagi", max_length=400, blank=True)

    class Meta:
        verbose_name = "wydanie podręcznika"
        verbose_name_plural = "wydania podręczników"
        ordering = ("handbook", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("handbook", "number"), condition=models.Q(state="approved"), name="one_approved_per_number"
            ),
            models.UniqueConstraint(
                fields=("handbook",), condition=models.Q(state="prepared"), name="one_prepared_per_handbook"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handbook}, wydanie {self.number}"


class GoodPractice(RevisionMixin, ClusterableModel):
    """Dobra praktyka: what an office did better, for others to take over."""

    class Category(models.TextChoices):
        """What kind of improvement it is."""

        COMPUTING = "informatyczne", "udogodnienia informatyczne"
        COMMUNICATION = "komunikacyjne", "usprawnienia komunikacyjne"
        ORGANISATION = "organizacyjne", "organizacja pracy"
        PREMISES = "lokalowe", "lokal i otoczenie"
        ACCESSIBILITY = "dostępność", "dostępność"

    class State(models.TextChoices):
        """Where the practice stands."""

        REPORTED = "zgłoszona", "zgłoszona"
        ASSESSED = "oceniona", "oceniona"
        PUBLISHED = "opublikowana", "opublikowana"
        ARCHIVED = "archiwalna", "archiwalna"

    code = models.CharField("numer", max_length=12, unique=True, help_text="Na przykład DP-004.")
    title = models.CharField("nazwa", max_length=160)
    category = models.CharField("kategoria", max_length=20, choices=Category.choices)
    state = models.CharField("stan", max_length=12, choices=State.choices, default=State.REPORTED)
    offices = LinesField("urzędy", help_text="Jeden urząd w wierszu. Puste, gdy źródło nie podaje urzędu.")
    facilities = LinesField("udogodnienia")
    problem = models.TextField("problem przed zmianą")
    description = models.TextField("na czym polega", blank=True)
    beneficiaries = LinesField("kto korzysta")
    availability = models.CharField("kiedy działa", max_length=40, blank=True, help_text="Stała albo okresowa.")
    cost = models.CharField("koszt", max_length=60, blank=True, help_text="Na przykład: niski, średni, wysoki.")
    place = models.CharField("miejsce", max_length=120, blank=True)
    how = LinesField("jak wprowadzić", help_text="Jeden krok w wierszu.")
    source = models.CharField("źródło", max_length=400)
    year = models.PositiveSmallIntegerField("rok", null=True, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zdjęcie"
    )
    alternative = models.CharField("opis zdjęcia", max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("category"), FieldPanel("state")]),
        FieldPanel("title"),
        FieldPanel("offices"),
        FieldPanel("problem"),
        FieldPanel("description"),
        FieldPanel("facilities"),
        FieldPanel("beneficiaries"),
        InlinePanel("effects", heading="Efekty", label="Efekt"),
        FieldPanel("how"),
        FieldRowPanel([FieldPanel("availability"), FieldPanel("cost"), FieldPanel("year")]),
        FieldPanel("place"),
        FieldPanel("source"),
        FieldPanel("picture"),
        FieldPanel("alternative"),
        InlinePanel("adoptions", heading="Kto przejął tę praktykę", label="Urząd"),
    ]

    class Meta:
        verbose_name = "dobra praktyka"
        verbose_name_plural = "dobre praktyki"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """A picture needs words for those who do not see it."""
        super().clean()
        if self.picture and not self.alternative.strip():
            raise ValidationError({"alternative": "Opisz, co widać na zdjęciu: dla osób, które go nie widzą."})


class PracticeEffect(Orderable):
    """Efekt: one effect of a good practice."""

    class Kind(models.TextChoices):
        """What got better."""

        SATISFACTION = "satysfakcja", "satysfakcja"
        TIME = "czas", "czas"
        ACCESS = "dostępność", "dostępność"
        COST = "koszt", "koszt"
        OTHER = "inny", "inny"

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="effects")
    kind = models.CharField("rodzaj", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    text = models.CharField("opis", max_length=300)
    measured = models.BooleanField("zmierzony", default=False)

    class Meta(Orderable.Meta):
        verbose_name = "efekt"
        verbose_name_plural = "efekty"

    def __str__(self) -> str:
        return self.text


class PracticeAdoption(Orderable):
    """Przejęcie: an office that took a practice over."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="adoptions")
    office = models.CharField("urząd", max_length=200)
    when = models.CharField("kiedy", max_length=20, blank=True, help_text="Rok albo data.")
    result = models.CharField("z jakim wynikiem", max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "przejęcie"
        verbose_name_plural = "przejęcia"

    def __str__(self) -> str:
        return self.office
