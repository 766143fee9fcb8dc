"""Tasks of the editorial work, from real pages that wait."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page

from cms import roles
from cms.editorial.models import Standing
from cms.editorial.states import State
from governance import daily
from governance.acting import Post
from governance.assignments import assign, report_absence
from governance.models import FollowedTask, Notification
from governance.notifying import doers
from governance.task_sources import editorial_tasks
from service_catalog.authoring.rights import sync_rights
from service_catalog.inheritance.offers import refuse, stop_offering
from service_catalog.inheritance.remarks import answer_remark, write_remark
from service_catalog.models import ModelCard, OfficeCard, OfficePage
from tests.governance.conftest import MONDAY, day, days_later, person
from tests.service_catalog.builders import write_catalogue


@pytest.fixture
def office(db: None) -> OfficePage:
    write_catalogue("uw-rzeszow")
    sync_rights()
    Standing.objects.all().delete()
    page: OfficePage = OfficePage.objects.get(code="uw-rzeszow")
    return page


@pytest.fixture
def people(office: OfficePage) -> dict[str, User]:
    found = {
        "author": person("autor", roles.OFFICE_AUTHOR, roles.OFFICE_REVIEWER, code="uw-rzeszow"),
        "reviewer": person("recenzent", roles.OFFICE_REVIEWER, code="uw-rzeszow"),
        "second": person("drugi", roles.OFFICE_REVIEWER, code="uw-rzeszow"),
        "owner": person("opiekun", roles.MODEL_OWNER, code="UW"),
        "coordinator": person("kinga"),
        "deputy": person("zenon"),
    }
    assign(office, found["coordinator"], Post.COORDINATOR, begins=day(0), moment=MONDAY)
    assign(office, found["deputy"], Post.DEPUTY, begins=day(0), moment=MONDAY)
    return found


def waits(page: Page, state: State, **more: object) -> Standing:
    return Standing.objects.create(page_id=page.pk, state=state, since=MONDAY, **more)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).values_list("subject", flat=True))


def test_a_check_is_for_everybody_with_the_role_but_the_author(office: OfficePage, people: dict[str, User]) -> None:
    card = OfficeCard.objects.get()
    waits(card, State.MERIT, submitted_by=people["author"], due=day(4))
    daily.run(moment=MONDAY)
    (task,) = FollowedTask.objects.all()
    assert doers(task) == [people["reviewer"], people["second"]]
    assert told(people["reviewer"]) == [f"Nowe zadanie: Sprawdź merytorycznie: {card.title}"]
    assert told(people["author"]) == []
    assert task.link == f"/admin/redakcja/{card.pk}/" or str(card.pk) in task.link


def test_a_check_goes_to_whoever_acts_when_all_who_may_make_it_are_away(
    office: OfficePage, people: dict[str, User]
) -> None:
    for name in ("reviewer", "second"):
        report_absence(people[name], begins=day(0), ends=day(5), moment=MONDAY)
    waits(OfficeCard.objects.get(), State.MERIT, submitted_by=people["author"])
    daily.run(moment=MONDAY)
    assert FollowedTask.objects.get().person == people["coordinator"]


def test_a_review_of_an_office_card_is_for_whoever_acts(office: OfficePage, people: dict[str, User]) -> None:
    report_absence(people["coordinator"], begins=day(0), ends=day(5), moment=MONDAY)
    waits(OfficeCard.objects.get(), State.NEEDS_REVIEW, next_review=day(-1))
    daily.run(moment=MONDAY)
    (task,) = FollowedTask.objects.all()
    assert (task.person, task.due) == (people["deputy"], day(-1))


def test_a_review_of_a_model_card_is_for_its_owners(office: OfficePage, people: dict[str, User]) -> None:
    waits(ModelCard.objects.get(), State.NEEDS_REVIEW, next_review=day(-1))
    daily.run(moment=MONDAY)
    assert doers(FollowedTask.objects.get()) == [people["owner"]]


def test_the_next_step_is_a_task_of_its_own(office: OfficePage, people: dict[str, User]) -> None:
    row = waits(OfficeCard.objects.get(), State.MERIT, submitted_by=people["author"])
    daily.run(moment=MONDAY)
    row.state, row.since = State.APPROVAL, days_later(1)
    row.save()
    daily.run(moment=days_later(1))
    assert FollowedTask.objects.filter(done_at__isnull=True).count() == 1
    assert FollowedTask.objects.count() == 2
    row.state = State.PUBLISHED
    row.save()
    daily.run(moment=days_later(1, hour=10))
    assert not FollowedTask.objects.filter(done_at__isnull=True).exists()
    assert list(editorial_tasks(day(1))) == []


def test_reconciliation_is_done_on_its_own_screen(office: OfficePage, people: dict[str, User]) -> None:
    card = OfficeCard.objects.get()
    waits(card, State.TO_RECONCILE, due=day(4))
    daily.run(moment=MONDAY)
    (task,) = FollowedTask.objects.all()
    assert (task.link, task.due) == (f"/admin/uzgodnienia/{card.pk}/", day(4))


def test_a_request_not_to_offer_is_a_task_of_another_approver(office: OfficePage, people: dict[str, User]) -> None:
    head, deputy = (person(name, roles.OFFICE_APPROVER, code="uw-rzeszow") for name in ("naczelnik", "zastepca"))
    model = ModelCard.objects.get()
    decision = stop_offering(office, model, reason="Robi to delegatura.", user=head, moment=MONDAY)
    daily.run(moment=MONDAY)
    (task,) = FollowedTask.objects.all()
    assert (doers(task), task.due, task.link) == ([deputy], day(7), f"/admin/uslugi-urzedu/{office.pk}/")
    assert told(deputy) == [f"Nowe zadanie: Potwierdź albo odrzuć „nie oferujemy”: {model.title}"]
    assert told(head) == []
    refuse(decision, answer="Oferujemy.", user=deputy, moment=days_later(1))
    daily.run(moment=days_later(1))
    assert not FollowedTask.objects.filter(done_at__isnull=True).exists()


def test_a_remark_is_a_task_of_the_owners_of_the_model(office: OfficePage, people: dict[str, User]) -> None:
    model = ModelCard.objects.get()
    remark = write_remark(model, office, text="Błąd.", legal_basis="art. 1", author=people["author"], moment=MONDAY)
    daily.run(moment=MONDAY)
    (task,) = FollowedTask.objects.all()
    assert (doers(task), task.due, task.link) == (
        [people["owner"]], remark.due_on, f"/admin/uwagi-do-wzorca/{remark.pk}/",
    )  # fmt: skip
    assert told(people["owner"]) == [f"Nowe zadanie: Odpowiedz na uwagę do wzorca: {model.title}"]
    answer_remark(remark, state="accepted", answer="", user=people["owner"], moment=days_later(1))
    daily.run(moment=days_later(1))
    assert not FollowedTask.objects.filter(done_at__isnull=True).exists()
