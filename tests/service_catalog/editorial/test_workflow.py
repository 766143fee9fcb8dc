"""From a draft to readers: every step by the right person, nobody his own change, no way around."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, PageLogEntry

from cms import roles
from cms.editorial import workflow
from cms.editorial.gate import PublicationRefused
from cms.editorial.models import Standing, Transition
from cms.editorial.standing import state_of
from cms.editorial.states import Decision, State
from cms.editorial.workflow import NotPossible
from publication.calendar import today
from publication.models import EditionState
from publication.reading import NotInForce, head_sequence, latest
from service_catalog.models import ModelCard, OfficeCard, OfficePage
from service_catalog.published import reading
from tests.service_catalog.editorial.office import Staff, model_card, office_card, staff

pytestmark = pytest.mark.django_db

KEY = "UW-PAS-001/uw-rzeszow"
NOW = timezone.now()


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """A card whose author has just added a note of the office."""
    page = office_card()
    page.pickup = "Odbiór w pokoju 12."
    page.save_revision(user=people["autor"], log_action=True)
    return OfficeCard.objects.get(pk=page.pk)


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return type(page)._default_manager.get(pk=page.pk)


def submit(page: Page, people: Staff, username: str = "autor") -> State:
    return workflow.submit(fresh(page), people[username], moment=timezone.now())


def approve(page: Page, people: Staff, username: str, comment: str = "Tekst jest jasny.") -> State:
    return workflow.approve(fresh(page), people[username], moment=timezone.now(), comment=comment)


def pickup_of_readers() -> str:
    return reading.card(KEY, on=today())[1].pickup


def test_three_other_people_bring_an_own_text_to_readers(card: OfficeCard, people: Staff) -> None:
    assert submit(card, people) == State.MERIT
    assert approve(card, people, "recenzent") == State.LANGUAGE
    assert approve(card, people, "jezyk") == State.APPROVAL
    assert pickup_of_readers() == ""
    assert approve(card, people, "naczelnik") == State.PUBLISHED
    assert pickup_of_readers() == "Odbiór w pokoju 12."
    written = Transition.objects.filter(page=card).values_list("decision", "person__username", "after")
    assert list(written) == [
        ("edited", "autor", "in_work"),
        ("submitted", "autor", "check_merit"),
        ("approved", "recenzent", "check_language"),
        ("approved", "jezyk", "approve"),
        ("approved", "naczelnik", "approve"),
        ("published", "naczelnik", "published"),
    ]
    assert Standing.objects.get(page=card).next_review is not None


def test_a_card_without_own_texts_needs_one_other_person(people: Staff) -> None:
    page = office_card()
    page.save_revision(user=people["autor"])
    assert submit(page, people) == State.APPROVAL
    with pytest.raises(NotPossible, match="inną rolą"):
        approve(page, people, "recenzent")
    assert approve(page, people, "koordynator") == State.PUBLISHED


@pytest.mark.parametrize("username", ["autor", "drugi.autor", "jezyk", "naczelnik", "koordynator", "obcy", "zarzadca"])
def test_a_step_belongs_to_its_role(card: OfficeCard, people: Staff, username: str) -> None:
    submit(card, people)
    with pytest.raises(NotPossible, match="inną rolą"):
        approve(card, people, username)


@pytest.mark.parametrize("extra", ["recenzent", "naczelnik", "redakcja"])
def test_nobody_checks_what_he_wrote(card: OfficeCard, people: Staff, extra: str) -> None:
    page = fresh(card).get_latest_revision_as_object()
    page.pickup = "Odbiór w pokoju 14."
    page.save_revision(user=people[extra])
    submit(card, people)
    if extra == "naczelnik":
        approve(card, people, "recenzent")
        approve(card, people, "jezyk")
    with pytest.raises(NotPossible, match="nie pisała tej wersji"):
        approve(card, people, extra)


def test_one_person_of_the_central_staff_is_not_both_reviewer_and_approver(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    approve(card, people, "redakcja")
    approve(card, people, "jezyk")
    with pytest.raises(NotPossible, match="dwie różne osoby"):
        approve(card, people, "redakcja")
    assert approve(card, people, "naczelnik") == State.PUBLISHED


def test_a_change_after_an_agreement_needs_agreement_again(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    approve(card, people, "recenzent")
    page = fresh(card).get_latest_revision_as_object()
    page.pickup = "Odbiór w pokoju 99."
    page.save_revision(user=people["drugi.autor"])
    assert state_of(card) == State.IN_WORK
    with pytest.raises(NotPossible):
        approve(card, people, "jezyk")
    assert submit(card, people) == State.MERIT
    with pytest.raises(PublicationRefused, match="sprawdził"):
        fresh(card).get_latest_revision().publish(user=people["naczelnik"])


def test_an_old_agreement_does_not_count_for_going_back(card: OfficeCard, people: Staff) -> None:
    """The head publishes version 1, then 2, then wants version 1 back by himself."""
    submit(card, people)
    for username in ("recenzent", "jezyk", "naczelnik"):
        approve(card, people, username)
    first = fresh(card).live_revision
    page = fresh(card)
    page.pickup = "Odbiór w pokoju 99."
    page.save_revision(user=people["autor"])
    submit(card, people)
    for username in ("recenzent", "jezyk", "naczelnik"):
        approve(card, people, username)
    old = first.as_object()
    again = old.save_revision(user=people["naczelnik"], previous_revision=first, log_action=True)
    for revision in (again, first):
        with pytest.raises(PublicationRefused):
            revision.publish(user=people["naczelnik"])
    assert pickup_of_readers() == "Odbiór w pokoju 99."


def test_no_code_path_goes_around(card: OfficeCard, people: Staff) -> None:
    """Below the forms: the action itself, saving as public, adding as public, with and without a superuser."""
    before = head_sequence()
    revision = fresh(card).get_latest_revision()
    with pytest.raises(PublicationRefused):
        PublishPageRevisionAction(revision, user=people["zarzadca"]).execute(skip_permission_checks=True)
    with pytest.raises(PublicationRefused):
        revision.publish()
    draft = revision.as_object()
    draft.live_revision = revision
    with pytest.raises(PublicationRefused):
        draft.save()
    place = OfficePage.objects.get(code="uw-gdansk")
    other = ModelCard(**{**_fields(model_card()), "symbol": "UW-PAS-002", "slug": "uw-pas-002", "title": "Drugi"})
    model_card().get_parent().add_child(instance=other)
    assert not fresh(other).live
    added = OfficeCard(title="Drugi", slug="uw-pas-002", model_card=other)
    place.add_child(instance=added)
    assert not fresh(added).live
    assert head_sequence() == before


def _fields(page: ModelCard) -> dict[str, Any]:
    names = [field.name for field in page._meta.concrete_fields if field.model is not Page and not field.primary_key]
    return {name: getattr(page, name) for name in names}


def test_returned_with_a_comment_and_sent_again(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    with pytest.raises(NotPossible, match="co poprawić"):
        workflow.send_back(fresh(card), people["recenzent"], moment=NOW, comment=" ")
    workflow.send_back(fresh(card), people["recenzent"], moment=timezone.now(), comment="Podaj piętro.")
    assert state_of(card) == State.IN_WORK
    assert submit(card, people) == State.MERIT


def test_only_who_wrote_or_sent_it_takes_it_back(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    with pytest.raises(NotPossible):
        workflow.recall(fresh(card), people["recenzent"], moment=NOW)
    workflow.recall(fresh(card), people["autor"], moment=timezone.now())
    assert state_of(card) == State.IN_WORK


def test_what_is_missing_is_said_before_anybody_checks(people: Staff) -> None:
    page = office_card()
    page.responsible_unit, page.pickup = None, "Odbiór: XX"
    page.save_revision(user=people["autor"], clean=False)
    with pytest.raises(PublicationRefused) as refusal:
        submit(page, people)
    assert len(refusal.value.reasons) == 2
    assert "XX" in " ".join(refusal.value.reasons)
    assert state_of(page) == State.IN_WORK


def test_people_removed_from_their_role_do_not_count_afterwards(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    people["recenzent"].groups.clear()
    with pytest.raises(NotPossible, match="inną rolą"):
        approve(card, people, "recenzent")


def test_an_author_is_remembered_when_his_version_is_gone(card: OfficeCard, people: Staff) -> None:
    """The head writes, a colleague overwrites, the head's version is purged: the head is still an author."""
    page = fresh(card).get_latest_revision_as_object()
    page.pickup = "Tekst naczelnika."
    written = page.save_revision(user=people["naczelnik"], log_action=True)
    page.save_revision(user=people["autor"], log_action=True)
    PageLogEntry.objects.filter(revision=written).get()
    written.delete()
    submit(card, people)
    approve(card, people, "recenzent")
    approve(card, people, "jezyk")
    with pytest.raises(NotPossible, match="nie pisała"):
        approve(card, people, "naczelnik")


