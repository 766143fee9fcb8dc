"""Rows of a complete card: channels, documents, fees, deadlines, remedies, legal basis, relations.

They are rows and not prose because they are queried or validated. They belong to `CompleteCard`, so an office card has none
of them: what does not exist there cannot be overridden by a form, a hand-made request or the API.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.fields import LinesField
from service_catalog.editor.panels import OptionalPart
from service_catalog.models.registers import FormFamily, LegalAct, Service, ServiceGroup, refuse_reversed_dates
from service_catalog.models.time_limits import Citation, TimeLimit

CARD = "service_catalog.CompleteCard"


class ChannelName(models.TextChoices):
    """Ways to settle a matter."""

    IN_PERSON = "osobiście", "osobiście"
    POST = "poczta", "pocztą"
    INTERNET = "internet", "przez internet"
    ELECTRONIC_DELIVERY = "e-doręczenia", "przez e-Doręczenia"
    EMAIL = "e-mail", "e-mail (tylko informacja)"
    PHONE = "telefon", "telefon (tylko informacja)"
    CONSUL = "konsul", "u konsula"
    THROUGH_COMMUNE = "przez gminę", "przez gminę"


class CardChannel(Orderable):
    """Sposób załatwienia."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField("sposób", max_length=20, choices=ChannelName.choices)
    available = models.BooleanField("dostępny", default=True)
    text = models.CharField("uwagi", max_length=400, blank=True)
    url = models.URLField("adres usługi online", blank=True, max_length=300)

    panels = [
        FieldRowPanel([FieldPanel("channel"), FieldPanel("available")]),
        FieldPanel("text"),
        FieldPanel("url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "sposób załatwienia"
        verbose_name_plural = "sposoby załatwienia"

    def __str__(self) -> str:
        return self.channel


class CardDocument(Orderable):
    """Dokument, który klient przynosi."""

    class Requirement(models.TextChoices):
        """When the document is needed."""

        ALWAYS = "always", "zawsze"
        CONDITIONAL = "conditional", "pod warunkiem"
        ALTERNATIVE = "alternative", "do wyboru"

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField("dokument", max_length=250)
    requirement = models.CharField("wymagany", max_length=12, choices=Requirement.choices, default=Requirement.ALWAYS)
    condition = models.CharField("warunek", max_length=250, blank=True)
    form = models.CharField("postać", max_length=80, default="oryginał")
    count = models.PositiveSmallIntegerField("ile sztuk", default=1, validators=[MinValueValidator(1)])
    note = models.CharField("uwaga", max_length=300, blank=True)
    form_family = models.ForeignKey(
        FormFamily, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="formularz"
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("requirement"), FieldPanel("form"), FieldPanel("count")]),
        OptionalPart(
            [FieldPanel("condition"), FieldPanel("note"), FieldPanel("form_family")],
            summary="Warunek, uwaga, formularz",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokumenty"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A conditional document needs its condition."""
        super().clean()
        if self.requirement == self.Requirement.CONDITIONAL and not self.condition:
            raise ValidationError(
                {"condition": f"Dokument „{self.name}” jest wymagany pod warunkiem. Napisz pod jakim."}
            )


class CardForm(Orderable):
    """Formularz do karty."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="forms")
    family = models.ForeignKey(FormFamily, on_delete=models.PROTECT, related_name="+", verbose_name="formularz")

    panels = [FieldPanel("family")]

    class Meta(Orderable.Meta):
        verbose_name = "formularz"
        verbose_name_plural = "formularze"

    def __str__(self) -> str:
        return str(self.family)


class CardFee(Citation):
    """Opłata. `amount` is empty only for a price list of the office; the account comes from the office record."""

    class Payee(models.TextChoices):
        """Whose account takes the money."""

        OFFICE = "urząd", "urząd"
        CITY = "miasto siedziby", "miasto, w którym urząd ma siedzibę"
        BUDGET = "budżet", "budżet państwa"
        NONE = "brak", "nikt – bez opłaty"

    PRICE_LIST = "cennik urzędu"

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="fees")
    code = models.SlugField("kod ceny", max_length=40, blank=True, help_text="Tylko dla cennika urzędu.")
    kind = models.CharField("rodzaj opłaty", max_length=120)
    amount = models.DecimalField(
        "kwota (zł)", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    text = models.CharField("opis", max_length=300, blank=True)
    condition = models.CharField("kiedy ta kwota", max_length=250, blank=True)
    payee = models.CharField("na czyj rachunek", max_length=20, choices=Payee.choices, default=Payee.OFFICE)
    when = models.CharField("kiedy zapłacić", max_length=160, blank=True)
    methods = LinesField("sposoby zapłaty", help_text="Jeden w wierszu: przelew, karta, BLIK, kasa.")
    valid_from = models.DateField("obowiązuje od", null=True, blank=True)
    valid_to = models.DateField("obowiązuje do", null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("amount"), FieldPanel("payee")]),
        FieldPanel("condition"),
        OptionalPart(
            [
                FieldPanel("text"),
                FieldRowPanel([FieldPanel("when"), FieldPanel("code")]),
                FieldPanel("methods"),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldRowPanel([FieldPanel("act"), FieldPanel("units")]),
            ],
            summary="Opis, kiedy i jak zapłacić, od kiedy obowiązuje, przepis",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "opłata"
        verbose_name_plural = "opłaty"

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    def clean(self) -> None:
        """Only a price list may leave the amount open; dates must be in order; a fee needs its legal basis."""
        super().clean()
        refuse_reversed_dates(self.valid_from, self.valid_to)
        if self.amount is None and not (self.code or self.text or self.condition):
            raise ValidationError(
                {
                    "amount": f"Opłata „{self.kind}” nie ma kwoty. Wpisz kwotę, podaj kod ceny z cennika urzędu "
                    "albo opisz, od czego kwota zależy."
                }
            )


class ClientDeadline(TimeLimit):
    """Termin dla klienta. Must say what happens when it is missed (invariant 8)."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="client_deadlines")

    class Meta(TimeLimit.Meta):
        verbose_name = "termin dla klienta"
        verbose_name_plural = "terminy dla klienta"

    def clean(self) -> None:
        """A client deadline without a consequence is refused."""
        super().clean()
        if not self.consequence:
            raise ValidationError(
                {"consequence": f"Napisz, co się stanie, gdy klient przekroczy termin „{self.text}”."}
            )


class HandlingTime(TimeLimit):
    """Ile czeka się na załatwienie."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="handling_times")

    class Meta(TimeLimit.Meta):
        verbose_name = "czas załatwienia"
        verbose_name_plural = "czasy załatwienia"


class CardAppeal(TimeLimit):
    """Jak się odwołać. The time limit belongs to the remedy; `appeal_text` is what the client reads."""

    class Remedy(models.TextChoices):
        """Kind of remedy."""

        APPEAL = "odwołanie", "odwołanie"
        COMPLAINT = "zażalenie", "zażalenie"
        OBJECTION = "sprzeciw", "sprzeciw"
        COURT = "skarga", "skarga"
        RECONSIDERATION = "ponowne rozpatrzenie", "ponowne rozpatrzenie"
        REMINDER = "ponaglenie", "ponaglenie"
        NONE = "brak", "nie ma środka odwoławczego"

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="appeals")
    remedy = models.CharField("środek", max_length=24, choices=Remedy.choices)
    authority = models.CharField("do kogo", max_length=250, blank=True)
    via = models.CharField("za pośrednictwem", max_length=250, blank=True)
    fee = models.CharField("opłata", max_length=40, blank=True)
    appeal_text = models.TextField("opis", max_length=800)

    panels = [
        FieldRowPanel([FieldPanel("remedy"), FieldPanel("authority"), FieldPanel("via"), FieldPanel("fee")]),
        FieldPanel("appeal_text"),
        *TimeLimit.rule_panels,
    ]

    class Meta(TimeLimit.Meta):
        verbose_name = "środek odwoławczy"
        verbose_name_plural = "środki odwoławcze"


class CardLegalBasis(Citation):
    """Podstawa prawna."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="legal_bases")

    panels = [FieldRowPanel([FieldPanel("act"), FieldPanel("units")])]

    class Meta(Orderable.Meta):
        verbose_name = "podstawa prawna"
        verbose_name_plural = "podstawy prawne"

    def __str__(self) -> str:
        return ", ".join([str(self.act or "bez aktu"), *self.units.splitlines()])

    def clean(self) -> None:
        """A repealed act cannot be a legal basis."""
        super().clean()
        if self.act is None:
            raise ValidationError({"act": "Wybierz akt prawny."})
        if self.act.status == LegalAct.Status.REPEALED:
            raise ValidationError({"act": f"Akt „{self.act.title}” jest uchylony. Wskaż akt, który obowiązuje."})


class CardRelation(Orderable):
    """Karta powiązana. A name without a service in the catalogue is shown as text."""

    class Kind(models.TextChoices):
        """Place of the related service in the client's way."""

        BEFORE = "before", "wcześniej"
        NEXT = "next", "potem"
        INSTEAD = "instead", "zamiast"
        SEE = "see", "zobacz też"

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("rodzaj", max_length=8, choices=Kind.choices, default=Kind.SEE)
    service = models.ForeignKey(
        Service, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="usługa"
    )
    name = models.CharField("nazwa, gdy usługi nie ma w katalogu", max_length=160, blank=True)

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("service"), FieldPanel("name")])]

    class Meta(Orderable.Meta):
        verbose_name = "karta powiązana"
        verbose_name_plural = "karty powiązane"

    def __str__(self) -> str:
        return self.name or str(self.service)

    def clean(self) -> None:
        """Either a service of the catalogue or a name."""
        super().clean()
        if not self.service and not self.name:
            raise ValidationError({"name": "Wybierz usługę albo wpisz jej nazwę."})


class CardPlacement(Orderable):
    """Dodatkowe miejsce w drzewie działów, besides the main group."""

    card = ParentalKey(CARD, on_delete=models.CASCADE, related_name="more_placements")
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="+", verbose_name="grupa usług")

    panels = [FieldPanel("group")]

    class Meta(Orderable.Meta):
        verbose_name = "dodatkowe miejsce w drzewie"
        verbose_name_plural = "dodatkowe miejsca w drzewie"

    def __str__(self) -> str:
        return str(self.group)
