"""Offices: the page, its units, accounts, area of competence and service points."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Orderable, PagePermissionTester

from cms.editorial.obstacles import Obstacle
from cms.fields import LinesField
from cms.models import FlatAddressPage
from service_catalog import identifiers
from service_catalog.models.checked import NeverCopied
from service_catalog.models.registers import OfficeType, refuse_reversed_dates


class OfficesPage(FlatAddressPage):
    """The branch that holds all offices."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["service_catalog.OfficePage"]

    class Meta:
        verbose_name = "urzędy"
        verbose_name_plural = "urzędy"

    def public_path(self) -> str:
        """The public list of offices."""
        return "/urzedy/"


class OfficePage(FlatAddressPage):
    """Urząd. Its cards are its child pages, so rights on the office cover them."""

    code = models.CharField("kod urzędu", max_length=60, unique=True, validators=[identifiers.validate_office_code])
    office_type = models.ForeignKey(OfficeType, on_delete=models.PROTECT, related_name="+", verbose_name="typ urzędu")
    short_name = models.CharField("nazwa krótka", max_length=80)
    intro = models.TextField("wprowadzenie do katalogu", max_length=600, blank=True)
    teryt = models.CharField("TERYT siedziby", max_length=7, validators=[identifiers.validate_teryt])
    street = models.CharField("ulica", max_length=120)
    building = models.CharField("numer", max_length=20)
    postal_code = models.CharField("kod pocztowy", max_length=6, validators=[identifiers.validate_postal_code])
    town = models.CharField("miejscowość", max_length=80)
    phone = models.CharField("telefon", max_length=40)
    email = models.EmailField("e-mail")
    website = models.URLField("strona internetowa", blank=True)
    bip_url = models.URLField("BIP", blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True, validators=[identifiers.validate_nip])
    regon = models.CharField("REGON", max_length=14, validators=[identifiers.validate_regon])
    epuap_address = models.CharField(
        "adres skrytki ePUAP", max_length=202, blank=True, validators=[identifiers.validate_epuap]
    )
    edelivery_address = models.CharField(
        "adres do e-Doręczeń", max_length=30, blank=True, validators=[identifiers.validate_electronic_delivery]
    )
    head_title = models.CharField("kierownik (stanowisko)", max_length=80, blank=True)
    accessibility_contact = models.CharField("koordynator dostępności – kontakt", max_length=200, blank=True)
    privacy_notice_url = models.URLField("klauzula RODO")
    districts = LinesField("dzielnice", help_text="Tylko dla miast podzielonych między urzędy. Jedna w wierszu.")
    participation = models.CharField(
        "udział",
        max_length=20,
        default="poza",
        choices=[("projekt", "projekt"), ("przyjął wzorzec", "przyjął wzorzec"), ("poza", "poza projektem")],
    )

    under_four_eyes = True
    parent_page_types = ["service_catalog.OfficesPage"]
    subpage_types = ["service_catalog.OfficeCard", "service_catalog.LocalCard"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("short_name"), FieldPanel("office_type"), FieldPanel("code")]),
                    FieldPanel("intro"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("street"), FieldPanel("building")]),
                            FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town"), FieldPanel("teryt")]),
                        ],
                        heading="Adres",
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                            FieldRowPanel([FieldPanel("website"), FieldPanel("bip_url")]),
                            FieldRowPanel([FieldPanel("edelivery_address"), FieldPanel("epuap_address")]),
                            FieldPanel("accessibility_contact"),
                            FieldPanel("privacy_notice_url"),
                        ],
                        heading="Kontakt",
                    ),
                    FieldRowPanel([FieldPanel("nip"), FieldPanel("regon"), FieldPanel("head_title")]),
                ],
                heading="Urząd",
            ),
            ObjectList(
                [InlinePanel("service_points", heading="Punkty obsługi", label="punkt obsługi")],
                heading="Punkty obsługi",
            ),
            ObjectList([InlinePanel("units", heading="Komórki organizacyjne", label="komórka")], heading="Komórki"),
            ObjectList(
                [
                    InlinePanel("accounts", heading="Rachunki bankowe", label="rachunek"),
                    InlinePanel("jurisdictions", heading="Obszar działania", label="obszar"),
                    FieldPanel("districts"),
                ],
                heading="Rachunki i obszar",
            ),
        ]
    )

    class Meta:
        verbose_name = "urząd"
        verbose_name_plural = "urzędy"

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What the user may do with the office record."""
        return NeverCopied(user, self)

    def public_path(self) -> str:
        """The public page of the office."""
        return f"/urzedy/{self.code}/"

    def obstacles(self, *, on: datetime.date) -> list[Obstacle]:
        """Places in use that this version drops, and telephones that are none."""
        from service_catalog.places_in_use import leaving_places
        from service_catalog.plausibility import impossible_phones

        return [place.obstacle for place in leaving_places(self)] + [
            Obstacle(field, sentence) for field, sentence in impossible_phones(self)
        ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Address the page by its code, so that two offices never share one."""
        if self.code and not self.slug:
            self.slug = self.code
        super().full_clean(*args, **kwargs)


