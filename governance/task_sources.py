"""Where open tasks come from: pages that wait for a check, a review or reconciliation, and requests of offices."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.editorial.corrections import asked_of, people_asked
from cms.editorial.models import Standing, Transition
from cms.editorial.people import branch_of, heads_of, is_too_hard, people_for_step
from cms.editorial.states import CHECKS, State, Step
from governance.tasks import OpenTask, register_task_source
from publication.calendar import day_of
from service_catalog.inheritance.waiting_tasks import (
    OF_OWNERS,
    offer_address,
    offer_due,
    open_remarks,
    remark_address,
    waiting_offers,
)
from service_catalog.models import ModelRemark, OfferDecision, OfficePage

TITLES = {
    State.MERIT: "Sprawdź merytorycznie",
    State.LANGUAGE: "Sprawdź język",
    State.APPROVAL: "Zatwierdź",
    State.NEEDS_REVIEW: "Przejrzyj kartę",
    State.TO_RECONCILE: "Uzgodnij z wzorcem",
    State.IN_WORK: "Popraw, a potem wyślij do sprawdzenia",
}
ADDRESSES = {
    State.IN_WORK: "wagtailadmin_pages:edit",
    State.NEEDS_REVIEW: "editorial_review",
    State.TO_RECONCILE: "inheritance_reconcile",
}


def editorial_tasks(on: datetime.date) -> Iterator[OpenTask]:
    """A task for each page that waits. A check is for everybody who may make it; the rest is for the office.

    A page in work is a task when somebody asked for the change: a checker of its author, a review of whoever made it.
    """
    codes = dict(OfficePage.objects.values_list("path", "code"))
    waiting = [*CHECKS, State.NEEDS_REVIEW, State.TO_RECONCILE, State.IN_WORK]
    rows = Standing.objects.filter(state__in=waiting).select_related("page").order_by("page_id")
    asked = asked_of(rows.filter(state=State.IN_WORK).values_list("page_id", flat=True))
    for row in rows:
        state = State(row.state)
        if state == State.IN_WORK and row.page_id not in asked:
            continue
        yield OpenTask(
            key=f"page:{row.page_id}:{state}:{row.since:%Y%m%d%H%M%S}",
            title=f"{TITLES[state]}: {row.page.title}"[:300],
            office_code=_office_code(row.page, codes),
            people=_Doers(row, codes, asked.get(row.page_id)),
            since=day_of(row.since),
            due=row.next_review if state == State.NEEDS_REVIEW else row.due,
            link=reverse(ADDRESSES.get(state, "editorial_check"), args=[row.page_id]),
        )


def _office_code(page: Page, codes: dict[str, str]) -> str:
    """Code of the office of a page; "" for a page of a model catalogue."""
    return codes.get(page.path) or codes.get(page.path[: -page.steplen], "")


class _Doers:
    """Who may do the task of a page.

    A check: people with the role who did not send the version themselves, and the heads when only they may let the text pass.
    A correction: those of whom it was asked. A review of a model card: owners of its catalogue. The rest is for the office, so
    for whoever acts there.
    """

    def __init__(self, row: Standing, codes: dict[str, str], asked: Transition | None) -> None:
        self.row, self.codes, self.asked = row, codes, asked

    def __call__(self) -> list[int]:
        """Keys of the accounts. Asked for new tasks only."""
        if self.asked is not None and self.row.state == State.IN_WORK:
            return people_asked(self.row, self.asked)
        if self.row.step is not None:
            people = people_for_step(self.row.page, self.row.step)
            if self.row.step == Step.LANGUAGE and is_too_hard(self.row.page):
                people |= heads_of(self.row.page)
            people = people.exclude(pk=self.row.submitted_by_id)
        elif not _office_code(self.row.page, self.codes):
            people = _owners(self.row.page)
        else:
            return []
        return list(people.values_list("pk", flat=True).distinct())


def _owners(page: Page) -> QuerySet[Any]:
    """Owners of the model catalogue in which a model card stands."""
    groups = Group.objects.filter(name__endswith=OF_OWNERS, page_permissions__page__in=branch_of(page))
    return get_user_model().objects.filter(groups__in=groups.values("pk"), is_active=True)


def offer_tasks(on: datetime.date) -> Iterator[OpenTask]:
    """A task for each request "nie oferujemy" about a public card: for everybody who approves there but the one who asked."""
    for decision in waiting_offers():
        yield OpenTask(
            key=f"offer:{decision.pk}",
            title=f"Potwierdź albo odrzuć „nie oferujemy”: {decision.model_card.title}"[:300],
            office_code=decision.office.code,
            people=partial(_confirmers, decision),
            since=day_of(decision.asked_at),
            due=offer_due(decision),
            link=offer_address(decision),
        )


def _confirmers(decision: OfferDecision) -> list[int]:
    people = people_for_step(decision.office, Step.APPROVAL).exclude(pk=decision.asked_by_id)
    return list(people.values_list("pk", flat=True))


def remark_tasks(on: datetime.date) -> Iterator[OpenTask]:
    """A task for each remark to a model card without an answer: for the owners of the model."""
    for remark in open_remarks():
        yield OpenTask(
            key=f"remark:{remark.pk}",
            title=f"Odpowiedz na uwagę do wzorca: {remark.model_card.title}"[:300],
            people=partial(_answerers, remark),
            since=day_of(remark.written_at),
            due=remark.due_on,
            link=remark_address(remark),
        )


def _answerers(remark: ModelRemark) -> list[int]:
    return list(_owners(remark.model_card).values_list("pk", flat=True).distinct())


def connect() -> None:
    """Follow the pages of the editorial work and the requests of offices."""
    register_task_source("editorial", editorial_tasks)
    register_task_source("offers", offer_tasks)
    register_task_source("remarks", remark_tasks)