def test_an_office_record_needs_another_person_and_reaches_its_cards(people: Staff) -> None:
    page = OfficePage.objects.get(code="uw-rzeszow")
    page.phone = "+48 17 555 99 99"
    page.save_revision(user=people["koordynator"])
    assert submit(page, people, "koordynator") == State.APPROVAL
    with pytest.raises(NotPossible):
        approve(page, people, "koordynator")
    approve(page, people, "naczelnik")
    office = reading.card(KEY, on=today())[1].office
    assert office is not None
    assert office.phone == "+48 17 555 99 99"


def test_a_later_day_is_scheduled_and_takes_force_by_itself(people: Staff) -> None:
    page = model_card()
    page.valid_from = today() + datetime.timedelta(days=10)
    page.summary = "Paszport potwierdza obywatelstwo i tożsamość."
    page.save_revision(user=people["opiekun"])
    submit(page, people, "opiekun")
    approve(page, people, "recenzent.wzorca")
    approve(page, people, "jezyk.wzorca")
    assert approve(page, people, "zatwierdza.wzorzec") == State.SCHEDULED
    assert reading.card("UW-PAS-001", on=today())[1].summary == "Paszport potwierdza obywatelstwo."
    assert "tożsamość" in reading.card("UW-PAS-001", on=page.valid_from)[1].summary
    assert "tożsamość" in reading.card(KEY, on=page.valid_from)[1].summary


