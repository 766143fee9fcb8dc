"""Przeglądy po terminie: pages that nobody looked at by the day on which somebody should have."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.editorial.models import Standing
from cms.editorial.reviews import GRACE
from cms.editorial.states import State
from governance.reporting.places import Place, Reach
from governance.reporting.tables import Column, Row, Table, table_of

NOT_REVIEWED = (State.DRAFT, State.SUSPENDED, State.ARCHIVED)
"""States in which clients read nothing that could be out of date."""
KINDS = {
    "officecard": "karta urzędu", "localcard": "karta lokalna", "modelcard": "karta wzorcowa", "officepage": "dane urzędu",
}  # fmt: skip
COLUMNS = (
    Column("office", "Urząd"),
    Column("type", "Typ"),
    Column("page", "Karta", linked=True),
    Column("kind", "Rodzaj"),
    Column("state", "Stan"),
    Column("due", "Termin przeglądu"),
    Column("days", "Dni po terminie"),
    Column("month", "Ponad 30 dni", summed=True, flag=True),
)


@dataclass(frozen=True)
class OverduePage:
    """A page whose review is late by so many days."""

    place: Place
    key: int
    title: str
    kind: str
    state: State
    due: datetime.date
    days: int


def overdue_pages(reach: Reach, *, on: datetime.date) -> Iterator[OverduePage]:
    """Late pages, the latest first. One query."""
    rows = Standing.objects.filter(reach.within("page__path"), next_review__lt=on).exclude(state__in=NOT_REVIEWED)
    listed = rows.order_by("next_review", "page__path").values_list(
        "page__path", "page_id", "page__title", "page__content_type__model", "state", "next_review"
    )
    for path, key, title, kind, state, due in listed:
        place = reach.place_of(path)
        if place is not None and due is not None:
            yield OverduePage(place, key, title, KINDS.get(kind, ""), State(state), due, (on - due).days)


def overdue(reach: Reach, given: dict[str, Any], *, on: datetime.date) -> Table:
    """A row for each late page that fits the filters."""
    first, last = given["first"] or datetime.date.min, given["last"] or datetime.date.max
    rows = [
        Row(
            (
                page.place.name, page.place.type_code, page.title, page.kind, page.state.label, page.due, page.days,
                int(page.days > GRACE.days),
            ),
            reverse("editorial_review", args=[page.key]),
        )
        for page in overdue_pages(reach, on=on)
        if first <= page.due <= last
        and (not given["state"] or page.state == given["state"])
        and (not given["lateness"] or page.days > GRACE.days)
    ]  # fmt: skip
    return table_of(COLUMNS, rows)
