"""Cards of offices: the office card with what an office may add to a model card, and the local card without a model."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.editorial.states import State
from cms.fields import LinesField
from publication.calendar import today
from service_catalog.editor.law import Law, law_in_force
from service_catalog.editor.questions import local_card_form, office_card_form
from service_catalog.forms import CardAtOfficeForm
from service_catalog.models import prose
from service_catalog.models.card_rows import ChannelName
from service_catalog.models.complete_cards import AUDIENCES, CompleteCard, ModelCard, PreviewedCard
from service_catalog.models.office import OfficePage, OrganisationalUnit, ServicePoint
from service_catalog.models.registers import refuse_reversed_dates

OVERRIDES = (
    "booking", "pickup", "payment_methods", "local_average_days", "local_notes", "internal_note", "keywords_everyday",
    "keywords_misspellings", "client_groups", "before_you_start", "steps", "mistakes", "special_needs", "variants",
)  # fmt: skip
"""Fields by which an office card says something that its model card does not (policies LOCAL_OPTIONAL and LOCAL_APPEND)."""


class OfficeWords(models.Model):
    """What an office says about a card: place, unit, contact, own notes. Empty means: as in the office record."""

    service_point = models.ForeignKey(
        ServicePoint,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="miejsce w urzędzie",
        help_text="Miejsce, do którego klient ma przyjść. Puste tylko wtedy, gdy urząd ma jedno.",
    )
    responsible_unit = models.ForeignKey(
        OrganisationalUnit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="komórka odpowiedzialna",
    )
    contact_phone = models.CharField("telefon do sprawy", max_length=40, blank=True)
    contact_email = models.EmailField("e-mail do sprawy", blank=True)
    contact_room = models.CharField("pokój", max_length=40, blank=True)
    booking = models.CharField("umawianie wizyt", max_length=300, blank=True)
    pickup = models.CharField("odbiór", max_length=300, blank=True)
    payment_methods = LinesField("sposoby zapłaty w tym urzędzie", help_text="Jeden w wierszu.")
    local_average_days = models.PositiveSmallIntegerField("średni czas w tym urzędzie (dni)", null=True, blank=True)
    local_average_on = models.DateField("średni czas – stan na", null=True, blank=True)
    local_notes = prose.items("informacje tego urzędu", limit=5)
    internal_note = models.TextField("notatka dla konsultanta (nigdy publiczna)", blank=True, max_length=1000)
    privacy_notice_url = models.URLField("klauzula RODO, jeśli inna niż urzędu", blank=True)
    last_verified = models.DateField("sprawdzono", null=True, blank=True)

    class Meta:
        abstract = True

    @cached_property
    def own_office(self) -> OfficePage:
        """The office below which the card stands in the tree; the card must have been saved."""
        path, step = str(getattr(self, "path", "")), OfficePage.steplen
        office: OfficePage = OfficePage.objects.get(path=path[:-step])
        return office

    def clean(self) -> None:
        """A measured average needs its date; a place must belong to this office."""
        super().clean()
        if self.local_average_days is not None and self.local_average_on is None:
            raise ValidationError({"local_average_on": "Napisz, na jaki dzień policzono średni czas."})
        if self.responsible_unit is not None and self.responsible_unit.closed:
            raise ValidationError(
                {"responsible_unit": f"Komórka „{self.responsible_unit.name}” jest zamknięta. Wybierz inną."}
            )


class OfficeCard(OfficeWords, PreviewedCard):
    """Karta urzędu: what one office adds to a model card."""

    base_form_class = CardAtOfficeForm

    model_card = models.ForeignKey(
        ModelCard, on_delete=models.PROTECT, related_name="office_cards", verbose_name="karta wzorcowa"
    )
    keywords_everyday = LinesField("dodatkowe słowa potoczne", help_text="Jedno w wierszu.")
    keywords_misspellings = LinesField("dodatkowe błędy pisowni", help_text="Jeden w wierszu.")
    client_groups = LinesField("dodatkowe grupy klientów", help_text="Jedna w wierszu.")
    before_you_start = prose.items("zanim zaczniesz – dodatkowo", limit=7)
    steps = prose.steps("dodatkowe kroki")
    mistakes = prose.items("najczęstsze błędy – dodatkowo", limit=5)
    special_needs = prose.special_needs("szczególne potrzeby – dodatkowo")
    variants = prose.variants("inne wersje")

    parent_page_types = ["service_catalog.OfficePage"]
    subpage_types: list[str] = []

    edit_handler = office_card_form()

    @cached_property
    def law_today(self) -> Law | None:
        """The model card as clients read it today; None while it is not in force."""
        return law_in_force(self.model_card.symbol, on=today())

    class Meta:
        verbose_name = "karta urzędu"
        verbose_name_plural = "karty urzędów"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Name and address the page after its model card: the office does not ask for them again."""
        if self.model_card_id:
            self.title = self.title or self.model_card.title
            self.slug = self.slug or self.model_card.symbol.lower()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Own prices may only answer price-list fees of the model card."""
        super().clean()
        if self.model_card_id:
            known = {fee.code for fee in self.model_card.fees.all() if fee.code}
            unknown = sorted({price.code for price in self.prices.all()} - known)
            if unknown:
                raise ValidationError(
                    f"Karta wzorcowa nie ma ceny „{unknown[0]}”. Dostępne: {', '.join(sorted(known)) or 'brak'}."
                )

    def state_when_back(self, before: State) -> State:
        """What was decided about the model meanwhile counts: with something to reconcile the card waits for that."""
        if self.reconciliations.filter(state="open").exists():
            return State.TO_RECONCILE
        return State.PUBLISHED if before == State.TO_RECONCILE else before

    def says_something_of_its_own(self) -> bool:
        """Whether the office adds or replaces anything. Place, unit, contact and price are only its own to say."""
        if any(getattr(self, name) for name in OVERRIDES):
            return True
        return any(row.text or row.booking or not row.available for row in self.channel_words.all())

    def review_interval(self) -> int:
        """As often as its model card."""
        return self.model_card.review_interval()

    def public_path(self) -> str:
        """The card of this office. Read off the page's own place, because a list asks it of fifty cards at once."""
        return f"/karta/{self.slug.upper()}/{_slug_above(self.url_path)}/"


