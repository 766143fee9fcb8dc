"""Cards as pages: the model card under its office type, the office card and the local card under their office.

A field that only the law may set exists on `CompleteCard` and nowhere else. An office card holds what an office may say and
points to its model card; so the policy of each field (section 2.4) can be read off the models.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.models import Orderable

from cms.fields import LinesField, as_lines
from cms.models import FlatAddressPage
from cms.previews import render_preview
from publication.calendar import today
from service_catalog import identifiers
from service_catalog.forms import CardAtOfficeForm
from service_catalog.models import prose
from service_catalog.models.card_rows import ChannelName
from service_catalog.models.office import OfficePage, OrganisationalUnit, ServicePoint
from service_catalog.models.registers import OfficeType, Service, ServiceGroup, refuse_reversed_dates

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


class PreviewedCard(FlatAddressPage):
    """A card whose public page is shown beside the form while it is written."""

    preview_modes = [("", "Strona publiczna")]

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The card as readers would see it if it were published today."""
        from service_catalog.authoring.preview import draft_card

        return render_preview(request, draft_card(self, on=today()))


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

    subpage_types: list[str] = []
    parent_page_types: list[str] = []

    class Meta:
        verbose_name = "karta"
        verbose_name_plural = "karty"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Address the page by its symbol."""
        if self.symbol and not self.slug:
            self.slug = self.symbol.lower()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """The invariants of section 2.6 that concern one card."""
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
    if len(as_lines(card.keywords_everyday)) < 3:
        errors["keywords_everyday"] = "Wpisz co najmniej 3 słowa, którymi klienci nazywają tę sprawę."
    steps = list(card.steps.raw_data)
    if steps and all(step["value"]["actor"] != "client" for step in steps[:2]):
        errors["steps"] = "Pierwszy krok musi należeć do klienta, a gdy sprawę zaczyna urząd – drugi."
    if card.valid_from and card.valid_to and card.valid_to < card.valid_from:
        errors["valid_to"] = f"Data końcowa {card.valid_to} jest wcześniejsza niż początkowa {card.valid_from}."
    if card.next_review and card.legal_state_date and card.next_review < card.legal_state_date:
        errors["next_review"] = "Następny przegląd wypada przed dniem stanu prawnego. Wpisz późniejszą datę."
    return errors


COMPLETE_PANELS = {
    "Najważniejsze": [
        FieldPanel("title"),
        FieldPanel("official_name"),
        FieldRowPanel([FieldPanel("symbol"), FieldPanel("office_type")]),
        FieldRowPanel([FieldPanel("service"), FieldPanel("group")]),
        FieldPanel("summary"),
        FieldPanel("consultant_answer"),
        FieldPanel("who"),
        FieldPanel("when"),
        FieldPanel("before_you_start"),
    ],
    "Jak załatwić": [
        FieldRowPanel([FieldPanel("jurisdiction_basis"), FieldPanel("jurisdiction_text")]),
        InlinePanel("channels", heading="Sposoby załatwienia", label="sposób", min_num=1),
        InlinePanel("documents", heading="Dokumenty", label="dokument"),
        InlinePanel("forms", heading="Formularze", label="formularz"),
        FieldPanel("steps"),
    ],
    "Ile kosztuje i trwa": [
        InlinePanel("fees", heading="Opłaty", label="opłata"),
        FieldPanel("exemptions"),
        InlinePanel("client_deadlines", heading="Terminy dla klienta", label="termin"),
        FieldPanel("consequence_of_missing"),
        InlinePanel("handling_times", heading="Ile się czeka", label="czas załatwienia"),
    ],
    "Wynik i odwołanie": [
        FieldRowPanel([FieldPanel("outcome_form"), FieldPanel("outcome_validity")]),
        FieldPanel("outcome_text"),
        InlinePanel("appeals", heading="Jak się odwołać", label="środek odwoławczy"),
        FieldPanel("mistakes"),
        FieldPanel("special_needs"),
        FieldPanel("variants"),
    ],
    "Prawo i słowa": [
        InlinePanel("legal_bases", heading="Podstawa prawna", label="akt", min_num=1),
        InlinePanel("relations", heading="Karty powiązane", label="karta"),
        InlinePanel("more_placements", heading="Dodatkowe miejsca w drzewie działów", label="miejsce"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("client_groups")]),
        FieldRowPanel(
            [FieldPanel("keywords_everyday"), FieldPanel("keywords_official"), FieldPanel("keywords_misspellings")]
        ),
        FieldRowPanel([FieldPanel("transfer"), FieldPanel("transfer_target")]),
        FieldRowPanel([FieldPanel("legal_state_date"), FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldRowPanel([FieldPanel("version"), FieldPanel("change_note"), FieldPanel("next_review")]),
        FieldPanel("uncertain"),
    ],
}


class ModelCard(CompleteCard):
    """Karta wzorcowa: a service at an office type, complete."""

    parent_page_types = ["service_catalog.ModelCataloguePage"]

    edit_handler = TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in COMPLETE_PANELS.items()])

    class Meta:
        verbose_name = "karta wzorcowa"
        verbose_name_plural = "karty wzorcowe"

    def public_path(self) -> str:
        """The card in its general form."""
        return f"/karta/{self.symbol}/"


class OfficeWords(models.Model):
    """What an office says about a card: place, unit, contact, own notes. Empty means: as in the office record."""

    service_point = models.ForeignKey(
        ServicePoint,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="miejsce w urzędzie",
        help_text="Puste: pierwszy punkt obsługi urzędu.",
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

    office_panels = [
        FieldPanel("service_point"),
        FieldPanel("responsible_unit"),
        FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email"), FieldPanel("contact_room")]),
        FieldRowPanel([FieldPanel("booking"), FieldPanel("pickup")]),
        FieldPanel("payment_methods"),
        FieldRowPanel([FieldPanel("local_average_days"), FieldPanel("local_average_on")]),
        FieldPanel("local_notes"),
        FieldPanel("internal_note"),
        FieldRowPanel([FieldPanel("privacy_notice_url"), FieldPanel("last_verified")]),
    ]

    class Meta:
        abstract = True

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

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel("model_card", widget=forms.Select), *OfficeWords.office_panels], heading="Nasz urząd"
            ),
            ObjectList(
                [
                    InlinePanel("prices", heading="Ceny z cennika urzędu", label="cena"),
                    InlinePanel("channel_words", heading="Uwagi do sposobów załatwienia", label="uwaga"),
                ],
                heading="Ceny i sposoby",
            ),
            ObjectList(
                [
                    FieldPanel("before_you_start"),
                    FieldPanel("steps"),
                    FieldPanel("mistakes"),
                    FieldPanel("special_needs"),
                    FieldPanel("client_groups"),
                    FieldPanel("keywords_everyday"),
                    FieldPanel("keywords_misspellings"),
                    FieldPanel("variants"),
                ],
                heading="Nasze uzupełnienia",
            ),
        ]
    )

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

    def public_path(self) -> str:
        """The card of this office."""
        office = self.get_parent().specific
        return f"/karta/{self.model_card.symbol}/{office.code}/"


class OfficePrice(Orderable):
    """A price of the office for a fee that its model card leaves to the price list."""

    card = ParentalKey(OfficeCard, on_delete=models.CASCADE, related_name="prices")
    code = models.SlugField("kod ceny", max_length=40)
    amount = models.DecimalField("kwota (zł)", max_digits=9, decimal_places=2)
    valid_from = models.DateField("obowiązuje od", null=True, blank=True)
    valid_to = models.DateField("obowiązuje do", null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("amount"), FieldPanel("valid_from"), FieldPanel("valid_to")])
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

    edit_handler = TabbedInterface(
        [
            *(ObjectList(panels, heading=heading) for heading, panels in COMPLETE_PANELS.items()),
            ObjectList(OfficeWords.office_panels, heading="Nasz urząd"),
        ]
    )

    class Meta:
        verbose_name = "karta lokalna"
        verbose_name_plural = "karty lokalne"

    def public_path(self) -> str:
        """The card of this office."""
        office = self.get_parent().specific
        return f"/karta/{self.symbol}/{office.code}/"


def office_of(card: OfficeCard | LocalCard) -> OfficePage:
    """The office whose card it is."""
    page: OfficePage = card.get_parent().specific
    return page
