"""Complete cards: everything the law says about a service. Model cards stand under the catalogue of their office type.

A field that only the law may set exists on `CompleteCard` and nowhere else. An office card holds what an office may say and
points to its model card; so the policy of each field (section 2.4) can be read off the models.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.fields import LinesField, as_lines
from cms.models import FlatAddressPage
from publication.calendar import today
from service_catalog import identifiers
from service_catalog.editor.preview_modes import CONSULTANT_VIEW
from service_catalog.editor.questions import model_card_form
from service_catalog.forms import CardForm
from service_catalog.models import prose
from service_catalog.models.checked import FOREIGNERS_AND_TAX, USUAL, WITH_FEES, CheckedCard
from service_catalog.models.registers import OfficeType, Service, ServiceGroup
from service_catalog.symbols import symbol_refusal

AUDIENCES = ("obywatel", "przedsiębiorca", "cudzoziemiec", "rolnik", "instytucja")
LONGEST_ANSWER = 50
"""Words of a consultant's answer: about 20 seconds of speech at 150 words a minute."""


class JurisdictionBasis(models.TextChoices):
    """By what the competent office is found."""

    ANY = "any", "dowolny urząd"
    CLIENT_RESIDENCE = "client_residence", "miejsce zamieszkania klienta"
    CLIENT_STAY = "client_stay", "miejsce pobytu klienta"
    RESIDENCE_OR_PROPERTY = "client_residence_or_property", "miejsce zamieszkania albo położenie nieruchomości"
    RESIDENCE_OR_SEAT = "client_residence_or_seat", "miejsce zamieszkania albo siedziba"
    BUSINESS_PLACE = "business_place", "miejsce prowadzenia firmy"
    ACTIVITY_PLACE = "activity_place", "miejsce wykonywania czynności"
    PROPERTY_LOCATION = "property_location", "położenie nieruchomości"
    SCHOOL_SEAT = "school_seat", "siedziba szkoły"
    DOCUMENT_ORIGIN = "document_origin", "miejsce wystawienia dokumentu"
    EVENT_PLACE = "event_place", "miejsce zdarzenia"


class PreviewedCard(CheckedCard):
    """A card whose public page is shown beside the form while it is written."""

    preview_modes = [("", "Strona publiczna"), (CONSULTANT_VIEW, "Widok konsultanta")]

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The card as readers or consultants would see it if it were published today."""
        from service_catalog.editor.previews import serve_preview

        return serve_preview(request, self, mode_name)


class ModelCataloguesPage(FlatAddressPage):
    """The branch that holds the model catalogues of all office types."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["service_catalog.ModelCataloguePage"]

    class Meta:
        verbose_name = "katalogi wzorcowe"
        verbose_name_plural = "katalogi wzorcowe"

    def public_path(self) -> str:
        """The public tree of topics."""
        return "/dzialy/"


class ModelCataloguePage(FlatAddressPage):
    """Katalog wzorcowy of one office type: the parent of its model cards."""

    office_type = models.OneToOneField(
        OfficeType, on_delete=models.PROTECT, related_name="+", verbose_name="typ urzędu"
    )

    content_panels = [*FlatAddressPage.content_panels, FieldPanel("office_type")]
    parent_page_types = ["service_catalog.ModelCataloguesPage"]
    subpage_types = ["service_catalog.ModelCard"]

    class Meta:
        verbose_name = "katalog wzorcowy"
        verbose_name_plural = "katalogi wzorcowe"

    def public_path(self) -> str:
        """The public tree of topics."""
        return "/dzialy/"


