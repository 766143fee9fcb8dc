"""Suspended, resumed, put away: at once, by one leader, and back to what was before."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import Page

from cms import roles
from cms.editorial import suspension, workflow
from cms.editorial.models import Standing, Transition
from cms.editorial.standing import state_of
from cms.editorial.states import Decision, State
from cms.editorial.tasks import tasks_of
from cms.editorial.workflow import NotPossible
from publication.calendar import today
from publication.models import EditionState
from publication.reading import NotInForce, latest
from service_catalog.authoring.drafts import CardDraft, LocalCardDraft, OfficeDraft, write_office
from service_catalog.authoring.registers import load_registers
from service_catalog.inheritance.models import Reconciliation
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import OfficeContribution
from service_catalog.published import reading
from service_catalog.published.card import RestrictedCard
from tests.approvals import publish_approved
from tests.service_catalog import builders
from tests.service_catalog.editorial.office import Staff, model_card, office_card, staff

KEY = "UW-PAS-001/uw-rzeszow"
MODEL = "UW-PAS-001"
LATER = datetime.timedelta(days=10)


@pytest.fixture
def people(db: None) -> Staff:
    found = staff()
    national = User.objects.create_user("krajowy")
    national.groups.set(Group.objects.filter(name=roles.NATIONAL_COORDINATOR.name))
    return found


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """A public card with a note of the office."""
    page = office_card()
    page.pickup = "Odbiór w pokoju 12."
    publish_approved(page, user=people["autor"])
    return OfficeCard.objects.get(pk=page.pk)


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return type(page)._default_manager.get(pk=page.pk)


def edit(page: Page, people: Staff, text: str) -> None:
    draft = fresh(page).get_latest_revision_as_object()
    draft.pickup = text
    draft.save_revision(user=people["autor"], log_action=True)


def post(people: Staff, username: str, page: Page, word: str) -> int:
    return people.client(username).post(f"/admin/karty/{page.pk}/{word}/", {"reason": "Zła cena."}).status_code


def suspend(page: Page, people: Staff, username: str = "naczelnik") -> None:
    suspension.suspend(fresh(page), people[username], reason="Zła cena.", moment=timezone.now())


def resume(page: Page, people: Staff, username: str = "naczelnik") -> State:
    return suspension.resume(fresh(page), people[username], reason="Sprawdzone.", moment=timezone.now())


def pickup_of_readers() -> str:
    return reading.card(KEY, on=today())[1].pickup


def edition_state(key: str = KEY) -> str:
    edition = latest(key, on=today())
    assert edition is not None
    return edition.state


@pytest.mark.parametrize("username", ["naczelnik", "redakcja", "krajowy"])
def test_a_check_under_way_does_not_hold_up_a_suspension(card: OfficeCard, people: Staff, username: str) -> None:
    edit(card, people, "Odbiór w pokoju 99.")
    workflow.submit(fresh(card), people["autor"], moment=timezone.now())
    assert post(people, username, card, "wstrzymaj") == 302
    assert (state_of(card), edition_state()) == (State.SUSPENDED, EditionState.SUSPENDED)
    assert post(people, username, card, "wznow") == 302
    assert (state_of(card), pickup_of_readers()) == (State.IN_WORK, "Odbiór w pokoju 12.")
    assert [task.page.pk for task in tasks_of(people["autor"])] == [card.pk]
    assert workflow.submit(fresh(card), people["autor"], moment=timezone.now()) == State.MERIT


def test_a_locked_page_is_suspended_all_the_same(card: OfficeCard, people: Staff) -> None:
    Page.objects.filter(pk=card.pk).update(locked=True, locked_by=people["autor"])
    assert post(people, "krajowy", card, "wstrzymaj") == 302
    assert edition_state() == EditionState.SUSPENDED


@pytest.mark.parametrize("username", ["autor", "recenzent", "koordynator", "zarzadca"])
def test_only_leaders_suspend_and_put_away(card: OfficeCard, people: Staff, username: str) -> None:
    assert [post(people, username, card, word) for word in ("wstrzymaj", "archiwum")] == [409, 409]
    assert edition_state() == EditionState.PUBLISHED


@pytest.mark.parametrize("username", ["naczelnik", "krajowy"])
@pytest.mark.parametrize("suspended", [True, False])
def test_a_public_or_suspended_page_is_put_away(
    card: OfficeCard, people: Staff, username: str, *, suspended: bool
) -> None:
    if suspended:
        suspend(card, people)
    assert post(people, username, card, "archiwum") == 302
    assert (state_of(card), edition_state()) == (State.ARCHIVED, EditionState.WITHDRAWN)
    assert post(people, username, card, "wznow") == 409
    assert post(people, username, card, "archiwum") == 409
    written = Transition.objects.filter(page=card, decision=Decision.ARCHIVED).get()
    assert (written.person, written.comment) == (people[username], "Zła cena.")


def test_what_nobody_ever_saw_is_not_put_away(people: Staff) -> None:
    draft = new_model_card()
    draft.save_revision(user=people["opiekun"])
    client = people.client("zatwierdza.wzorzec")
    shown = client.get(f"/admin/karty/{draft.pk}/historia/").content.decode()
    assert "/archiwum/" not in shown
    assert "/wstrzymaj/" not in shown
    answer = client.post(f"/admin/karty/{draft.pk}/archiwum/", {"reason": "Pomyłka."})
    assert answer.status_code == 409
    assert "nigdy nie widzieli" in answer.content.decode()
    assert state_of(draft) == State.DRAFT


def test_the_history_offers_what_can_be_done(card: OfficeCard, people: Staff) -> None:
    def words() -> set[str]:
        shown = people.client("naczelnik").get(f"/admin/karty/{card.pk}/historia/").content.decode()
        return {word for word in ("wstrzymaj", "wznow", "archiwum") if f"/{word}/" in shown}

    assert words() == {"wstrzymaj", "archiwum"}
    suspend(card, people)
    assert words() == {"wznow", "archiwum"}
    edit(card, people, "Odbiór w pokoju 99.")
    assert words() == {"wznow", "archiwum"}
    suspension.archive(fresh(card), people["naczelnik"], reason="Koniec.", moment=timezone.now())
    assert words() == set()


def test_a_suspended_page_may_be_written_and_comes_back_as_it_was(card: OfficeCard, people: Staff) -> None:
    suspend(card, people)
    edit(card, people, "Odbiór w pokoju 99.")
    assert state_of(card) == State.IN_WORK
    assert resume(card, people) == State.IN_WORK
    assert pickup_of_readers() == "Odbiór w pokoju 12."
    assert fresh(card).get_latest_revision_as_object().pickup == "Odbiór w pokoju 99."
    with pytest.raises(NotPossible, match="nie jest wstrzymana"):
        resume(card, people)


def test_a_version_sent_while_the_page_is_suspended_stays_in_its_check(card: OfficeCard, people: Staff) -> None:
    suspend(card, people)
    edit(card, people, "Odbiór w pokoju 99.")
    workflow.submit(fresh(card), people["autor"], moment=timezone.now())
    assert resume(card, people) == State.MERIT
    for username in ("recenzent", "jezyk", "naczelnik"):
        workflow.approve(fresh(card), people[username], moment=timezone.now(), comment="Jasne.")
    assert (state_of(card), pickup_of_readers()) == (State.PUBLISHED, "Odbiór w pokoju 99.")


def test_a_corrected_version_ends_the_suspension(card: OfficeCard, people: Staff) -> None:
    suspend(card, people)
    edit(card, people, "Odbiór w pokoju 99.")
    workflow.submit(fresh(card), people["autor"], moment=timezone.now())
    for username in ("recenzent", "jezyk", "naczelnik"):
        workflow.approve(fresh(card), people[username], moment=timezone.now(), comment="Jasne.")
    with pytest.raises(NotPossible, match="nie jest wstrzymana"):
        resume(card, people)


def test_who_resumed_is_named_and_nothing_counts_as_published_anew(card: OfficeCard, people: Staff) -> None:
    review = datetime.date(2027, 3, 1)
    Standing.objects.filter(page=card).update(next_review=review)
    published = Transition.objects.filter(page=card, decision=Decision.PUBLISHED).count()
    suspend(card, people)
    assert resume(card, people, "redakcja") == State.PUBLISHED
    assert Transition.objects.filter(page=card, decision=Decision.PUBLISHED).count() == published
    last = Transition.objects.filter(page=card).latest("pk")
    assert (last.decision, last.person, last.comment) == (Decision.RESUMED, people["redakcja"], "Sprawdzone.")
    assert Standing.objects.get(page=card).next_review == review


@pytest.mark.parametrize("before", [State.PUBLISHED, State.NEEDS_REVIEW, State.IN_WORK])
def test_the_state_of_before_comes_back(card: OfficeCard, people: Staff, before: State) -> None:
    Standing.objects.filter(page=card).update(state=before)
    suspend(card, people)
    assert resume(card, people) == before


def test_what_is_to_be_reconciled_is_so_again(card: OfficeCard, people: Staff) -> None:
    row = Reconciliation.objects.create(
        office_card=card, field="pickup", old_model="a", new_model="b", ours="Odbiór w pokoju 12.", since_sequence=1,
        since_day=today(), opened_at=timezone.now(),
    )  # fmt: skip
    Standing.objects.filter(page=card).update(state=State.TO_RECONCILE)
    suspend(card, people)
    assert resume(card, people) == State.TO_RECONCILE
    assert card.pk in [task.page.pk for task in tasks_of(people["autor"])]
    suspend(card, people)
    row.state = Reconciliation.State.KEPT
    row.save()
    assert resume(card, people) == State.PUBLISHED


def test_a_decision_to_reconcile_that_waits_survives_a_suspension(card: OfficeCard, people: Staff) -> None:
    """The office has accepted the model in a version that is not public yet; resuming must not ask it again."""
    row = Reconciliation.objects.create(
        office_card=card, field="pickup", old_model="a", new_model="b", ours="Odbiór w pokoju 12.", since_sequence=1,
        since_day=today(), opened_at=timezone.now(), state=Reconciliation.State.ACCEPTED,
    )  # fmt: skip
    edit(card, people, "")
    suspend(card, people)
    resume(card, people)
    row.refresh_from_db()
    assert (row.state, row.in_force_at) == (Reconciliation.State.ACCEPTED, None)


def test_a_scheduled_version_stays_and_what_holds_today_comes_back(people: Staff) -> None:
    page = model_card()
    page.valid_from = today() + LATER
    page.summary = "Paszport potwierdza obywatelstwo i tożsamość."
    publish_approved(page, user=people["opiekun"])
    assert state_of(page) == State.SCHEDULED
    suspend(page, people, "zatwierdza.wzorzec")
    for key in (MODEL, KEY, "UW-PAS-001/uw-gdansk"):
        for day in (today(), page.valid_from):
            with pytest.raises(NotInForce):
                reading.card(key, on=day)
    assert resume(page, people, "zatwierdza.wzorzec") == State.SCHEDULED
    for key in (MODEL, KEY, "UW-PAS-001/uw-gdansk"):
        assert reading.card(key, on=today())[1].summary == "Paszport potwierdza obywatelstwo."
        assert reading.card(key, on=page.valid_from)[1].summary == page.summary


def test_a_scheduled_version_whose_day_has_come_is_public_when_it_comes_back(people: Staff) -> None:
    page = model_card()
    page.valid_from = today() + LATER
    publish_approved(page, user=people["opiekun"])
    suspend(page, people, "zatwierdza.wzorzec")
    Standing.objects.filter(page=page).update(takes_effect=today())
    assert resume(page, people, "zatwierdza.wzorzec") == State.PUBLISHED


def test_what_begins_later_is_not_spoken_of_before(people: Staff) -> None:
    """A new card that was published for a later day: nothing stood before that day, so nothing is suspended on it."""
    page = new_model_card()
    page.valid_from = today() + LATER
    page.next_review = today() + datetime.timedelta(days=180)
    publish_approved(page, user=people["opiekun"])
    suspend(page, people, "zatwierdza.wzorzec")
    suspended = latest("UW-PAS-002", on=page.valid_from)
    assert suspended is not None
    assert suspended.state == EditionState.SUSPENDED
    assert latest("UW-PAS-002", on=today()) is None
    assert resume(page, people, "zatwierdza.wzorzec") == State.SCHEDULED
    assert latest("UW-PAS-002", on=today()) is None
    assert reading.card("UW-PAS-002", on=page.valid_from)


def new_model_card() -> ModelCard:
    """A second model card that nobody has published."""
    known = model_card()
    names = [field.name for field in known._meta.concrete_fields if field.model is not Page and not field.primary_key]
    said = {name: getattr(known, name) for name in names} | {"symbol": "UW-PAS-002"}
    draft = ModelCard(**said, title="Nowa", slug="uw-pas-002")
    known.get_parent().add_child(instance=draft)
    for relation in ("channels", "documents", "fees", "handling_times", "appeals", "legal_bases"):
        for row in getattr(known, relation).all():
            row.pk = None
            getattr(draft, relation).add(row)
    return draft


def test_an_office_comes_back_with_its_cards_of_today(people: Staff) -> None:
    """A local card with a version for a later day comes back with what it says today, and so does the office card."""
    local, key = local_card()
    local.valid_from = today() + LATER
    local.summary = "Później inaczej."
    publish_approved(local, user=people["redakcja"])
    place = OfficePage.objects.get(code="uw-krakow")
    suspend(place, people, "redakcja")
    with pytest.raises(NotInForce):
        reading.card(key, on=today())
    resume(place, people, "redakcja")
    assert reading.card(key, on=today())[1].summary == "Paszport potwierdza obywatelstwo."
    assert reading.card(key, on=local.valid_from)[1].summary == "Później inaczej."
    suspend(local, people, "redakcja")
    resume(local, people, "redakcja")
    assert reading.card(key, on=today())[1].summary == "Paszport potwierdza obywatelstwo."


def local_card() -> tuple[LocalCard, str]:
    """A public card of an office of its own, and its key."""
    draft = CardDraft(
        card=builders.model_card(key="", symbol="UW-LOK-001", kind="local"),
        restricted=RestrictedCard(consultant_answer="Tak.", transfer="UW"),
    )
    write_office(
        OfficeDraft(
            office=builders.office("uw-krakow"), local_cards=(LocalCardDraft(draft=draft, said=OfficeContribution()),)
        ),
        registers=load_registers(on=builders.TODAY), cause=builders.CAUSE, moment=builders.MOMENT,
        valid_from=builders.BEGINNING,
    )  # fmt: skip
    card: LocalCard = LocalCard.objects.get()
    place = card.own_office
    card.service_point, card.responsible_unit = place.service_points.first(), place.units.first()
    card.contact_room, card.next_review = "12", today() + datetime.timedelta(days=180)
    return card, "UW-LOK-001/uw-krakow"


def test_a_withdrawal_past_our_screens_names_who_did_it(card: OfficeCard, people: Staff) -> None:
    fresh(card).unpublish(user=people["naczelnik"])
    last = Transition.objects.filter(page=card).latest("pk")
    assert (last.decision, last.person) == (Decision.ARCHIVED, people["naczelnik"])
