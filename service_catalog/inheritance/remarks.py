"""Uwagi do wzorca: an office contests a model card, its owner answers within some working days."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from cms.working_days import working_days_after
from publication.calendar import day_of
from service_catalog.inheritance import signals
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import ModelCard, ModelRemark, OfficePage

State = ModelRemark.State
ANSWERS = (State.ACCEPTED, State.REJECTED, State.EXPLAINED)
TEXT_NEEDED = "Napisz, co we wzorcu jest nie tak."
LAW_NEEDED = "Podaj podstawę prawną: akt i jednostkę, na przykład art. 20 ust. 1 ustawy o dokumentach paszportowych."
ANSWER_NEEDED = "Napisz uzasadnienie: urząd musi wiedzieć, dlaczego uwaga została odrzucona albo jak ją rozumieć."
ALREADY_ANSWERED = "Ktoś już odpowiedział na tę uwagę. Odśwież stronę."
OTHER_TYPE = "Ta karta wzorcowa jest dla innego typu urzędu."


def write_remark(
    model_card: ModelCard, office: OfficePage, *, text: str, legal_basis: str, author: Any, moment: datetime.datetime
) -> ModelRemark:
    """Write a remark; it is due some working days later (`REMARK_WORKING_DAYS`). Raises `Refusal`."""
    if model_card.office_type_id != office.office_type_id:
        raise Refusal(OTHER_TYPE)
    if not text.strip():
        raise Refusal(TEXT_NEEDED)
    if not legal_basis.strip():
        raise Refusal(LAW_NEEDED)
    with transaction.atomic():
        remark = ModelRemark.objects.create(
            model_card=model_card,
            office=office,
            text=text.strip()[:2000],
            legal_basis=legal_basis.strip()[:300],
            author=author,
            written_at=moment,
            due_on=working_days_after(day_of(moment), settings.REMARK_WORKING_DAYS),
        )
        signals.remark_written.send(sender=ModelRemark, remark=remark)
    return remark


def answer_remark(remark: ModelRemark, *, state: str, answer: str, user: Any, moment: datetime.datetime) -> ModelRemark:
    """Answer: accepted, rejected with a reason, or explained. Raises `Refusal`."""
    if state not in ANSWERS:
        raise Refusal("Wybierz: przyjęta, odrzucona albo wyjaśniona.")
    if state != State.ACCEPTED and not answer.strip():
        raise Refusal(ANSWER_NEEDED)
    with transaction.atomic():
        remark = ModelRemark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
        if remark.state != State.OPEN:
            raise Refusal(ALREADY_ANSWERED)
        remark.state, remark.answer = state, answer.strip()[:2000]
        remark.answered_by, remark.answered_at = user, moment
        remark.save()
        signals.remark_answered.send(sender=ModelRemark, remark=remark)
    return remark


def is_overdue(remark: ModelRemark, *, on: datetime.date) -> bool:
    """Whether the answer is late: still open after the due day, or given after it."""
    end = day_of(remark.answered_at) if remark.answered_at else on
    return end > remark.due_on
