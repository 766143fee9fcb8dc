"""Where open tasks come from: pages that wait for a check, for a review or for reconciliation with a new model."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from cms import roles
from cms.editorial.models import Standing
from cms.editorial.people import branch_of, people_for_step
from cms.editorial.states import CHECKS, State
from governance.tasks import OpenTask, register_task_source
from publication.calendar import day_of
from service_catalog.models import OfficePage

TITLES = {
    State.MERIT: "Sprawdź merytorycznie",
    State.LANGUAGE: "Sprawdź język",
    State.APPROVAL: "Zatwierdź",
    State.NEEDS_REVIEW: "Przejrzyj kartę",
    State.TO_RECONCILE: "Uzgodnij z wzorcem",
}
ADDRESSES = {State.NEEDS_REVIEW: "editorial_review", State.TO_RECONCILE: "editorial_history"}


def editorial_tasks(on: datetime.date) -> Iterator[OpenTask]:
    """A task for each page that waits. A check is for everybody who may make it; the rest is for the office."""
    codes = dict(OfficePage.objects.values_list("path", "code"))
    rows = Standing.objects.filter(state__in=[*CHECKS, State.NEEDS_REVIEW, State.TO_RECONCILE]).select_related("page")
    for row in rows.order_by("page_id"):
        state = State(row.state)
        yield OpenTask(
            key=f"page:{row.page_id}:{state}:{row.since:%Y%m%d%H%M%S}",
            title=f"{TITLES[state]}: {row.page.title}"[:300],
            office_code=_office_code(row.page, codes),
            people=_Doers(row, codes),
            since=day_of(row.since),
            due=row.next_review if state == State.NEEDS_REVIEW else row.due,
            link=reverse(ADDRESSES.get(state, "editorial_check"), args=[row.page_id]),
        )


def _office_code(page: Page, codes: dict[str, str]) -> str:
    """Code of the office of a page; "" for a page of a model catalogue."""
    return codes.get(page.path) or codes.get(page.path[: -page.steplen], "")


class _Doers:
    """Who may do the task of a page.

    A check: people with the role who did not send the version themselves. A review of a model card: owners of its catalogue.
    The rest is for the office, so for whoever acts there.
    """

    def __init__(self, row: Standing, codes: dict[str, str]) -> None:
        self.row, self.codes = row, codes

    def __call__(self) -> list[int]:
        """Keys of the accounts. Asked for new tasks only."""
        if self.row.step is not None:
            people = people_for_step(self.row.page, self.row.step).exclude(pk=self.row.submitted_by_id)
        elif not _office_code(self.row.page, self.codes):
            groups = Group.objects.filter(
                name__endswith=f"] {roles.MODEL_OWNER.ending}", page_permissions__page__in=branch_of(self.row.page)
            )
            people = get_user_model().objects.filter(groups__in=groups.values("pk"), is_active=True)
        else:
            return []
        return list(people.values_list("pk", flat=True).distinct())


def connect() -> None:
    """Follow the pages of the editorial work."""
    register_task_source("editorial", editorial_tasks)
