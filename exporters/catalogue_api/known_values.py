"""Values of filters that no text of the catalogue can have: refused by name, because an empty list would look like an answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.http import HttpResponse

from exporters.catalogue_api.problems import problem
from publication.models import EditionKind, EditionLabel
from publication.reading import NotInForce, editions
from service_catalog.published import keys
from service_catalog.published.reading import topic_tree
from service_catalog.teryt import teryt_register

_VOIVODESHIP_DIGITS = 2
Check = Callable[[str, datetime.date], str]
"""Gives the sentence about an unknown value, or nothing for a known one."""


def unknown_value(given: Mapping[str, str], *, on: datetime.date) -> HttpResponse | None:
    """422 for the first of the filters whose value does not exist on the day; None when all do."""
    for name, value in given.items():
        sentence = _CHECKS[name](value, on) if value else ""
        if sentence:
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Nieznana wartość", f"Parametr „{name}”: {sentence}")
    return None


def _office(value: str, on: datetime.date) -> str:
    if _exists(EditionKind.OFFICE, keys.office_key(value), on):
        return ""
    return f"w dniu {on.isoformat()} nie ma urzędu „{value[:40]}”. Kody podaje /api/v1/offices."


def _office_type(value: str, on: datetime.date) -> str:
    if _exists(EditionKind.REGISTER, keys.office_type_key(value), on) or _labelled("office_type", value):
        return ""
    found = editions().of_kind(EditionKind.REGISTER).labelled("register", "office_type").readable(on=on)
    known = [key.removeprefix(keys.office_type_key("")) for key in found.order_by("key").values_list("key", flat=True)]
    return f"nie ma typu urzędu „{value[:40]}”." + (f" Są: {', '.join(known)}." if known else "")


def _topic(value: str, on: datetime.date) -> str:
    try:
        known = [topic.slug for topic in topic_tree(on=on).topics]
    except NotInForce:
        known = []
    if value in known or _labelled("topic", value):
        return ""
    return f"nie ma działu „{value[:40]}”. " + (
        f"Są: {', '.join(known)}." if known else "Działy podaje /api/v1/topics."
    )


def _life_event(value: str, on: datetime.date) -> str:
    if _exists(EditionKind.LIFE_EVENT, keys.life_event_key(value), on) or _labelled("life_event", value):
        return ""
    return f"nie ma zdarzenia życiowego „{value[:40]}”. Kody podaje /api/v1/life-events."


def _voivodeship(value: str, on: datetime.date) -> str:
    """The register of places is the same on every day."""
    if len(value) == _VOIVODESHIP_DIGITS and teryt_register().is_valid(value):
        return ""
    units = [unit for unit in teryt_register().units() if len(unit.code) == _VOIVODESHIP_DIGITS]
    known = ", ".join(f"{unit.code} ({unit.name})" for unit in units)
    return f"„{value[:40]}” to nie jest kod województwa. Wpisz dwie cyfry TERYT: {known}."


_CHECKS: dict[str, Check] = {
    "office": _office,
    "office_type": _office_type,
    "topic": _topic,
    "life_event": _life_event,
    "voivodeship": _voivodeship,
}


def _exists(kind: str, key: str, on: datetime.date) -> bool:
    return editions().of_kind(kind).filter(key=key).readable(on=on).exists()


def _labelled(name: str, value: str) -> bool:
    """Whether any text ever had the label: what a register no longer names is no mistake of the reader."""
    return EditionLabel.objects.filter(name=name, value=value).exists()
