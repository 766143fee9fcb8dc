"""Identifiers and small values that several entities of HSDS share."""

from __future__ import annotations

import re
import uuid
from typing import Any

from exporters.json_text import without_empty

VOIVODESHIPS = {
    "02": "dolnośląskie", "04": "kujawsko-pomorskie", "06": "lubelskie", "08": "lubuskie", "10": "łódzkie",
    "12": "małopolskie", "14": "mazowieckie", "16": "opolskie", "18": "podkarpackie", "20": "podlaskie",
    "22": "pomorskie", "24": "śląskie", "26": "świętokrzyskie", "28": "warmińsko-mazurskie", "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}  # fmt: skip
"""Names of voivodeships by the first two digits of TERYT."""

_POSTAL_CODE = re.compile(r"\b\d{2}-\d{3}\b", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def identifier(*parts: str) -> str:
    """A UUID of version 5 (RFC 9562) of the address that the parts make: the same thing has the same one in every export."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def entity(place: str, **values: Any) -> dict[str, Any]:
    """An entity with its identifier; values that say nothing are left out."""
    return {"id": identifier(place), **without_empty(values)}


def email(text: str) -> str:
    """The text when it is an address of mail; otherwise nothing, because the schema would refuse it."""
    return text if _EMAIL.fullmatch(text) else ""


def web_address(text: str) -> str:
    """The text when it is an address of the web; otherwise nothing."""
    return text if text.startswith(("http://", "https://")) and " " not in text else ""


def address(place: str, text: str, *, town: str, teryt: str) -> dict[str, Any]:
    """A postal address written in one line, as the post does: street and number, postal code, town.

    `town` is that of the office, taken when the line names none.
    """
    code = _POSTAL_CODE.search(text)
    street = text[: code.start()].strip(" ,") if code else text.strip()
    own_town = text[code.end() :].strip(" ,") if code else ""
    return entity(
        f"{place}#adres",
        address_1=street or own_town or town,
        city=own_town or town,
        state_province=VOIVODESHIPS.get(teryt[:2], "nieznane"),
        postal_code=code[0] if code else "00-000",
        country="PL",
        address_type="physical",
    )


def phone(place: str, number: str, description: str = "") -> list[dict[str, Any]]:
    """A list with the phone, empty when there is none."""
    if not number:
        return []
    return [entity(f"{place}#telefon", number=number, type="voice", description=description)]
