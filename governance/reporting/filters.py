"""What a reader may narrow a report by. Choices are those within his reach, so no filter tells of another office.

Names in the address are Polish words; words that a report does not know are ignored, values that it does not know are refused.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator

from cms.editorial.states import State
from governance.reporting.places import Reach, voivodeships
from governance.reporting.tables import Column
from service_catalog.models import Reconciliation

FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
PERIOD = datetime.timedelta(days=30)
"""How far back a report of work looks when the reader names no days."""
ADDRESSES = {
    "office_type": "typ", "voivodeship": "wojewodztwo", "office": "urzad", "state": "stan", "person": "osoba", "first": "od",
    "last": "do", "layout": "uklad", "lateness": "spoznienie", "order": "kolejnosc", "field": "pole",
}  # fmt: skip
"""Names of filters in the address."""
EVERYTHING = ("", "wszystkie")
Choices = Sequence[tuple[str, str]]


class DayField(forms.DateField):
    """A day that a calendar of a browser gives."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            error_messages={"invalid": "Wpisz dzień jako rok-miesiąc-dzień, na przykład 2026-03-02."},
            **kwargs,
        )


def choice(label: str, choices: Choices) -> forms.ChoiceField:
    """A list from which one value may be chosen. The refusal does not repeat what somebody put into the address."""
    refusal = f"{label}: nie ma takiej wartości na liście. Wybierz jedną z listy."
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages={"invalid_choice": refusal})


def words(label: str) -> forms.CharField:
    """A part of a name."""
    return forms.CharField(label=label, required=False, max_length=80, validators=[ProhibitNullCharactersValidator()])


class Filters(forms.Form):
    """What all filters share: Polish names in the address, days in their order, refusals in sentences."""

    def add_prefix(self, field_name: str) -> str:
        """The name of a filter in the address. Django asks for names of its own as well."""
        return ADDRESSES.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            raise ValidationError("Dzień „do” jest wcześniejszy niż dzień „od”. Zamień dni.")
        return given

    @property
    def refusals(self) -> list[str]:
        """What is wrong, in sentences."""
        return [str(sentence) for sentences in self.errors.values() for sentence in sentences]


class ReportFilters(Filters):
    """Type of office, voivodeship, office, and the order of the rows."""

    def __init__(self, data: Any, *, reach: Reach, columns: Sequence[Column]) -> None:
        super().__init__(data, auto_id="filtr-%s")
        self.label_suffix = ""
        offices = reach.offices
        types = dict(sorted((place.type_code, place.type_name) for place in reach.places.values()))
        lands = {place.voivodeship for place in offices if place.voivodeship}
        named = [(code, name) for code, name in voivodeships().items() if code in lands]
        place_fields = {
            "office_type": choice("Typ urzędu", [EVERYTHING, *types.items()]),
            "voivodeship": choice("Województwo", [EVERYTHING, *named]),
            "office": choice("Urząd", [EVERYTHING, *((place.code, place.name) for place in offices)]),
        }
        self.fields = place_fields | self.fields | {"order": choice("Kolejność", orders(columns))}


def orders(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Every column upwards and downwards."""
    found = [("", "jak zwykle")]
    for column in columns:
        found += [(column.key, f"{column.label}, rosnąco"), (f"-{column.key}", f"{column.label}, malejąco")]
    return found


class CompletenessFilters(ReportFilters):
    """By office or by type of office."""

    layout = choice("Wiersze", [("", "urzędy"), ("typy", "typy urzędów")])


class OverdueFilters(ReportFilters):
    """How late, in which state, and when the review was due."""

    lateness = choice("Po terminie", [EVERYTHING, ("miesiac", "ponad 30 dni")])
    state = choice("Stan", [EVERYTHING, *((one.value, one.label) for one in State)])
    first = DayField(label="Termin od dnia")
    last = DayField(label="Termin do dnia")


class ReconciliationFilters(ReportFilters):
    """What became of it, and since when the model is different."""

    state = choice("Stan", [("", "do uzgodnienia"), ("wszystkie", "wszystkie"), *Reconciliation.State.choices[1:]])
    first = DayField(label="Wzorzec zmieniony od dnia")
    last = DayField(label="Wzorzec zmieniony do dnia")


class WorkloadFilters(ReportFilters):
    """Who, and the days in which work done is counted."""

    person = words("Osoba – część nazwiska")
    first = DayField(label="Praca od dnia")
    last = DayField(label="Praca do dnia")


class HistoryFilters(Filters):
    """Which field, who, when."""

    field = words("Pole – część nazwy")
    person = words("Osoba – część nazwiska")
    first = DayField(label="Od dnia")
    last = DayField(label="Do dnia")
