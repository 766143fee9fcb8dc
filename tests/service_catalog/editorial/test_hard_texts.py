"""A text that is too hard: the language editor returns it, and only a head who did not write it may let it pass, with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from cms import roles
from cms.editorial import workflow
from cms.editorial.models import Standing, Transition
from cms.editorial.people import heads_of, is_too_hard, may_take_step
from cms.editorial.standing import state_of
from cms.editorial.states import Decision, State, Step
from cms.editorial.tasks import tasks_of
from cms.editorial.workflow import NotPossible
from service_catalog.models import OfficeCard
from tests.service_catalog.editorial.office import Staff, office_card, staff

HARD = (
    "W przypadku niezłożenia przez przedsiębiorcę wniosku o wpis informacji o wznowieniu wykonywania działalności "
    "gospodarczej przed upływem okresu zawieszenia wykonywania działalności gospodarczej wpis podlega wykreśleniu z urzędu."
)
REASON = "Ustawa każe użyć tych słów."
ROLES = (
    "autor", "drugi.autor", "recenzent", "jezyk", "naczelnik", "koordynator", "opiekun", "recenzent.wzorca", "jezyk.wzorca",
    "zatwierdza.wzorzec", "obcy", "redakcja", "krajowy", "zarzadca",
)  # fmt: skip


@pytest.fixture
def people(db: None) -> Staff:
    from django.contrib.auth.models import User

    found = staff()
    User.objects.create_user("krajowy").groups.set(Group.objects.filter(name=roles.NATIONAL_COORDINATOR.name))
    return found


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return type(page)._default_manager.get(pk=page.pk)


def card_in_language_check(people: Staff, *, hard: bool, author: str = "autor") -> OfficeCard:
    page = office_card()
    page.pickup = HARD if hard else "Odbiór w pokoju 12."
    page.local_notes = [("item", HARD)] * 3 if hard else []
    page.save_revision(user=people[author], log_action=True)
    workflow.submit(fresh(page), people[author], moment=timezone.now())
    workflow.approve(fresh(page), people["recenzent"], moment=timezone.now())
    assert state_of(page) == State.LANGUAGE
    assert is_too_hard(fresh(page)) is hard
    return page


def approve(page: Page, people: Staff, username: str, comment: str = REASON) -> State:
    return workflow.approve(fresh(page), people[username], moment=timezone.now(), comment=comment)


LEADERS = {"naczelnik", "redakcja", "krajowy"}


@pytest.mark.parametrize(("hard", "may"), [(False, {"jezyk", "redakcja"}), (True, {"jezyk"} | LEADERS)])
def test_who_may_take_the_language_check(people: Staff, *, hard: bool, may: set[str]) -> None:
    page = card_in_language_check(people, hard=hard)
    assert {name for name in ROLES if may_take_step(people[name], fresh(page), Step.LANGUAGE)} == may
    others = {step: {name for name in ROLES if may_take_step(people[name], fresh(page), step)} for step in Step}
    assert others[Step.MERIT] == {"recenzent", "redakcja"}
    assert others[Step.APPROVAL] == {"naczelnik", "redakcja"}


@pytest.mark.parametrize("username", sorted(LEADERS))
def test_a_leader_lets_it_pass_with_a_reason(people: Staff, username: str) -> None:
    page = card_in_language_check(people, hard=True)
    with pytest.raises(NotPossible, match="tylko zatwierdzający"):
        approve(page, people, "jezyk")
    with pytest.raises(NotPossible, match="dlaczego ma tak zostać"):
        approve(page, people, username, comment=" ")
    assert approve(page, people, username) == State.APPROVAL
    written = Transition.objects.filter(page=page, decision=Decision.APPROVED).latest("pk")
    assert (written.step, written.person, written.comment) == (Step.LANGUAGE, people[username], REASON)


def test_the_head_finds_the_way_and_goes_on_to_approve(people: Staff) -> None:
    page = card_in_language_check(people, hard=True)
    screen = f"/admin/karty/{page.pk}/sprawdz/"
    assert "tylko zatwierdzający: naczelnik." in people.client("jezyk").get(screen).content.decode()
    client = people.client("naczelnik")
    assert 'value="approve"' in client.get(screen).content.decode()
    digest = Standing.objects.get(page=page).submitted_digest
    form = {"decision": "approve", "comment": REASON, "digest": digest}
    assert client.post(screen, form).status_code == 302
    assert [task.page.pk for task in tasks_of(people["naczelnik"])] == [page.pk]
    assert client.post(screen, form).status_code == 302
    assert state_of(page) == State.PUBLISHED


def test_a_leader_may_return_it_too(people: Staff) -> None:
    page = card_in_language_check(people, hard=True)
    workflow.send_back(fresh(page), people["naczelnik"], moment=timezone.now(), comment="Krócej.")
    assert state_of(page) == State.IN_WORK


def test_nobody_lets_his_own_hard_text_pass(people: Staff) -> None:
    page = card_in_language_check(people, hard=True, author="naczelnik")
    with pytest.raises(NotPossible, match="nie pisała tej wersji"):
        approve(page, people, "naczelnik")


def test_not_even_at_a_small_office(people: Staff) -> None:
    """There the author may check the language, and here he is the head as well."""
    for username in ("drugi.autor", "jezyk", "koordynator"):
        people[username].groups.clear()
    author = people["naczelnik"]
    author.groups.add(*roles.groups_of(roles.OFFICE_LANGUAGE_EDITOR, code="uw-rzeszow"))
    page = card_in_language_check(people, hard=True, author="naczelnik")
    with pytest.raises(NotPossible, match="nie pisała tej wersji"):
        approve(page, people, "naczelnik")
    assert workflow.why_not(fresh(page), people["naczelnik"], moment=timezone.now()) is not None


def test_heads_are_those_of_the_office(people: Staff) -> None:
    assert [person.username for person in heads_of(office_card())] == ["naczelnik"]
