"""Who has to correct a page knows it, sees what was asked, and can go on: after a return by a checker and after a review."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.editorial import reviews, workflow
from cms.editorial.models import Standing
from cms.editorial.standing import state_of
from cms.editorial.states import State
from cms.editorial.tasks import EditorialTask, tasks_of
from cms.editorial.workflow import due_after
from publication.calendar import today
from service_catalog.models import OfficeCard
from tests.service_catalog.editorial.office import Staff, office_card, staff

COMMENT = "Podaj piętro & <pokój>."
ESCAPED = "Podaj piętro &amp; &lt;pokój&gt;."
EVIDENCE = "Nowy pokój od poniedziałku."


@pytest.fixture
def people(db: None) -> Staff:
    return staff()


@pytest.fixture
def imported(people: Staff) -> OfficeCard:
    """A public card that came by an import: nobody wrote it."""
    page = office_card()
    assert page.latest_revision.user_id is None
    return OfficeCard.objects.get(pk=page.pk)


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return type(page)._default_manager.get(pk=page.pk)


def write(page: Page, people: Staff, username: str) -> None:
    draft = fresh(page).get_latest_revision_as_object()
    draft.pickup = f"Odbiór: {username}."
    draft.save_revision(user=people[username], log_action=True)


def task_of(people: Staff, username: str) -> EditorialTask | None:
    tasks = tasks_of(people[username])
    return tasks[0] if tasks else None


def returned_card(people: Staff) -> OfficeCard:
    """A card that the author wrote, the coordinator sent and the reviewer returned."""
    page = office_card()
    write(page, people, "autor")
    workflow.submit(fresh(page), people["koordynator"], moment=timezone.now())
    workflow.send_back(fresh(page), people["recenzent"], moment=timezone.now(), comment=COMMENT)
    return page


@pytest.mark.parametrize("username", ["autor", "koordynator"])
def test_a_returned_page_is_a_task_that_says_what_to_correct(people: Staff, username: str) -> None:
    page = returned_card(people)
    task = task_of(people, username)
    assert task is not None
    assert (task.page.pk, task.state, task.due) == (page.pk, State.IN_WORK, due_after(today()))
    assert task.asked == f"Wróciło do poprawy. recenzent napisał(a): „{COMMENT}”"
    shown = people.client(username).get("/admin/").content.decode()
    assert ESCAPED in shown
    assert COMMENT not in shown


def test_the_comment_stands_above_the_form_until_the_page_is_sent_again(people: Staff) -> None:
    page = returned_card(people)
    form = f"/admin/pages/{page.pk}/edit/"
    for username in ("autor", "drugi.autor"):
        client = people.client(username)
        assert ESCAPED in client.get(form).content.decode()
        assert ESCAPED in client.get(form).content.decode()
    write(page, people, "autor")
    assert ESCAPED in people.client("autor").get(form).content.decode()
    workflow.submit(fresh(page), people["autor"], moment=timezone.now())
    assert ESCAPED not in people.client("autor").get(form).content.decode()
    assert task_of(people, "autor") is None


def needs_change(page: Page, people: Staff, username: str) -> None:
    reviews.note_change_needed(fresh(page), people[username], evidence=EVIDENCE, moment=timezone.now())


def test_a_review_that_finds_a_change_is_a_task_of_the_reviewer(imported: OfficeCard, people: Staff) -> None:
    needs_change(imported, people, "drugi.autor")
    task = task_of(people, "drugi.autor")
    assert task is not None
    assert (task.page.pk, task.state, task.due) == (imported.pk, State.IN_WORK, due_after(today()))
    assert task.asked == f"Przegląd wykazał, że trzeba tu coś zmienić. drugi.autor napisał(a): „{EVIDENCE}”"
    assert task_of(people, "autor") is None
    assert EVIDENCE in people.client("autor").get(f"/admin/pages/{imported.pk}/edit/").content.decode()
    write(imported, people, "drugi.autor")
    assert workflow.submit(fresh(imported), people["drugi.autor"], moment=timezone.now()) == State.MERIT
    assert task_of(people, "drugi.autor") is None


def test_who_begins_the_change_takes_it_over(imported: OfficeCard, people: Staff) -> None:
    needs_change(imported, people, "drugi.autor")
    write(imported, people, "autor")
    assert task_of(people, "drugi.autor") is None
    task = task_of(people, "autor")
    assert task is not None
    assert EVIDENCE in task.asked


def test_an_old_review_is_no_task(imported: OfficeCard, people: Staff) -> None:
    """Of two reviews that found a change, with a publication between them, the first is done."""
    needs_change(imported, people, "drugi.autor")
    write(imported, people, "drugi.autor")
    workflow.submit(fresh(imported), people["drugi.autor"], moment=timezone.now())
    for username in ("recenzent", "jezyk", "naczelnik"):
        workflow.approve(fresh(imported), people[username], moment=timezone.now(), comment="Jasne.")
    needs_change(imported, people, "autor")
    assert task_of(people, "autor") is not None
    assert task_of(people, "drugi.autor") is None


@pytest.mark.parametrize(
    ("result", "state"), [("unchanged", State.APPROVAL), ("changed", State.IN_WORK), ("suspended", State.SUSPENDED)]
)
def test_a_page_in_need_of_a_change_may_be_reviewed_again(
    imported: OfficeCard, people: Staff, result: str, state: State
) -> None:
    needs_change(imported, people, "naczelnik")
    form = {"result": result, "evidence": "Jednak wiem więcej."}
    assert people.client("naczelnik").post(f"/admin/karty/{imported.pk}/przeglad/", form).status_code == 302
    assert state_of(imported) == state


def test_a_change_under_way_is_not_reviewed(imported: OfficeCard, people: Staff) -> None:
    write(imported, people, "autor")
    assert Standing.objects.get(page=imported).state == State.IN_WORK
    form = {"result": "unchanged", "evidence": "Wiem."}
    assert people.client("autor").post(f"/admin/karty/{imported.pk}/przeglad/", form).status_code == 409


def test_a_draft_that_nobody_saw_is_not_reviewed(imported: OfficeCard, people: Staff) -> None:
    Page.objects.filter(pk=imported.pk).update(live=False)
    form = {"result": "changed", "evidence": "Wiem."}
    assert people.client("autor").post(f"/admin/karty/{imported.pk}/przeglad/", form).status_code == 409
