"""Requests of offices that wait for one person: to confirm that a card is withdrawn, to answer a remark to a model card."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms import roles
from cms.editorial.people import ROLES_OF_STEP, posts_of
from cms.editorial.states import Step
from cms.editorial.tasks import EditorialTask
from cms.editorial.workflow import due_after
from publication.calendar import day_of
from service_catalog.models import ModelRemark, OfferDecision

MINUTES_FOR_AN_OFFER, MINUTES_FOR_A_REMARK = 5, 15
OF_OWNERS = f"] {roles.MODEL_OWNER.ending}"
"""How names of groups of model owners end."""


def waiting_offers() -> QuerySet[OfferDecision]:
    """Requests to stop offering a service whose public card another person has to withdraw, oldest first."""
    rows = OfferDecision.objects.filter(state=OfferDecision.State.WAITING)
    return rows.select_related("office", "model_card").order_by("asked_at", "pk")


def open_remarks() -> QuerySet[ModelRemark]:
    """Remarks without an answer, those due first."""
    rows = ModelRemark.objects.filter(state=ModelRemark.State.OPEN)
    return rows.select_related("office", "model_card").order_by("due_on", "pk")


def offer_due(decision: OfferDecision) -> datetime.date:
    """Until when a request should be decided: as long as a check may take."""
    return due_after(day_of(decision.asked_at))


def offer_address(decision: OfferDecision) -> str:
    """Where it is decided."""
    return reverse("inheritance_offer", args=[decision.office_id])


def remark_address(remark: ModelRemark) -> str:
    """Where it is answered."""
    return reverse("inheritance_remark", args=[remark.pk])


def requests_for(user: Any) -> list[EditorialTask]:
    """Everything that waits for the person: offers of offices where he approves, remarks to model cards that he owns."""
    return [*_offers(user), *_remarks(user)]


def _offers(user: Any) -> Iterator[EditorialTask]:
    paths = {post.path for post in posts_of(user) if post.role in ROLES_OF_STEP[Step.APPROVAL]}
    wanted = _below("office__path", paths)
    for decision in waiting_offers().filter(wanted).exclude(asked_by=user):
        yield EditorialTask(
            page=decision.model_card,
            state=None,
            since=decision.asked_at,
            due=offer_due(decision),
            minutes=MINUTES_FOR_AN_OFFER,
            why=f"{decision.office.title} zgłasza, że nie oferuje tej usługi. Decydujesz, czy wycofać kartę.",
            address=offer_address(decision),
            label="„nie oferujemy” czeka na potwierdzenie",
        )


def _remarks(user: Any) -> Iterator[EditorialTask]:
    rows = GroupPagePermission.objects.filter(group__in=user.groups.all(), group__name__endswith=OF_OWNERS)
    wanted = _below("model_card__path", set(rows.values_list("page__path", flat=True)))
    for remark in open_remarks().filter(wanted):
        yield EditorialTask(
            page=remark.model_card,
            state=None,
            since=remark.written_at,
            due=remark.due_on,
            minutes=MINUTES_FOR_A_REMARK,
            why=f"{remark.office.title} ma uwagę do wzorca, którego jesteś opiekunem.",
            address=remark_address(remark),
            label="uwaga do wzorca czeka na odpowiedź",
        )


def _below(column: str, paths: set[str]) -> Q:
    """Rows whose page lies in one of the branches; none without branches."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{column}__startswith": path})
    return wanted