class OrganisationalUnit(Orderable):
    """Komórka organizacyjna. `parent_symbol` makes the tree."""

    office = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="units")
    symbol = models.CharField("symbol", max_length=20)
    name = models.CharField("nazwa", max_length=160)
    parent_symbol = models.CharField("symbol komórki nadrzędnej", max_length=20, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    room = models.CharField("pokój", max_length=20, blank=True)
    closed = models.BooleanField("komórka zamknięta", default=False)

    panels = [
        FieldRowPanel([FieldPanel("symbol"), FieldPanel("name"), FieldPanel("parent_symbol")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("room"), FieldPanel("closed")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "komórka organizacyjna"
        verbose_name_plural = "komórki organizacyjne"

    def __str__(self) -> str:
        return f"{self.symbol} – {self.name}"


class BankAccount(Orderable):
    """Rachunek. Stamp duty goes to the account of the city where the office sits, so the owner is named."""

    class Purpose(models.TextChoices):
        """What the account takes."""

        INCOME = "dochody", "opłaty na rachunek urzędu"
        STAMP_DUTY = "opłata skarbowa", "opłata skarbowa (rachunek miasta)"
        PRICE_LIST = "cennik", "opłaty z cennika urzędu"

    office = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="accounts")
    purpose = models.CharField("przeznaczenie", max_length=20, choices=Purpose.choices)
    owner = models.CharField("właściciel rachunku", max_length=160)
    number = models.CharField("numer rachunku", max_length=26, validators=[identifiers.validate_account_number])

    panels = [FieldPanel("purpose"), FieldPanel("owner"), FieldPanel("number")]

    class Meta(Orderable.Meta):
        verbose_name = "rachunek bankowy"
        verbose_name_plural = "rachunki bankowe"

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"


class Jurisdiction(Orderable):
    """Obszar działania: a TERYT prefix that belongs to the office or is taken out of it."""

    office = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="jurisdictions")
    prefix = models.CharField("TERYT", max_length=7, validators=[identifiers.validate_teryt])
    include = models.BooleanField("należy do obszaru", default=True)
    valid_from = models.DateField("od", null=True, blank=True)
    valid_to = models.DateField("do", null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("prefix"), FieldPanel("include"), FieldPanel("valid_from"), FieldPanel("valid_to")])
    ]

    class Meta(Orderable.Meta):
        verbose_name = "obszar działania"
        verbose_name_plural = "obszary działania"

    def __str__(self) -> str:
        return self.prefix

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        refuse_reversed_dates(self.valid_from, self.valid_to)


class ServicePoint(Orderable, ClusterableModel):
    """Punkt obsługi: where clients come to, with floor, room, hours and facilities."""

    office = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="service_points")
    name = models.CharField("nazwa", max_length=120)
    address = models.CharField("adres", max_length=200)
    floor = models.CharField("piętro", max_length=40, blank=True)
    room = models.CharField("pokój", max_length=40, blank=True)
    booking = models.CharField("umawianie wizyt", max_length=300, blank=True)
    payment_methods = LinesField("sposoby zapłaty", help_text="Jeden w wierszu: gotówka, karta, BLIK, przelew.")
    cash_machine_note = models.CharField("najbliższy bankomat", max_length=200, blank=True)
    step_free_access = models.BooleanField("wejście bez schodów", default=False)
    lift = models.BooleanField("winda", default=False)
    induction_loop = models.BooleanField("pętla indukcyjna", default=False)
    accessible_toilet = models.BooleanField("toaleta dostępna dla osób na wózku", default=False)
    parking = models.BooleanField("miejsce parkingowe dla osób z niepełnosprawnością", default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("floor"), FieldPanel("room")]),
        InlinePanel("hours", heading="Godziny otwarcia", label="dzień"),
        InlinePanel("exceptions", heading="Dni z innymi godzinami", label="wyjątek"),
        FieldPanel("booking"),
        FieldPanel("payment_methods"),
        FieldPanel("cash_machine_note"),
        FieldRowPanel([FieldPanel("step_free_access"), FieldPanel("lift"), FieldPanel("induction_loop")]),
        FieldRowPanel([FieldPanel("accessible_toilet"), FieldPanel("parking")]),
        InlinePanel("facilities", heading="Udogodnienia", label="udogodnienie"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "punkt obsługi"
        verbose_name_plural = "punkty obsługi"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address, self.floor, self.room) if part)


