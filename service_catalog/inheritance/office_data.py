"""Step 1 of adoption: what an office says about itself once, so that no card asks for it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from service_catalog import identifiers
from service_catalog.authoring.drafts import branches
from service_catalog.authoring.rights import sync_rights_of
from service_catalog.models import (
    BankAccount,
    Jurisdiction,
    OfficePage,
    OfficeType,
    OpeningHours,
    OrganisationalUnit,
    ServicePoint,
)

WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek")
UNITS = 8
"""Rows for units; more can be added in the full form of the office."""
PAGE_FIELDS = (
    "title", "short_name", "code", "street", "building", "postal_code", "town", "teryt", "phone", "email", "website", "regon",
    "edelivery_address", "privacy_notice_url",
)  # fmt: skip
CODE_TAKEN = "Urząd o tym kodzie już jest w katalogu. Wybierz inny kod."


class OfficeDataForm(forms.Form):
    """Address, contact, accounts, one service point with hours, units, privacy notice."""

    title = forms.CharField(label="Nazwa urzędu", max_length=250)
    short_name = forms.CharField(label="Nazwa krótka", max_length=80)
    office_type = forms.ModelChoiceField(OfficeType.objects.filter(in_catalogue=True), label="Typ urzędu")
    code = forms.CharField(
        label="Kod urzędu",
        max_length=60,
        validators=[identifiers.validate_office_code],
        help_text="Skrót typu i miasto małymi literami, na przykład: uw-rzeszow. Stoi w adresie i później się nie zmienia.",
    )
    street = forms.CharField(label="Ulica", max_length=120)
    building = forms.CharField(label="Numer", max_length=20)
    postal_code = forms.CharField(label="Kod pocztowy", validators=[identifiers.validate_postal_code])
    town = forms.CharField(label="Miejscowość", max_length=80)
    teryt = forms.CharField(label="TERYT siedziby (7 cyfr)", max_length=7, validators=[identifiers.validate_teryt])
    area = forms.CharField(
        label="Obszar działania",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kody TERYT województw, powiatów albo gmin, jeden w wierszu. Puste: województwo siedziby.",
    )
    phone = forms.CharField(label="Telefon", max_length=40)
    email = forms.EmailField(label="E-mail")
    website = forms.URLField(label="Strona internetowa", required=False, assume_scheme="https")
    regon = forms.CharField(label="REGON", max_length=14, validators=[identifiers.validate_regon])
    edelivery_address = forms.CharField(
        label="Adres do e-Doręczeń",
        required=False,
        max_length=30,
        validators=[identifiers.validate_electronic_delivery],
    )
    privacy_notice_url = forms.URLField(label="Klauzula RODO (adres strony)", assume_scheme="https")
    income_account = forms.CharField(
        label="Rachunek na opłaty urzędu (26 cyfr)", validators=[identifiers.validate_account_number]
    )
    city = forms.CharField(
        label="Właściciel rachunku opłaty skarbowej",
        max_length=160,
        required=False,
        help_text="Na przykład: Miasto Rzeszów.",
    )
    stamp_duty_account = forms.CharField(
        label="Rachunek opłaty skarbowej (26 cyfr)", required=False, validators=[identifiers.validate_account_number]
    )
    point_name = forms.CharField(label="Punkt obsługi – nazwa", max_length=120, initial="Biuro obsługi klienta")
    point_floor = forms.CharField(label="Piętro", max_length=40, required=False)
    point_room = forms.CharField(label="Pokój", max_length=40, required=False)
    point_booking = forms.CharField(label="Jak umówić wizytę", max_length=300, required=False)

    def __init__(self, *args: Any, office: OfficePage | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.office = office
        for day, name in enumerate(WEEKDAYS):
            for part, label in (("opens", "od"), ("closes", "do")):
                self.fields[f"{part}_{day}"] = forms.TimeField(
                    label=f"{name} {label}", required=False, widget=forms.TimeInput(attrs={"type": "time"})
                )
        for row in range(UNITS):
            for part, label, length in (("symbol", "symbol", 20), ("name", "nazwa", 160), ("room", "pokój", 20)):
                self.fields[f"unit_{part}_{row}"] = forms.CharField(
                    label=f"Komórka {row + 1}: {label}", required=False, max_length=length
                )
        if office is not None:
            for name in ("code", "office_type"):
                self.fields[name].disabled = True

    def clean_code(self) -> str:
        """A code names one office."""
        code: str = self.cleaned_data["code"]
        if self.office is None and OfficePage.objects.filter(code=code).exists():
            raise ValidationError(CODE_TAKEN)
        return code

    def clean_area(self) -> list[str]:
        """Every line is a code of the register."""
        codes = self.cleaned_data["area"].split()
        for code in codes:
            identifiers.validate_teryt(code)
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        """Hours in pairs, at least one day; a city with its account; a unit with symbol and name."""
        data: dict[str, Any] = super().clean() or {}
        for day, name in enumerate(WEEKDAYS):
            opens, closes = data.get(f"opens_{day}"), data.get(f"closes_{day}")
            if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
                self.add_error(f"closes_{day}", f"Godziny w dniu „{name}” są niepełne albo odwrócone. Wpisz od i do.")
        if not any(data.get(f"opens_{day}") for day in range(len(WEEKDAYS))):
            self.add_error("opens_0", "Wpisz godziny otwarcia co najmniej w jednym dniu.")
        if bool(data.get("city")) != bool(data.get("stamp_duty_account")):
            self.add_error("city", "Rachunek opłaty skarbowej i jego właściciela podaj razem.")
        self._clean_units(data)
        return data

    def _clean_units(self, data: dict[str, Any]) -> None:
        rows = [(data.get(f"unit_symbol_{row}"), data.get(f"unit_name_{row}")) for row in range(UNITS)]
        if not any(symbol and name for symbol, name in rows):
            self.add_error("unit_symbol_0", "Wpisz co najmniej jedną komórkę: symbol i nazwę.")
        symbols = [symbol for symbol, _ in rows if symbol]
        for row, (symbol, name) in enumerate(rows):
            if bool(symbol) != bool(name):
                self.add_error(f"unit_name_{row}", "Symbol i nazwę komórki podaj razem.")
            elif symbol and symbols.count(symbol) > 1:
                self.add_error(f"unit_symbol_{row}", f"Symbol „{symbol}” jest wpisany dwa razy.")

    def rows_of_units(self) -> Iterator[Any]:
        """Bound fields of the units, a row at a time, for the page."""
        for row in range(UNITS):
            yield [self[f"unit_{part}_{row}"] for part in ("symbol", "name", "room")]

    def rows_of_hours(self) -> Iterator[tuple[str, Any, Any]]:
        """Weekday with its two bound fields, for the page."""
        for day, name in enumerate(WEEKDAYS):
            yield name, self[f"opens_{day}"], self[f"closes_{day}"]

    def plain_fields(self) -> list[Any]:
        """Bound fields outside the two tables, for the page."""
        return [self[name] for name in self.fields if not name.startswith(("opens_", "closes_", "unit_"))]


def data_of(office: OfficePage) -> dict[str, Any]:
    """What the form shows for an office that exists."""
    found: dict[str, Any] = {name: getattr(office, name) for name in PAGE_FIELDS}
    found["office_type"] = office.office_type_id
    found["area"] = "\n".join(area.prefix for area in office.jurisdictions.all() if area.include)
    for account in office.accounts.all():
        if account.purpose == BankAccount.Purpose.INCOME:
            found["income_account"] = account.number
        if account.purpose == BankAccount.Purpose.STAMP_DUTY:
            found |= {"city": account.owner, "stamp_duty_account": account.number}
    for row, unit in enumerate(list(office.units.all())[:UNITS]):
        found |= {f"unit_symbol_{row}": unit.symbol, f"unit_name_{row}": unit.name, f"unit_room_{row}": unit.room}
    point = office.service_points.first()
    if point is not None:
        found |= {"point_name": point.name, "point_floor": point.floor, "point_room": point.room}
        found |= {"point_booking": point.booking}
        for hours in point.hours.all():
            found |= {f"opens_{hours.weekday}": hours.opens, f"closes_{hours.weekday}": hours.closes}
    return found


def save_office(data: dict[str, Any], *, office: OfficePage | None, user: Any) -> OfficePage:
    """Make or change an office that readers do not see yet, from the cleaned data of the form; a new one gets its groups."""
    with transaction.atomic():
        page = office or OfficePage(office_type=data["office_type"], live=False, owner=user)
        for name in PAGE_FIELDS:
            setattr(page, name, data[name])
        page.accounts = list(_accounts(data))
        page.units = _units(page, data)
        page.jurisdictions = [Jurisdiction(prefix=code) for code in data["area"] or [data["teryt"][:2]]]
        page.service_points = [_point(page, data), *list(page.service_points.all())[1:]]
        if office is None:
            page.slug = page.code
            branches()[0].add_child(instance=page)
        else:
            page.save()
        page.save_revision(user=user, log_action="wagtail.create" if office is None else "wagtail.edit")
        sync_rights_of(page)
    return page


def _accounts(data: dict[str, Any]) -> Iterator[BankAccount]:
    yield BankAccount(purpose=BankAccount.Purpose.INCOME, owner=data["title"], number=data["income_account"])
    if data["stamp_duty_account"]:
        yield BankAccount(purpose=BankAccount.Purpose.STAMP_DUTY, owner=data["city"], number=data["stamp_duty_account"])


def _units(page: OfficePage, data: dict[str, Any]) -> list[OrganisationalUnit]:
    """Units by their symbols: a known one keeps its row, because cards may point to it."""
    known = {unit.symbol: unit for unit in page.units.all()} if page.pk else {}
    units = []
    for row in range(UNITS):
        symbol = data[f"unit_symbol_{row}"]
        if not symbol:
            continue
        unit = known.pop(symbol, None) or OrganisationalUnit(symbol=symbol)
        unit.name, unit.room = data[f"unit_name_{row}"], data[f"unit_room_{row}"]
        units.append(unit)
    beyond_the_form = list(known.values())[UNITS:] if len(known) > UNITS else []
    return [*units, *beyond_the_form]


def _point(page: OfficePage, data: dict[str, Any]) -> ServicePoint:
    """The first service point; a known one keeps its row."""
    point = (page.service_points.first() if page.pk else None) or ServicePoint()
    point.name, point.floor, point.room = data["point_name"], data["point_floor"], data["point_room"]
    point.booking = data["point_booking"]
    point.address = f"{data['street']} {data['building']}, {data['postal_code']} {data['town']}"
    point.hours = [
        OpeningHours(weekday=day, opens=data[f"opens_{day}"], closes=data[f"closes_{day}"])
        for day in range(len(WEEKDAYS))
        if data[f"opens_{day}"]
    ]
    return point


def data_gaps(office: OfficePage) -> list[str]:
    """What an office record still lacks for its cards, a sentence each; [] when it is complete."""
    points = list(office.service_points.all())
    wanted: list[tuple[bool, str]] = [
        (bool(office.street and office.town), "Brakuje adresu."),
        (bool(office.phone and office.email), "Brakuje telefonu albo e-maila."),
        (any(office.accounts.all()), "Brakuje rachunku bankowego."),
        (any(not unit.closed for unit in office.units.all()), "Brakuje komórki organizacyjnej."),
        (bool(points), "Brakuje punktu obsługi."),
        (any(any(point.hours.all()) for point in points), "Brakuje godzin otwarcia."),
        (bool(office.privacy_notice_url), "Brakuje klauzuli RODO."),
    ]
    return [sentence for present, sentence in wanted if not present]
