"""Do uzgodnienia: where a model changed under an office's own words, and what the office decided."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse

from governance.reporting.places import Reach, names_for
from governance.reporting.tables import Column, Row, Table, table_of
from service_catalog.inheritance.touched_fields import label_of
from service_catalog.models import Reconciliation

COLUMNS = (
    Column("office", "Urząd"),
    Column("type", "Typ"),
    Column("card", "Karta", linked=True),
    Column("field", "Pole"),
    Column("old_model", "Wzorzec przed zmianą"),
    Column("new_model", "Wzorzec po zmianie"),
    Column("ours", "Treść urzędu"),
    Column("since", "Wzorzec zmieniony"),
    Column("days", "Czeka dni"),
    Column("state", "Stan"),
    Column("person", "Kto zdecydował"),
    Column("decided", "Kiedy"),
)


def to_reconcile(reach: Reach, given: dict[str, Any], *, on: datetime.date) -> Table:
    """A row for each field. Without a state chosen, only what still waits."""
    found = Reconciliation.objects.filter(reach.within("office_card__path"))
    if given["state"] != "wszystkie":
        found = found.filter(state=given["state"] or Reconciliation.State.OPEN)
    if given["first"]:
        found = found.filter(since_day__gte=given["first"])
    if given["last"]:
        found = found.filter(since_day__lte=given["last"])
    listed = list(
        found.order_by("since_day", "office_card__path", "pk").values_list(
            "office_card__path", "office_card_id", "office_card__title", "field", "item", "old_model", "new_model",
            "ours", "since_day", "state", "decided_by_id", "decided_at",
        )
    )  # fmt: skip
    names = names_for(reach, {row[-2] for row in listed})
    rows = []
    for path, card, title, field, item, old, new, ours, since, state, person, decided in listed:
        place = reach.place_of(path)
        if place is None:
            continue
        waits = (on - since).days if state == Reconciliation.State.OPEN else None
        who = names[person] if decided else ""
        values = (
            place.name, place.type_code, title, label_of(field, item), old, new, ours, since, waits,
            Reconciliation.State(state).label, who, decided,
        )  # fmt: skip
        rows.append(Row(values, reverse("inheritance_reconcile", args=[card])))
    return table_of(COLUMNS, rows)
