"""Polish words of the card schema for the closed sets of codes in published cards. Open sets keep their codes."""

from __future__ import annotations

KINDS = {"model": "wzorcowa", "office": "urzędu", "local": "lokalna"}
REQUIREMENTS = {"always": "zawsze", "conditional": "warunkowo", "alternative": "do wyboru"}
ACTORS = {"client": "klient", "office": "urząd"}
UNITS = {"day": "dzień", "workday": "dzień roboczy", "week": "tydzień", "month": "miesiąc", "year": "rok"}
DIRECTIONS = {
    "within": "najpóźniej",
    "at_least_before": "co najmniej przed",
    "not_earlier_than": "nie wcześniej niż",
}
ROLLS = {"next_working": "następny dzień roboczy", "previous_working": "poprzedni dzień roboczy", "none": "brak"}
RELATIONS = {"before": "wcześniej", "next": "następnie", "instead": "zamiast", "see": "zobacz też"}
ORIGINS = {"model": "karta wzorcowa", "office": "urząd", "office_record": "kartoteka urzędu"}
