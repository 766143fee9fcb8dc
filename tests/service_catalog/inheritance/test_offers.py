"""Nie oferujemy: a reason, another person for a published card, back again, and nobody else's office."""

from __future__ import annotations

import datetime

import pytest

from cms.editorial.standing import state_of
from cms.editorial.states import State as PageState
from publication.calendar import today
from publication.reading import NotInForce
from service_catalog.inheritance.offers import (
    catalogue_lines,
    completeness,
    confirm,
    offer_again,
    refuse,
    stop_offering,
)
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import NotOffered, OfferDecision, OfficeCard, OfficeType
from service_catalog.published import reading
from tests.service_catalog.builders import MOMENT
from tests.service_catalog.inheritance.conftest import Country, browser

NOW = MOMENT + datetime.timedelta(days=1)
State = OfferDecision.State


def ask(country: Country, reason: str = "Robi to delegatura.") -> OfferDecision:
    """The author says that the office does not offer the service."""
    return stop_offering(country.rzeszow, country.model, reason=reason, user=country.author, moment=NOW)


def test_a_published_card_is_withdrawn_only_after_another_approver_confirmed(country: Country) -> None:
    decision = ask(country)
    assert (decision.state, country.card.live, NotOffered.objects.count()) == (State.WAITING, True, 0)
    with pytest.raises(Refusal, match="inna osoba"):
        confirm(decision, user=country.author, moment=NOW)
    with pytest.raises(Refusal, match="zatwierdza"):
        confirm(decision, user=country.stranger, moment=NOW)
    confirm(decision, user=country.approver, moment=NOW)
    assert (country.card.live, NotOffered.objects.get().reason) == (False, "Robi to delegatura.")
    assert state_of(country.card) == PageState.ARCHIVED
    with pytest.raises(NotInForce):
        reading.card("UW-PAS-001/uw-rzeszow", on=today())
    assert reading.card("UW-PAS-001/uw-gdansk", on=today())
    with pytest.raises(Refusal, match="nie czeka"):
        confirm(decision, user=country.other_approver, moment=NOW)


def test_an_approver_does_not_confirm_his_own_request(country: Country) -> None:
    decision = stop_offering(country.rzeszow, country.model, reason="x", user=country.approver, moment=NOW)
    with pytest.raises(Refusal, match="inna osoba"):
        confirm(decision, user=country.approver, moment=NOW)
    confirm(decision, user=country.other_approver, moment=NOW)
    assert not country.card.live


def test_without_a_published_card_the_decision_stands_at_once_and_is_reversible(country: Country) -> None:
    OfficeCard.objects.filter(pk=country.card.pk).update(live=False)
    decision = ask(country)
    assert decision.state == State.STANDING
    with pytest.raises(Refusal, match="już zgłosił"):
        ask(country)
    offer_again(country.rzeszow, country.model, user=country.approver, moment=NOW)
    decision.refresh_from_db()
    assert (decision.state, NotOffered.objects.count()) == (State.REVERSED, 0)
    with pytest.raises(Refusal, match="oferuje"):
        offer_again(country.rzeszow, country.model, user=country.approver, moment=NOW)
    assert ask(country).state == State.STANDING


def test_a_service_that_is_not_offered_keeps_its_card_back(country: Country) -> None:
    OfficeCard.objects.filter(pk=country.card.pk).update(live=False)
    ask(country)
    sentences = [obstacle.sentence for obstacle in country.card.obstacles(on=today())]
    assert any("nie oferuje tej usługi" in sentence for sentence in sentences)
    offer_again(country.rzeszow, country.model, user=country.author, moment=NOW)
    sentences = [obstacle.sentence for obstacle in country.card.obstacles(on=today())]
    assert not any("nie oferuje tej usługi" in sentence for sentence in sentences)


def test_a_refused_request_leaves_the_card(country: Country) -> None:
    decision = refuse(ask(country), answer="Delegatura jest nasza.", user=country.approver, moment=NOW)
    assert (decision.state, decision.answer, country.card.live) == (State.REFUSED, "Delegatura jest nasza.", True)


def test_reason_and_type_are_checked(country: Country) -> None:
    with pytest.raises(Refusal, match="dlaczego"):
        ask(country, reason=" ")
    country.model.office_type = OfficeType.objects.create(code="PIP", name="inspekcja", name_plural="inspekcje")
    with pytest.raises(Refusal, match="innego typu"):
        ask(country)


def test_the_catalogue_counts_what_is_planned(country: Country) -> None:
    counts = completeness(catalogue_lines(country.rzeszow))
    assert (counts.of_type, counts.planned, counts.published, counts.is_complete) == (1, 1, 1, True)
    confirm(ask(country), user=country.approver, moment=NOW)
    counts = completeness(catalogue_lines(country.rzeszow))
    assert (counts.planned, counts.not_offered, counts.undecided, counts.is_complete) == (0, 1, 0, True)


def test_the_screens_carry_it_through_and_the_owner_of_the_type_sees_the_reason(country: Country) -> None:
    author, approver = browser(country.author), browser(country.approver)
    address = f"/admin/uslugi-urzedu/{country.rzeszow.pk}/"
    form = {"model_card": str(country.model.pk), "change": "stop", "reason": ""}
    assert author.post(f"{address}zmiana/", form).status_code == 400
    assert author.post(f"{address}zmiana/", form | {"reason": "Robi to delegatura."}).status_code == 302
    assert "Czeka na inną osobę." in author.get(address).content.decode()
    assert "Potwierdź i wycofaj kartę" in approver.get(address).content.decode()
    decision = OfferDecision.objects.get()
    answer = approver.post(f"/admin/uslugi-urzedu/decyzja/{decision.pk}/", {"decision": "confirm"})
    assert (answer.status_code, country.card.live) == (302, False)
    catalogue = country.model.get_parent()
    listed = browser(country.owner).get(f"/admin/wzorce/{catalogue.pk}/nieoferowane/").content.decode()
    assert "Robi to delegatura." in listed


def test_another_office_is_kept_out(country: Country) -> None:
    decision, client = ask(country), browser(country.stranger)
    address = f"/admin/uslugi-urzedu/{country.rzeszow.pk}/"
    assert client.get(address).status_code == 403
    assert client.post(f"{address}zmiana/", {"model_card": str(country.model.pk), "change": "again"}).status_code == 403
    assert client.post(f"/admin/uslugi-urzedu/decyzja/{decision.pk}/", {"decision": "confirm"}).status_code == 403
    foreign = {"model_card": "999999", "change": "stop", "reason": "x"}
    own = browser(country.author).post(f"{address}zmiana/", foreign)
    assert (own.status_code, "innego typu urzędu" in own.content.decode()) == (400, True)
    decision.refresh_from_db()
    assert (decision.state, country.card.live) == (State.WAITING, True)
