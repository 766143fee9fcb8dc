"""Kompletność: how far offices and types of office are with the cards of their model catalogues."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Length, Substr

from cms.editorial.states import CHECKS, State
from cms.models import FlatAddressPage
from governance.reporting.aggregation import Counts, grouped, total
from governance.reporting.overdue_reviews import overdue_pages
from governance.reporting.places import Place, Reach, voivodeships
from governance.reporting.tables import Column, Row, Table
from governance.teams import standings
from service_catalog.models import LocalCard, ModelCard, NotOffered, OfficeCard, OfficePage, Reconciliation

FIGURES = (
    Column("planned", "Planowane", summed=True),
    Column("published", "Opublikowane", summed=True),
    Column("percent", "Procent planu"),
    Column("in_check", "W sprawdzaniu", summed=True),
    Column("in_work", "W opracowaniu", summed=True),
    Column("drafts", "Szkice", summed=True),
    Column("not_begun", "Nierozpoczęte", summed=True),
    Column("to_reconcile", "Do uzgodnienia", summed=True),
    Column("suspended", "Wstrzymane", summed=True),
    Column("local", "Karty lokalne", summed=True),
    Column("overdue", "Przegląd po terminie", summed=True),
    Column("overdue_month", "w tym ponad 30 dni", summed=True),
)
OFFICE_COLUMNS = (
    Column("office", "Urząd"),
    Column("type", "Typ"),
    Column("voivodeship", "Województwo"),
    Column("coordinator", "Dziś koordynuje"),
    Column("since", "Od dnia"),
    *FIGURES,
)
TYPE_COLUMNS = (Column("type", "Typ urzędu"), Column("offices", "Urzędy", summed=True), *FIGURES)
NOT_READABLE = (State.SUSPENDED, State.ARCHIVED)
"""States in which clients do not get the text of a card."""


def by_office(reach: Reach, *, on: datetime.date) -> Table:
    """A row for each office. The number of queries does not depend on the number of offices."""
    counted = office_counts(reach, on=on)
    acting = {one.office.pk: one for one in standings(_pages(reach), on=on)}
    rows = []
    for place, counts in counted.items():
        who = acting[place.key]
        since = who.acting.term.begins if who.acting else None
        about = (place.name, place.type_code, voivodeships().get(place.voivodeship, ""), who.name or "nikt", since)
        rows.append(Row((*about, *_figures(counts))))
    return Table(OFFICE_COLUMNS, rows, (f"Razem: {len(rows)}", *[None] * 4, *_figures(total(counted.values()))))


def by_type(reach: Reach, *, on: datetime.date) -> Table:
    """A row for each type of office, the sum of its offices."""
    counted = office_counts(reach, on=on)
    names = {place.type_code: place.type_name for place in counted}
    sums = grouped(sorted(((place.type_code, counts) for place, counts in counted.items()), key=lambda pair: pair[0]))
    rows = [Row((f"{names[code]} ({code})", counts.offices, *_figures(counts))) for code, counts in sums.items()]
    whole = total(counted.values())
    return Table(TYPE_COLUMNS, rows, (f"Razem: {len(rows)}", whole.offices, *_figures(whole)))


def _figures(counts: Counts) -> tuple[int | float | None, ...]:
    return tuple(getattr(counts, column.key) for column in FIGURES)


def _pages(reach: Reach) -> QuerySet[OfficePage]:
    pages: QuerySet[OfficePage] = OfficePage.objects.filter(pk__in=[place.key for place in reach.offices])
    return pages


def office_counts(reach: Reach, *, on: datetime.date) -> Mapping[Place, Counts]:
    """What is counted for each office in reach."""
    model_cards = Counter(ModelCard.objects.filter(live=True).values_list("office_type__code", flat=True))
    refused = _by_office(NotOffered.objects.filter(
        reach.within("office__path"), model_card__live=True, model_card__office_type=F("office__office_type")
    ).annotate(place=F("office__path")))  # fmt: skip
    local = _by_office(_placed(LocalCard.objects.filter(reach.within("path"), live=True), "path"))
    waiting = Reconciliation.objects.filter(reach.within("office_card__path"), state=Reconciliation.State.OPEN)
    to_reconcile = _by_office(_placed(waiting, "office_card__path"), counted=Count("office_card", distinct=True))
    late: defaultdict[str, list[int]] = defaultdict(list)
    for page in overdue_pages(reach, on=on):
        late[page.place.path].append(page.days)
    states = _states(reach)
    found = {}
    for place in reach.offices:
        planned = max(model_cards[place.type_code] - refused.get(place.path, 0), 0)
        counts = states.get(place.path, {})
        begun = counts.pop("begun", 0)
        found[place] = dataclasses.replace(
            Counts(**counts), offices=1, planned=planned, not_begun=max(planned - begun, 0),
            local=local.get(place.path, 0), to_reconcile=to_reconcile.get(place.path, 0),
            overdue=len(late[place.path]), overdue_month=sum(days > MONTH for days in late[place.path]),
        )  # fmt: skip
    return found


MONTH = 30
"""Days after which a late review is shown as very late."""


def _placed(rows: Any, path: str) -> Any:
    """The rows with the path of the page above their page."""
    return rows.annotate(place=Substr(path, 1, Length(path) - FlatAddressPage.steplen))


def _by_office(rows: Any, *, counted: Count | None = None) -> dict[str, int]:
    """How many rows each place has."""
    return dict(rows.order_by().values("place").annotate(many=counted or Count("pk")).values_list("place", "many"))


def _states(reach: Reach) -> dict[str, dict[str, int]]:
    """Cards of each office by where they are on their way; a page without a row is as public as it says itself."""
    refused = NotOffered.objects.filter(office__path=OuterRef("place"), model_card=OuterRef("model_card"))
    by_itself = Case(When(live=True, then=Value(State.PUBLISHED.value)), default=Value(State.DRAFT.value))
    cards = _placed(OfficeCard.objects.filter(reach.within("path")), "path").annotate(
        state=Coalesce("standing__state", by_itself), offered=~Exists(refused)
    )
    planned = Q(offered=True, model_card__live=True)
    rows = cards.order_by().values("place").annotate(
        begun=Count("pk", filter=planned & ~Q(state=State.ARCHIVED)),
        published=Count("pk", filter=planned & Q(live=True) & ~Q(state__in=NOT_READABLE)),
        in_check=Count("pk", filter=Q(state__in=CHECKS)),
        in_work=Count("pk", filter=Q(state=State.IN_WORK)),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        suspended=Count("pk", filter=Q(state=State.SUSPENDED)),
    )  # fmt: skip
    return {row.pop("place"): row for row in rows}
