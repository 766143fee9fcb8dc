"""The ordinary way to readers: send for checking, agree or return, step by step, publish with the last agreement.

Wagtail's workflow keeps the tasks; one task class finds the people from the page. Which steps a version needs the page says itself.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.models import Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from cms.calendar import day_of
from cms.editorial import four_eyes
from cms.editorial.gate import PublicationRefused, approvals_of, content_reasons
from cms.editorial.models import EditorialCheck, Standing
from cms.editorial.people import is_too_hard, leads, may_take_step, people_at_office
from cms.editorial.standing import move, standing_of
from cms.editorial.states import CHECKS, STATE_OF_STEP, Decision, State, Step
from cms.editorial.versions import authors_of, digest_of
from cms.working_days import working_days_after

DAYS_FOR_A_CHECK = 5
"""Working days in which a check is due."""
NAMES = {
    "full": "Sprawdzenie merytoryczne, językowe i zatwierdzenie",
    "short": "Przyjęcie przez drugą osobę",
}


class NotPossible(Exception):
    """Somebody asked for a step that cannot be taken now; the text is a Polish sentence for him."""


def workflow_of(steps: tuple[Step, ...]) -> Workflow:
    """The workflow with exactly these steps, made when it is asked for first."""
    name = NAMES["short"] if steps == (Step.APPROVAL,) else NAMES["full"]
    workflow = Workflow.objects.filter(name=name, active=True).first() or Workflow.objects.create(name=name)
    standing = [row.task.specific for row in workflow.workflow_tasks.select_related("task").order_by("sort_order")]
    if [getattr(task, "step", None) for task in standing] != list(steps):
        workflow.workflow_tasks.all().delete()
        for order, step in enumerate(steps):
            WorkflowTask.objects.create(workflow=workflow, task=task_of(step), sort_order=order)
    return workflow


def task_of(step: Step) -> EditorialCheck:
    """The task of a step, one for the whole country."""
    known: EditorialCheck | None = EditorialCheck.objects.filter(step=step, active=True).first()
    return known or EditorialCheck.objects.create(name=step.label.capitalize(), step=step)


def submit(page: Any, user: Any, *, moment: datetime.datetime, comment: str = "") -> State:
    """Send the latest version to be checked; return the state it waits in. Raises `NotPossible`, `PublicationRefused`."""
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        revision = latest_of(page)
        if State(standing.state) in CHECKS:
            raise NotPossible("Ta wersja jest już sprawdzana.")
        draft = revision.as_object()
        if page.live and revision.pk == page.live_revision_id:
            raise NotPossible("Nie ma czego sprawdzać: klienci widzą już tę wersję. Najpierw zapisz zmianę.")
        _require_publishable(draft, page)
        steps = draft.required_steps()
        standing.submitted_digest, standing.submitted_by = digest_of(revision), user
        standing.due = due_after(day_of(moment))
        first = STATE_OF_STEP[steps[0]]
        if State(standing.state) not in (State.DRAFT, State.IN_WORK):
            move(standing, State.IN_WORK, Decision.EDITED, person=user, moment=moment, revision=revision)
        cancel_open(page, user)
        workflow_of(steps).start(page, user)
        move(standing, first, Decision.SUBMITTED, person=user, moment=moment, comment=comment, revision=revision)
        return first


def approve(page: Any, user: Any, *, moment: datetime.datetime, comment: str = "", seen: str | None = None) -> State:
    """Agree to the checked version; the last agreement publishes it. Returns the state after it.

    `seen` is the digest of the version that the person had before him; None means the one being checked. Raises `NotPossible`
    when the user may not or the version changed, `PublicationRefused` when the content is not ready.
    """
    with transaction.atomic():
        standing, revision, step, task_state = _waiting(page, user, moment=moment)
        if seen is not None and seen != standing.submitted_digest:
            raise NotPossible("Od otwarcia tej strony wersja się zmieniła. Otwórz sprawdzenie jeszcze raz.")
        _require_clean_hands(page, revision, step, user)
        draft = revision.as_object()
        if step == Step.LANGUAGE:
            require_readable(draft, user, page, comment)
        _require_publishable(draft, page)
        following = _next_step(draft.required_steps(), step)
        after = STATE_OF_STEP[following] if following else State(standing.state)
        standing.due = due_after(day_of(moment)) if following else None
        move(
            standing,
            after,
            Decision.APPROVED,
            person=user,
            moment=moment,
            comment=comment,
            revision=revision,
            step=step,
        )
        task_state.approve(user=user, comment=comment)
        return State(Standing.objects.get(pk=standing.pk).state)


def _require_publishable(draft: Any, page: Any) -> None:
    reasons = content_reasons(draft)
    if reasons:
        raise PublicationRefused(page, reasons)


def require_readable(draft: Any, user: Any, page: Any, comment: str) -> None:
    """The reading gate of the language check: amber needs a reason, red is let pass by the head only, with a reason.

    Raises `NotPossible`.
    """
    gate = draft.language_gate()
    if gate is None or gate.colour == "green":
        return
    if not comment.strip():
        raise NotPossible(
            "Tekst jest trudniejszy, niż powinien (" + gate.summary + "). Napisz, dlaczego ma tak zostać."
        )
    if gate.colour == "red" and not leads(user, page):
        raise NotPossible(
            "Tekst jest za trudny (" + gate.summary + "). Zwróć go do poprawy. Przepuścić go może tylko zatwierdzający."
        )


def send_back(page: Any, user: Any, *, moment: datetime.datetime, comment: str) -> None:
    """Return the version to its author with a comment. Raises `NotPossible`."""
    if not comment.strip():
        raise NotPossible("Napisz autorowi, co poprawić.")
    with transaction.atomic():
        standing, revision, step, task_state = _waiting(page, user, moment=moment)
        task_state.reject(user=user, comment=comment)
        standing.due = due_after(day_of(moment))
        move(
            standing, State.IN_WORK, Decision.RETURNED, person=user, moment=moment, comment=comment, revision=revision,
            step=step,
        )  # fmt: skip
        cancel_open(page, user)


def recall(page: Any, user: Any, *, moment: datetime.datetime) -> None:
    """Take a version back from checking, to work on it. Raises `NotPossible`."""
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        if State(standing.state) not in CHECKS:
            raise NotPossible("Ta wersja nie jest sprawdzana.")
        if user.pk not in authors_of(page, latest_of(page)) and standing.submitted_by_id != user.pk:
            raise NotPossible("Wycofać ze sprawdzenia może tylko osoba, która pisała tę wersję albo ją wysłała.")
        move(standing, State.IN_WORK, Decision.RECALLED, person=user, moment=moment, revision=latest_of(page))
        cancel_open(page, user)


def note_edit(page: Any, revision: Revision, user: AbstractBaseUser | None, *, moment: datetime.datetime) -> None:
    """Somebody saved a version: a public or waiting page is in work again, and what was being checked is checked anew."""
    with transaction.atomic():
        standing = standing_of(page, moment=moment)
        state = State(standing.state)
        if state in CHECKS and digest_of(revision) == standing.submitted_digest:
            return
        if state in CHECKS:
            cancel_open(page, user)
        first_time = state == State.DRAFT and not page.revisions.exclude(pk=revision.pk).exists()
        if state != State.IN_WORK and not first_time:
            move(standing, State.IN_WORK, Decision.EDITED, person=user, moment=moment, revision=revision)


def latest_of(page: Any) -> Revision:
    """The latest saved version. Raises `NotPossible` when there is none."""
    revision: Revision | None = page.get_latest_revision()
    if revision is None:
        raise NotPossible("Najpierw zapisz tę stronę.")
    return revision


def why_not(page: Any, user: Any, *, moment: datetime.datetime) -> str | None:
    """Why the user cannot take the step the page waits for; None when he can. Changes nothing."""
    try:
        with transaction.atomic():
            _, revision, step, _ = _waiting(page, user, moment=moment)
            _require_clean_hands(page, revision, step, user)
    except NotPossible as refusal:
        return str(refusal)
    return None


def _waiting(page: Any, user: Any, *, moment: datetime.datetime) -> tuple[Standing, Revision, Step, TaskState]:
    """The page, locked, with the version and step it waits in. Raises `NotPossible`."""
    standing = standing_of(page, moment=moment)
    step = standing.step
    if step is None:
        raise NotPossible("Ta wersja nie czeka na sprawdzenie. Ktoś mógł już ją sprawdzić albo autor ją wycofał.")
    if not may_take_step(user, page, step):
        raise NotPossible(f"Ten krok ({step.label}) wykonuje osoba z inną rolą w tym urzędzie.")
    revision = latest_of(page)
    if digest_of(revision) != standing.submitted_digest:
        raise NotPossible("Treść zmieniła się po wysłaniu do sprawdzenia. Autor musi wysłać ją jeszcze raz.")
    state = WorkflowState.objects.active().for_instance(page).select_related("current_task_state").first()
    task_state = state.current_task_state.specific if state and state.current_task_state else None
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotPossible("Sprawdzanie tej wersji zostało przerwane. Autor musi wysłać ją jeszcze raz.")
    return standing, revision, step, task_state


def _require_clean_hands(page: Any, revision: Revision, step: Step, user: Any) -> None:
    """Refuse somebody who wrote the version or already checked it in the other role. Raises `NotPossible`.

    Nobody lets his own hard text pass, not even at a small office, where authors check the language of what they wrote.
    """
    authors = authors_of(page, revision)
    refused = four_eyes.refusal(
        step, user.pk, approvals_of(page, revision), authors, people_at_office=people_at_office(page)
    )
    if refused:
        raise NotPossible(refused)
    if step == Step.LANGUAGE and user.pk in authors and is_too_hard(page):
        raise NotPossible("Za trudny tekst może przepuścić tylko osoba, która nie pisała tej wersji.")


def _next_step(steps: tuple[Step, ...], step: Step) -> Step | None:
    later = steps[steps.index(step) + 1 :]
    return later[0] if later else None


def cancel_open(page: Any, user: Any) -> None:
    """End what Wagtail still keeps open for the page."""
    for state in WorkflowState.objects.active().for_instance(page):
        state.cancel(user=user)


def due_after(day: datetime.date) -> datetime.date:
    """The day by which a check is due: five working days later."""
    return working_days_after(day, DAYS_FOR_A_CHECK)