class CompleteCard(PreviewedCard):
    """Everything the law says about a service. The page title is the plain name of the card (at most 70 characters)."""

    symbol = models.CharField("symbol", max_length=15, validators=[identifiers.validate_symbol], db_index=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cards", verbose_name="usługa")
    office_type = models.ForeignKey(OfficeType, on_delete=models.PROTECT, related_name="+", verbose_name="typ urzędu")
    official_name = models.CharField("nazwa urzędowa", max_length=250)
    summary = models.TextField("w skrócie", max_length=300)
    consultant_answer = models.TextField("odpowiedź konsultanta (20 sekund)", blank=True)
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="+", verbose_name="grupa usług")
    audience = LinesField("dla kogo", help_text="Jedno w wierszu: " + ", ".join(AUDIENCES) + ".")
    client_groups = LinesField("grupy klientów", help_text="Jedna w wierszu.")
    keywords_everyday = LinesField(
        "słowa potoczne", help_text="Jak klienci to nazywają? Jedno w wierszu, co najmniej 3."
    )
    keywords_official = LinesField("słowa urzędowe", help_text="Jedno w wierszu.")
    keywords_misspellings = LinesField("częste błędy pisowni", help_text="Jeden w wierszu.")
    who = models.TextField("kto może załatwić", max_length=800)
    when = models.TextField("kiedy", max_length=400)
    before_you_start = prose.items("zanim zaczniesz", limit=7)
    jurisdiction_basis = models.CharField("właściwość miejscowa", max_length=30, choices=JurisdictionBasis.choices)
    jurisdiction_text = models.CharField("właściwość – opis dla klienta", max_length=400)
    steps = prose.steps("kroki")
    exemptions = prose.items("zwolnienia i zniżki", limit=20)
    outcome_form = models.CharField("co otrzyma klient – rodzaj", max_length=80)
    outcome_text = models.CharField("co otrzyma klient – opis", max_length=400)
    outcome_validity = models.CharField("jak długo ważne", max_length=160, blank=True)
    consequence_of_missing = models.CharField("co, jeśli klient tego nie zrobi", max_length=400, blank=True)
    mistakes = prose.items("najczęstsze błędy", limit=5)
    special_needs = prose.special_needs("szczególne potrzeby")
    variants = prose.variants("inne wersje")
    transfer = models.CharField("kiedy przełączyć rozmowę", max_length=250, blank=True)
    transfer_target = models.CharField("do kogo przełączyć", max_length=250, blank=True)
    uncertain = LinesField(
        "pola niepewne", help_text="Pole i powód, jedno w wierszu. Dopóki są, karty nie wolno publikować."
    )
    legal_state_date = models.DateField("stan prawny na")
    valid_from = models.DateField("obowiązuje od")
    valid_to = models.DateField("obowiązuje do", null=True, blank=True)
    version = models.CharField("wersja", max_length=20, default="1.0")
    change_note = models.CharField("co się zmieniło", max_length=300, blank=True)
    next_review = models.DateField("następny przegląd", null=True, blank=True)

    base_form_class = CardForm
    is_being_drafted = False
    """Set by the form while a draft is saved: what is only missing is asked for before publication, not now."""
    planned_parent: Page | None = None
    """The page under which a form is about to put a new card; None once the card stands in the tree."""
    subpage_types: list[str] = []
    parent_page_types: list[str] = []

    class Meta:
        verbose_name = "karta"
        verbose_name_plural = "karty"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Address the page by its symbol, so that two cards of an office never share an address."""
        if self.symbol:
            self.slug = self.symbol.lower()
        super().full_clean(*args, **kwargs)

    def takes_effect(self, *, on: datetime.date) -> datetime.date:
        """Its own day when that is still to come."""
        return max(self.valid_from, on)

    def expires(self) -> datetime.date | None:
        """The last day on which the law part holds."""
        return self.valid_to

    def first_review(self) -> datetime.date | None:
        """The day that the author set."""
        return self.next_review

    def review_interval(self) -> int:
        """Months: what concerns foreigners and taxes changes most often, then what costs money."""
        subject = f"{self.group.category.topic.name} {self.group.category.name}".lower()
        if "cudzoziemiec" in as_lines(self.audience) or "podat" in subject:
            return FOREIGNERS_AND_TAX
        return WITH_FEES if self.fees.all() else USUAL

    def clean(self) -> None:
        """The invariants of section 2.6 that concern one card."""
        refusal = symbol_refusal(self) if self.symbol else ""
        if refusal:
            raise ValidationError({"symbol": refusal})
        super().clean()
        errors = complete_card_errors(self)
        if errors:
            raise ValidationError(errors)


def complete_card_errors(card: CompleteCard) -> dict[str, str]:
    """What is wrong with the fields of a complete card, a sentence per field."""
    errors: dict[str, str] = {}
    if len(card.title) > 70:
        errors["title"] = f"Nazwa ma {len(card.title)} znaków. Skróć ją do 70."
    words = len(card.consultant_answer.split())
    if words > LONGEST_ANSWER:
        errors["consultant_answer"] = (
            f"Odpowiedź ma {words} słów. Skróć ją do {LONGEST_ANSWER}, czyli 20 sekund mówienia."
        )
    unknown = [name for name in as_lines(card.audience) if name not in AUDIENCES]
    if unknown:
        errors["audience"] = f"Nie ma takiej grupy: {', '.join(unknown)}. Do wyboru: {', '.join(AUDIENCES)}."
    if len(as_lines(card.keywords_everyday)) < 3 and not card.is_being_drafted:
        errors["keywords_everyday"] = "Wpisz co najmniej 3 słowa, którymi klienci nazywają tę sprawę."
    steps = list(card.steps.raw_data)
    if steps and all(step["value"]["actor"] != "client" for step in steps[:2]):
        errors["steps"] = "Pierwszy krok musi należeć do klienta, a gdy sprawę zaczyna urząd – drugi."
    if card.valid_from and card.valid_to and card.valid_to < card.valid_from:
        errors["valid_to"] = f"Data końcowa {card.valid_to} jest wcześniejsza niż początkowa {card.valid_from}."
    if card.next_review and card.legal_state_date and card.next_review < card.legal_state_date:
        errors["next_review"] = "Następny przegląd wypada przed dniem stanu prawnego. Wpisz późniejszą datę."
    return errors


class ModelCard(CompleteCard):
    """Karta wzorcowa: a service at an office type, complete."""

    parent_page_types = ["service_catalog.ModelCataloguePage"]

    edit_handler = model_card_form(audiences=AUDIENCES)

    class Meta:
        verbose_name = "karta wzorcowa"
        verbose_name_plural = "karty wzorcowe"

    @property
    def preview_modes(self) -> list[tuple[str, str]]:  # type: ignore[override]  # Wagtail reads it as an attribute
        """The card in its general form, and at each office of its type."""
        from service_catalog.inheritance.office_previews import office_modes

        return [*super().preview_modes, *office_modes(self)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The card as clients of an office would read it, when the mode names one."""
        from service_catalog.inheritance.office_previews import is_office_mode, serve_at_office

        if is_office_mode(mode_name):
            return serve_at_office(request, self, mode_name, today=today())
        return super().serve_preview(request, mode_name)

    def public_path(self) -> str:
        """The card in its general form."""
        return f"/karta/{self.symbol}/"