def test_a_small_office_lets_the_author_check_the_language(card: OfficeCard, people: Staff) -> None:
    for username in ("drugi.autor", "jezyk", "koordynator"):
        people[username].groups.clear()
    people["autor"].groups.add(*roles.groups_of(roles.OFFICE_LANGUAGE_EDITOR, code="uw-rzeszow"))
    submit(card, people)
    approve(card, people, "recenzent")
    assert approve(card, people, "autor") == State.APPROVAL
    assert approve(card, people, "naczelnik") == State.PUBLISHED


def test_wagtails_own_buttons_do_not_publish(card: OfficeCard, people: Staff) -> None:
    client: Client = people.client("naczelnik")
    before = head_sequence()
    for action in ("publish", "unpublish", "move", "delete"):
        answer = client.post(
            f"/admin/bulk/wagtailcore/page/{action}/?id={card.pk}&next=/admin/",
            {"include_descendants": ""},
            follow=True,
        )
        assert answer.redirect_chain == [("/admin/", 302)]
        assert "Wielu stron nie publikuje się" in answer.content.decode()
    assert head_sequence() == before
    assert fresh(card).live


def test_wagtails_own_withdrawal_leads_to_ours(card: OfficeCard, people: Staff) -> None:
    client: Client = people.client("naczelnik")
    before = head_sequence()
    for ask in (client.get, client.post):
        answer = ask(f"/admin/pages/{card.pk}/unpublish/", follow=True)
        assert answer.redirect_chain == [(f"/admin/karty/{card.pk}/historia/", 302)]
        assert "Strony nie wycofuje się bez powodu." in answer.content.decode()
    assert head_sequence() == before
    assert fresh(card).live


