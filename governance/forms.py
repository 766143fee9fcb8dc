"""Forms of the team pages and of the settings of notifications."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from cms.people import name_of
from governance.access import people_of
from governance.models import AdvisorAssignment, CoordinatorAssignment, NotificationChoice
from service_catalog.models import OfficePage


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the people of an office, shown by name."""

    def label_from_instance(self, obj: Any) -> str:
        """First and last name with the account name, because names repeat."""
        return f"{name_of(obj)} ({obj.get_username()})"


class Day(forms.DateField):
    """A day, chosen from the browser's calendar."""

    def __init__(self, *, label: str, required: bool = True) -> None:
        super().__init__(label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class OfOffice(forms.Form):
    """A form about one person of an office."""

    person = PersonField(queryset=get_user_model().objects.none(), label="Osoba", empty_label="– wybierz osobę –")

    def __init__(self, *args: Any, office: OfficePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, PersonField)
        field.queryset = people_of(office)


class AssignmentForm(OfOffice):
    """Wyznacz osobę do funkcji."""

    post = forms.ChoiceField(label="Funkcja", choices=CoordinatorAssignment.POSTS)
    begins = Day(label="Od dnia")
    ends = Day(label="Do dnia (puste: bezterminowo)", required=False)
    order = forms.IntegerField(label="Kolejność zastępowania", min_value=1, max_value=9, initial=1)


class HandOverForm(OfOffice):
    """Przekaż funkcję."""

    begins = Day(label="Następca zaczyna dnia")
    last = Day(label="Poprzednik kończy dnia")


class EndForm(forms.Form):
    """Zakończ funkcję."""

    last = Day(label="Ostatni dzień")


class OrderForm(forms.Form):
    """Zmień kolejność zastępowania."""

    order = forms.IntegerField(label="Kolejność", min_value=1, max_value=9)


class AbsenceForm(OfOffice):
    """Wpisz nieobecność."""

    begins = Day(label="Od dnia")
    ends = Day(label="Do dnia")


class AdvisorForm(forms.Form):
    """Wyznacz doradcę."""

    username = forms.CharField(label="Nazwa użytkownika doradcy", max_length=150)
    begins = Day(label="Od dnia")
    ends = Day(label="Do dnia")

    def advisor(self, office: OfficePage, *, on: datetime.date) -> AdvisorAssignment:
        """The assignment that the form describes, unsaved. Raises `ValidationError`."""
        person = get_user_model().objects.filter(username=self.cleaned_data["username"], is_active=True).first()
        if person is None:
            raise forms.ValidationError("Nie ma czynnego konta o tej nazwie. Sprawdź nazwę albo poproś administratora.")
        if self.cleaned_data["ends"] < on:
            raise forms.ValidationError(f"Ten okres skończył się przed dzisiejszym dniem ({on}). Zmień daty.")
        row = AdvisorAssignment(
            office=office, person=person, begins=self.cleaned_data["begins"], ends=self.cleaned_data["ends"]
        )
        row.full_clean()
        return row


class NotificationChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Jak chcesz dostawać powiadomienia."""

    class Meta:
        model = NotificationChoice
        fields = ("mail",)
        widgets = {"mail": forms.RadioSelect}
        labels = {"mail": "Wiadomości e-mail"}
