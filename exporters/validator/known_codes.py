"""Codes of the registers in force that a card is compared with."""

from __future__ import annotations

from publication.calendar import today
from publication.models import EditionKind
from publication.reading import editions
from service_catalog.published.keys import office_type_key


def known_office_types() -> tuple[str, ...]:
    """Codes of all types of offices in the register today, ministries too. One query."""
    found = editions().of_kind(EditionKind.REGISTER).labelled("register", "office_type").readable(on=today())
    rows = found.order_by("key").values_list("key", flat=True)
    return tuple(key.removeprefix(office_type_key("")) for key in rows)