class OpeningHours(Orderable):
    """Hours of one weekday, local time."""

    class Weekday(models.IntegerChoices):
        """Day of the week."""

        MONDAY = 0, "poniedziałek"
        TUESDAY = 1, "wtorek"
        WEDNESDAY = 2, "środa"
        THURSDAY = 3, "czwartek"
        FRIDAY = 4, "piątek"
        SATURDAY = 5, "sobota"
        SUNDAY = 6, "niedziela"

    point = ParentalKey(ServicePoint, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField("dzień", choices=Weekday.choices)
    opens = models.TimeField("od")
    closes = models.TimeField("do")

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Orderable.Meta):
        verbose_name = "godziny otwarcia"
        verbose_name_plural = "godziny otwarcia"

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"

    def clean(self) -> None:
        """Refuse closing before opening."""
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": "Godzina zamknięcia musi być późniejsza niż godzina otwarcia."})


class OpeningException(Orderable):
    """Days on which the point is closed or open at other hours."""

    point = ParentalKey(ServicePoint, on_delete=models.CASCADE, related_name="exceptions")
    date_from = models.DateField("od dnia")
    date_to = models.DateField("do dnia")
    closed = models.BooleanField("nieczynne", default=True)
    opens = models.TimeField("od godziny", null=True, blank=True)
    closes = models.TimeField("do godziny", null=True, blank=True)
    reason = models.CharField("powód", max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("date_from"), FieldPanel("date_to"), FieldPanel("closed")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("reason")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "dzień z innymi godzinami"
        verbose_name_plural = "dni z innymi godzinami"

    def __str__(self) -> str:
        return f"{self.date_from}–{self.date_to}"

    def clean(self) -> None:
        """Refuse reversed dates and an open day without hours."""
        super().clean()
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise ValidationError({"date_to": "Ostatni dzień jest wcześniejszy niż pierwszy. Zamień daty."})
        if not self.closed and not (self.opens and self.closes):
            raise ValidationError({"opens": "Punkt jest w te dni czynny: wpisz godziny od i do."})


class Facility(Orderable):
    """Udogodnienie at a service point, permanent or for a period."""

    KINDS = (
        "komputer z internetem", "drukarka", "skaner", "bezpłatne ksero", "osoba pomagająca przy e-usługach",
        "kącik dla dziecka", "stanowisko dla osoby na wózku", "pętla indukcyjna", "tłumacz PJM",
        "tłumacz PJM (na miejscu)", "tłumacz PJM (wideo)",
        "obsługa w języku obcym", "przewijak", "kolejkomat", "wrzutnia",
    )  # fmt: skip

    point = ParentalKey(ServicePoint, on_delete=models.CASCADE, related_name="facilities")
    kind = models.CharField("rodzaj", max_length=60, choices=[(kind, kind) for kind in KINDS])
    count = models.PositiveSmallIntegerField("ile", null=True, blank=True)
    cost = models.DecimalField("koszt (zł)", max_digits=7, decimal_places=2, default=0)
    how_to_ask = models.CharField("jak poprosić o pomoc", max_length=200, blank=True)
    availability = models.CharField(
        "dostępność", max_length=10, default="stała", choices=[("stała", "stała"), ("okresowa", "okresowa")]
    )
    available_from = models.DateField("od dnia", null=True, blank=True)
    available_to = models.DateField("do dnia", null=True, blank=True)
    confirmed_on = models.DateField("potwierdzono dnia", null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("count"), FieldPanel("cost")]),
        FieldPanel("how_to_ask"),
        FieldRowPanel([FieldPanel("availability"), FieldPanel("available_from"), FieldPanel("available_to")]),
        FieldPanel("confirmed_on"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "udogodnienie"
        verbose_name_plural = "udogodnienia"

    def __str__(self) -> str:
        return self.kind

    def clean(self) -> None:
        """A facility for a period needs its dates, in order."""
        super().clean()
        if self.availability == "okresowa" and not (self.available_from and self.available_to):
            raise ValidationError({"available_from": "Udogodnienie okresowe musi mieć dzień początku i końca."})
        if self.available_from and self.available_to and self.available_to < self.available_from:
            raise ValidationError({"available_to": "Ostatni dzień jest wcześniejszy niż pierwszy. Zamień daty."})


class NotOffered(Orderable):
    """A model card that the office does not offer, with its reason. Decided by `service_catalog.inheritance.offers`, not in the
    office's form: a decision neither waits for the approval of other changes nor is lost with a discarded version.
    """

    office = models.ForeignKey(OfficePage, on_delete=models.CASCADE, related_name="not_offered")
    model_card = models.ForeignKey("service_catalog.ModelCard", on_delete=models.CASCADE, verbose_name="karta wzorcowa")
    reason = models.CharField("powód", max_length=300)

    class Meta(Orderable.Meta):
        verbose_name = "usługa nieoferowana"
        verbose_name_plural = "usługi nieoferowane"
        constraints = [models.UniqueConstraint(fields=("office", "model_card"), name="not_offered_once")]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.model_card_id}"
