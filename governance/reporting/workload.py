"""Praca osób: what each person has open now, and what he did in some days."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Value

from cms.editorial.models import Review, Standing, Transition
from cms.editorial.states import CHECKS, Decision, State
from governance.reporting.filters import PERIOD
from governance.reporting.places import Place, Reach, names_for
from governance.reporting.tables import Column, Row, Table, table_of
from publication.calendar import WARSAW
from service_catalog.teryt import folded

COLUMNS = (
    Column("person", "Osoba"),
    Column("office", "Urząd"),
    Column("type", "Typ"),
    Column("drafts", "Szkice", summed=True),
    Column("in_work", "W opracowaniu", summed=True),
    Column("in_check", "Wysłane, czekają na sprawdzenie", summed=True),
    Column("late", "W tym po terminie", summed=True),
    Column("submitted", "Wysłał w tych dniach", summed=True),
    Column("checked", "Sprawdził w tych dniach", summed=True),
    Column("reviewed", "Przejrzał w tych dniach", summed=True),
)
DONE: dict[str, str] = {Decision.SUBMITTED: "submitted", Decision.APPROVED: "checked", Decision.RETURNED: "checked"}
REVIEWED = "reviewed"
OPEN = {State.DRAFT: "drafts", State.IN_WORK: "in_work"} | dict.fromkeys(CHECKS, "in_check")


class Worker(NamedTuple):
    """A person at an office."""

    place: Place
    person: int | None


def workload(reach: Reach, given: dict[str, Any], *, on: datetime.date) -> Table:
    """A row for each person at each office. Without days chosen, work of the last 30 days is counted."""
    first, last = given["first"] or on - PERIOD, given["last"] or on
    counted = _open(reach, on=on) + _done(reach, first, last)
    names = names_for(reach, {worker.person for worker, _ in counted})
    wanted = folded(given["person"])
    workers = sorted(
        {worker for worker, _ in counted if wanted in folded(names[worker.person])},
        key=lambda worker: (folded(names[worker.person]), worker.place.path, worker.person or 0),
    )
    figures = [column.key for column in COLUMNS if column.summed]
    return table_of(
        COLUMNS,
        [
            Row(
                (
                    names[worker.person], worker.place.name, worker.place.type_code,
                    *(counted[worker, figure] for figure in figures),
                )
            )
            for worker in workers
        ],
    )  # fmt: skip


def _open(reach: Reach, *, on: datetime.date) -> Counter[tuple[Worker, str]]:
    """Pages that a person writes or has sent. Late are those whose day has passed."""
    rows = Standing.objects.filter(reach.within("page__path"), state__in=OPEN)
    found: Counter[tuple[Worker, str]] = Counter()
    for path, state, due, sender, writer in rows.values_list(
        "page__path", "state", "due", "submitted_by_id", "page__latest_revision__user_id"
    ):
        place = reach.place_of(path)
        if place is not None:
            worker = Worker(place, sender if state in CHECKS else writer)
            found[worker, OPEN[State(state)]] += 1
            found[worker, "late"] += int(due is not None and due < on)
    return found


def _done(reach: Reach, first: datetime.date, last: datetime.date) -> Counter[tuple[Worker, str]]:
    """Steps that a person took and reviews that he made on these days, the last one included."""
    begin = datetime.datetime.combine(first, datetime.time(), WARSAW)
    end = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), WARSAW)
    on_these_days = reach.within("page__path") & Q(moment__gte=begin, moment__lt=end, person__isnull=False)
    steps = Transition.objects.filter(on_these_days, decision__in=DONE)
    reviews = Review.objects.filter(on_these_days)
    found: Counter[tuple[Worker, str]] = Counter()
    counted = (
        *_by_person(steps.annotate(deed=F("decision"))),
        *_by_person(reviews.annotate(deed=Value(REVIEWED))),
    )
    for path, person, deed, many in counted:
        place = reach.place_of(path)
        if place is not None:
            found[Worker(place, person), DONE.get(deed, REVIEWED)] += many
    return found


def _by_person(rows: Any) -> Any:
    """How many rows of each deed a person has at each page."""
    grouped = rows.order_by().values("page__path", "person_id", "deed").annotate(many=Count("pk"))
    return grouped.values_list("page__path", "person_id", "deed", "many")