class OfficePrice(Orderable):
    """A price of the office for a fee that its model card leaves to the price list."""

    card = ParentalKey(OfficeCard, on_delete=models.CASCADE, related_name="prices")
    code = models.SlugField("kod ceny", max_length=40)
    amount = models.DecimalField("kwota (zł)", max_digits=9, decimal_places=2)
    valid_from = models.DateField("obowiązuje od", null=True, blank=True)
    valid_to = models.DateField("obowiązuje do", null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("code", heading="Za co"), FieldPanel("amount")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "cena"
        verbose_name_plural = "ceny"

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        refuse_reversed_dates(self.valid_from, self.valid_to)


class ChannelWords(Orderable):
    """What the office says about one of the model card's channels."""

    card = ParentalKey(OfficeCard, on_delete=models.CASCADE, related_name="channel_words")
    channel = models.CharField("sposób", max_length=20, choices=ChannelName.choices)
    available = models.BooleanField("dostępny w tym urzędzie", default=True)
    text = models.CharField("uwagi", max_length=400, blank=True)
    booking = models.CharField("umawianie", max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("channel"), FieldPanel("available")]),
        FieldPanel("text"),
        FieldPanel("booking"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "uwaga do sposobu załatwienia"
        verbose_name_plural = "uwagi do sposobów załatwienia"

    def __str__(self) -> str:
        return self.channel


class LocalCard(OfficeWords, CompleteCard):
    """Karta lokalna: a service of one office without a model card."""

    base_form_class = CardAtOfficeForm

    parent_page_types = ["service_catalog.OfficePage"]

    edit_handler = local_card_form(audiences=AUDIENCES)

    class Meta:
        verbose_name = "karta lokalna"
        verbose_name_plural = "karty lokalne"

    def public_path(self) -> str:
        """The card of this office."""
        return f"/karta/{self.symbol}/{_slug_above(self.url_path)}/"


def _slug_above(url_path: str) -> str:
    """Code of the office: the pages of offices have their code as slug, those of cards their symbol."""
    parts = url_path.rstrip("/").split("/")
    return parts[-2] if len(parts) > 1 else ""


def office_of(card: OfficeCard | LocalCard) -> OfficePage:
    """The office whose card it is."""
    page: OfficePage = card.get_parent().specific
    return page