def test_the_screens_lead_from_sending_to_publication(card: OfficeCard, people: Staff) -> None:
    send, check = f"/admin/karty/{card.pk}/wyslij/", f"/admin/karty/{card.pk}/sprawdz/"
    assert "recenzent" in people.client("autor").get(send).content.decode()
    assert people.client("autor").post(send).status_code == 302
    for username in ("recenzent", "jezyk", "naczelnik"):
        client = people.client(username)
        assert card.title in client.get("/admin/").content.decode()
        shown = client.get(check).content.decode()
        assert "Odbiór" in shown
        digest = Standing.objects.get(page=card).submitted_digest
        answer = client.post(check, {"decision": "approve", "comment": "Dobrze.", "digest": digest})
        assert answer.status_code == 302, answer.content.decode()
    assert pickup_of_readers() == "Odbiór w pokoju 12."
    late = people.client("naczelnik").post(check, {"decision": "approve", "digest": digest})
    assert late.status_code == 409
    assert "nie czeka na sprawdzenie" in late.content.decode()


def test_what_somebody_saw_is_what_he_agrees_to(card: OfficeCard, people: Staff) -> None:
    submit(card, people)
    answer = people.client("recenzent").post(
        f"/admin/karty/{card.pk}/sprawdz/", {"decision": "approve", "digest": "0" * 64}
    )
    assert answer.status_code == 409
    assert state_of(card) == State.MERIT


def test_suspension_is_immediate_and_resumes_the_same_text(card: OfficeCard, people: Staff) -> None:
    path = f"/admin/karty/{card.pk}"
    assert people.client("autor").post(f"{path}/wstrzymaj/", {"reason": "x"}).status_code == 409
    assert people.client("naczelnik").post(f"{path}/wstrzymaj/", {"reason": ""}).status_code == 409
    assert people.client("naczelnik").post(f"{path}/wstrzymaj/", {"reason": "Zła cena."}).status_code == 302
    with pytest.raises(NotInForce):
        reading.card(KEY, on=today())
    tombstone = latest(KEY, on=today())
    assert tombstone is not None
    assert tombstone.state == EditionState.SUSPENDED
    assert b"+48 17 555 00 00" in bytes(tombstone.payload)
    assert "Zła cena.".encode() in bytes(tombstone.payload)
    assert fresh(card).get_latest_revision_as_object().pickup == "Odbiór w pokoju 12."
    assert people.client("naczelnik").post(f"{path}/wznow/", {"reason": "Cena poprawna."}).status_code == 302
    assert pickup_of_readers() == ""
    assert Transition.objects.filter(page=card, decision=Decision.RESUMED).exists()


def test_a_suspended_model_card_takes_its_office_cards_along_and_brings_them_back(people: Staff) -> None:
    page = model_card()
    path = f"/admin/karty/{page.pk}"
    assert (
        people.client("zatwierdza.wzorzec").post(f"{path}/wstrzymaj/", {"reason": "Zmiana prawa."}).status_code == 302
    )
    for key in ("UW-PAS-001", KEY, "UW-PAS-001/uw-gdansk"):
        with pytest.raises(NotInForce):
            reading.card(key, on=today())
    assert people.client("zatwierdza.wzorzec").post(f"{path}/wznow/", {"reason": "Sprawdzone."}).status_code == 302
    for key in ("UW-PAS-001", KEY, "UW-PAS-001/uw-gdansk"):
        assert reading.card(key, on=today())
