"""No unit or service point disappears while cards send clients there: the office is held until its cards have a new place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cms.editorial import workflow
from cms.editorial.gate import PublicationRefused
from cms.editorial.standing import state_of
from cms.editorial.states import SHORT_PATH, State
from publication.calendar import today
from service_catalog.inheritance.moving import BEING_CHECKED, NOT_THERE, NOTHING_CHOSEN, UNFINISHED, move_cards
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import OfficeCard, OfficePage
from service_catalog.places_in_use import POINT, UNIT, leaving_places, places_in_use
from service_catalog.published import reading
from tests.approvals import publish_approved
from tests.service_catalog.builders import add_local_card
from tests.service_catalog.editorial.office import Staff, office_card, staff

pytestmark = pytest.mark.django_db

KEY = "UW-PAS-001/uw-rzeszow"


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """A public card with words of its own at the first unit and the first service point."""
    page = office_card()
    page.pickup = "Odbiór w pokoju 12."
    publish_approved(page, user=people["autor"])
    return OfficeCard.objects.get(pk=page.pk)


def fresh(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def office() -> OfficePage:
    found: OfficePage = OfficePage.objects.get(code="uw-rzeszow")
    return found


def drop_unit(page: OfficePage) -> None:
    page.units = list(page.units.all())[1:]


def close_unit(page: OfficePage) -> None:
    rows = list(page.units.all())
    rows[0].closed = True
    page.units = rows


def drop_point(page: OfficePage) -> None:
    page.service_points = list(page.service_points.all())[1:]


CHANGES: dict[str, tuple[Callable[[OfficePage], None], str]] = {
    "deleted unit": (
        drop_unit,
        "Komórka „Biuro” ma zniknąć, a na nią wskazują karty: „Paszport dla dorosłego” (razem 1).",
    ),
    "closed unit": (close_unit, "Komórka „Biuro” ma zniknąć"),
    "deleted point": (drop_point, "Punkt obsługi „Biuro obsługi klienta” ma zniknąć, a na niego wskazują karty:"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_office_cannot_drop_a_place_in_use(card: OfficeCard, people: Staff, change: str) -> None:
    do, sentence = CHANGES[change]
    page = office()
    do(page)
    revision = page.save_revision(user=people["koordynator"])
    (obstacle,) = page.obstacles(on=today())
    assert sentence in obstacle.sentence
    with pytest.raises(PublicationRefused, match="ma zniknąć"):
        workflow.submit(fresh(page), people["koordynator"], moment=timezone.now())
    client = people.client("koordynator")
    for address in (f"/admin/karty/{page.pk}/wyslij/", f"/admin/pages/{page.pk}/edit/"):
        text = client.get(address).content.decode()
        assert sentence in text, address
        assert f"/admin/przenies-karty/{page.pk}/" in text, address
    with pytest.raises(PublicationRefused, match="ma zniknąć"):
        publish_approved(fresh(page), revision)
    shown = reading.card(KEY, on=today())[1]
    assert (shown.place and shown.place.name, shown.responsible_unit and shown.responsible_unit.symbol) == (
        "Biuro obsługi klienta", "BOK",
    )  # fmt: skip


@pytest.mark.parametrize("kind", [UNIT, POINT], ids=["unit", "point"])
def test_cards_get_a_new_place_by_another_persons_consent_and_then_the_old_one_may_go(
    card: OfficeCard, people: Staff, kind: Any
) -> None:
    page = office()
    (drop_unit if kind is UNIT else drop_point)(page)
    page.save_revision(user=people["koordynator"])
    old, new = list(getattr(office(), kind.office_relation).all())
    form = {"kind": kind.name, "source": str(old.pk), "target": str(new.pk), "card": str(card.pk)}
    answer = people.client("koordynator").post(f"/admin/przenies-karty/{page.pk}/", form, follow=True)
    assert "Wysłano do zatwierdzenia kart: 1." in answer.content.decode()
    assert state_of(card) == State.APPROVAL
    assert getattr(fresh(card), f"{kind.card_field}_id") == old.pk  # readers still see the old place
    workflow.approve(fresh(card), people["naczelnik"], moment=timezone.now())
    assert getattr(fresh(card), f"{kind.card_field}_id") == new.pk
    workflow.submit(fresh(page), people["koordynator"], moment=timezone.now())
    workflow.approve(fresh(page), people["naczelnik"], moment=timezone.now())
    shown = reading.card(KEY, on=today())[1]
    named = shown.responsible_unit if kind is UNIT else shown.place
    assert named is not None and named.name == new.name
    assert shown.pickup == "Odbiór w pokoju 12."


def test_only_another_place_needs_acceptance_and_another_text_needs_all_checks(card: OfficeCard) -> None:
    card.responsible_unit = office().units.last()
    assert card.required_steps() == SHORT_PATH
    card.pickup = "Odbiór w pokoju 13."
    assert len(card.required_steps()) == 3


def test_a_card_in_preparation_counts_and_is_moved_at_once_but_one_put_away_does_not(
    card: OfficeCard, people: Staff
) -> None:
    draft = add_local_card("uw-rzeszow", live=False)
    page = office()
    drop_unit(page)
    assert [key for place in leaving_places(page) for key, _ in place.cards] == [draft.pk, card.pk]
    old, new = list(office().units.all())
    move_cards(page, UNIT, source=old.pk, target=new.pk, cards=[draft.pk], user=people["autor"], moment=timezone.now())
    assert [key for place in leaving_places(page) for key, _ in place.cards] == [card.pk]
    assert fresh(draft).get_latest_revision_as_object().responsible_unit == new
    card.standing.state = State.ARCHIVED
    card.standing.save()
    assert leaving_places(page) == []


def test_a_card_with_unfinished_changes_is_moved_but_not_sent(card: OfficeCard, people: Staff) -> None:
    card.pickup = "Odbiór w pokoju 14."
    card.save_revision(user=people["autor"])
    old, new = list(office().units.all())
    moved = move_cards(
        office(), UNIT, source=old.pk, target=new.pk, cards=[card.pk], user=people["koordynator"], moment=timezone.now()
    )
    assert (moved.sent, [one.reasons for one in moved.unsent]) == ((), [(UNFINISHED,)])
    draft = fresh(card).get_latest_revision_as_object()
    assert (draft.responsible_unit, draft.pickup, state_of(card)) == (new, "Odbiór w pokoju 14.", State.IN_WORK)


def test_a_card_that_is_being_checked_is_left_alone(card: OfficeCard, people: Staff) -> None:
    card.pickup = "Odbiór w pokoju 14."
    card.save_revision(user=people["autor"])
    workflow.submit(fresh(card), people["autor"], moment=timezone.now())
    old, new = list(office().units.all())
    moved = move_cards(
        office(), UNIT, source=old.pk, target=new.pk, cards=[card.pk], user=people["koordynator"], moment=timezone.now()
    )
    assert [one.reasons for one in moved.unsent] == [(BEING_CHECKED,)]
    assert state_of(card) == State.MERIT


def test_a_wrong_target_is_refused_with_a_sentence(card: OfficeCard, people: Staff) -> None:
    page = office()
    drop_unit(page)
    old = office().units.first()
    foreign = OfficePage.objects.get(code="uw-gdansk").units.first()
    for target in (old.pk, foreign.pk, 0, 10**15):
        with pytest.raises(Refusal) as refusal:
            move_cards(
                page, UNIT, source=old.pk, target=target, cards=[card.pk], user=people["autor"], moment=timezone.now()
            )
        assert str(refusal.value) == NOT_THERE
    with pytest.raises(Refusal) as refusal:
        move_cards(page, UNIT, source=old.pk, target=foreign.pk, cards=[], user=people["autor"], moment=timezone.now())
    assert str(refusal.value) == NOTHING_CHOSEN


@pytest.mark.parametrize(
    "form", [{}, {"kind": "biurko"}, {"kind": "komorka", "source": "x", "target": "9" * 40, "card": "-1"}]
)
def test_a_broken_form_is_a_sentence_not_an_error(card: OfficeCard, people: Staff, form: dict[str, str]) -> None:
    answer = people.client("koordynator").post(f"/admin/przenies-karty/{office().pk}/", form)
    assert answer.status_code == 400
    assert state_of(card) == State.PUBLISHED


def test_the_screen_is_for_people_of_the_office(card: OfficeCard, people: Staff) -> None:
    assert people.client("autor").get(f"/admin/przenies-karty/{office().pk}/").status_code == 200
    assert people.client("obcy").get(f"/admin/przenies-karty/{office().pk}/").status_code in {302, 403}


def test_places_in_use_of_an_office_cost_the_same_for_any_number_of_cards(
    card: OfficeCard, django_assert_num_queries: Any
) -> None:
    page = office()
    for number in (1, 2, 3):
        add_local_card("uw-rzeszow", f"UW-LOK-00{number}", live=False)
    with django_assert_num_queries(6):
        assert sum(len(place.cards) for place in places_in_use(page)) == 8
