"""Requests of offices reach the person they wait for: his home, with a due day and the right address."""

from __future__ import annotations

import datetime

from cms.editorial.models import Standing
from cms.editorial.states import State
from cms.editorial.tasks import tasks_of
from cms.working_days import working_days_after
from publication.calendar import day_of
from service_catalog.inheritance.lifecycle import leave_reconciliation, wait_for_reconciliation
from service_catalog.inheritance.offers import refuse, stop_offering
from service_catalog.inheritance.remarks import answer_remark, write_remark
from service_catalog.models import OfferDecision
from tests.service_catalog.builders import MOMENT
from tests.service_catalog.inheritance.conftest import Country, browser

NOW = MOMENT + datetime.timedelta(days=1)
IN_FIVE_WORKING_DAYS = working_days_after(day_of(NOW), 5)


def seen(user: object) -> list[tuple[str, str, datetime.date | None]]:
    return [(task.label, task.address, task.due) for task in tasks_of(user) if task.label]


def test_a_request_not_to_offer_waits_at_the_home_of_another_approver(country: Country) -> None:
    decision = stop_offering(country.rzeszow, country.model, reason="x", user=country.approver, moment=NOW)
    expected = [
        ("„nie oferujemy” czeka na potwierdzenie", f"/admin/uslugi-urzedu/{country.rzeszow.pk}/", IN_FIVE_WORKING_DAYS)
    ]
    assert seen(country.other_approver) == expected
    for other in (country.approver, country.author, country.stranger, country.owner):
        assert seen(other) == []
    text = browser(country.other_approver).get("/admin/").content.decode()
    assert "„nie oferujemy” czeka na potwierdzenie" in text
    refuse(decision, answer="Oferujemy.", user=country.other_approver, moment=NOW)
    assert seen(country.other_approver) == []


def test_a_remark_waits_at_the_home_of_the_owner_of_the_model(country: Country) -> None:
    remark = write_remark(
        country.model, country.rzeszow, text="Błąd.", legal_basis="art. 1", author=country.author, moment=NOW
    )
    expected = [("uwaga do wzorca czeka na odpowiedź", f"/admin/uwagi-do-wzorca/{remark.pk}/", remark.due_on)]
    assert seen(country.owner) == expected
    for other in (country.author, country.approver, country.stranger):
        assert seen(other) == []
    assert "uwaga do wzorca czeka na odpowiedź" in browser(country.owner).get("/admin/").content.decode()
    answer_remark(remark, state="accepted", answer="", user=country.owner, moment=NOW)
    assert seen(country.owner) == []


def test_reconciliation_leads_to_its_screen_and_has_a_due_day(country: Country) -> None:
    wait_for_reconciliation([country.card], moment=NOW)
    (task,) = [task for task in tasks_of(country.author) if task.state == State.TO_RECONCILE]
    assert (task.address, task.due) == (f"/admin/uzgodnienia/{country.card.pk}/", IN_FIVE_WORKING_DAYS)
    leave_reconciliation(country.card, person=country.author, comment="", moment=NOW)
    assert Standing.objects.get(page=country.card).due is None


def test_an_unknown_decision_about_an_offer_changes_nothing(country: Country) -> None:
    decision = stop_offering(country.rzeszow, country.model, reason="x", user=country.author, moment=NOW)
    for sent in ({"decision": "agree"}, {}):
        answer = browser(country.approver).post(f"/admin/uslugi-urzedu/decyzja/{decision.pk}/", sent)
        text = answer.content.decode()
        assert (answer.status_code, "Niczego nie zapisano" in text, "Zapisano." in text) == (400, True, False)
    decision.refresh_from_db()
    assert decision.state == OfferDecision.State.WAITING
