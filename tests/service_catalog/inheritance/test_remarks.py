"""Uwaga do wzorca: with a legal basis, due in working days, answered by the owner, seen by both sides."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from service_catalog.inheritance import signals
from service_catalog.inheritance.refusals import Refusal
from service_catalog.inheritance.remarks import answer_remark, is_overdue, write_remark
from service_catalog.models import ModelRemark, OfficeType
from tests.service_catalog.inheritance.conftest import Country, browser

BEFORE_CHRISTMAS = datetime.datetime(2026, 12, 22, 9, 0, tzinfo=datetime.UTC)


def write(country: Country, **changes: Any) -> ModelRemark:
    """A remark of the author."""
    words: dict[str, Any] = {
        "text": "Termin jest inny.",
        "legal_basis": "art. 20 ustawy",
        "moment": BEFORE_CHRISTMAS,
    } | changes
    return write_remark(country.model, country.rzeszow, author=country.author, **words)


def test_a_remark_is_due_after_five_working_days(country: Country) -> None:
    remark = write(country)
    assert remark.due_on == datetime.date(2026, 12, 31)
    assert not is_overdue(remark, on=datetime.date(2026, 12, 31))
    assert is_overdue(remark, on=datetime.date(2027, 1, 1))


def test_the_number_of_days_is_a_setting(country: Country, settings: Any) -> None:
    settings.REMARK_WORKING_DAYS = 1
    assert write(country).due_on == datetime.date(2026, 12, 23)


@pytest.mark.parametrize(
    ("changes", "words"), [({"text": " "}, "co we wzorcu"), ({"legal_basis": ""}, "podstawę prawną")]
)
def test_text_and_legal_basis_are_needed(country: Country, changes: dict[str, str], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        write(country, **changes)


def test_a_remark_concerns_a_card_of_the_offices_type(country: Country) -> None:
    country.model.office_type = OfficeType.objects.create(code="PIP", name="inspekcja", name_plural="inspekcje")
    with pytest.raises(Refusal, match="innego typu"):
        write(country)


def test_rejecting_needs_a_reason_and_an_answer_is_given_once(country: Country) -> None:
    heard: list[ModelRemark] = []
    signals.remark_answered.connect(lambda remark, **sent: heard.append(remark), weak=False, dispatch_uid="test")
    try:
        remark = write(country)
        for state in ("rejected", "explained", "open", ""):
            with pytest.raises(Refusal):
                answer_remark(remark, state=state, answer=" ", user=country.owner, moment=BEFORE_CHRISTMAS)
        answered = answer_remark(remark, state="accepted", answer="", user=country.owner, moment=BEFORE_CHRISTMAS)
        with pytest.raises(Refusal, match="już odpowiedział"):
            answer_remark(remark, state="rejected", answer="Nie.", user=country.owner, moment=BEFORE_CHRISTMAS)
    finally:
        signals.remark_answered.disconnect(dispatch_uid="test")
    assert (answered.state, heard) == ("accepted", [answered])


def test_both_sides_see_it_and_only_the_owner_answers(country: Country) -> None:
    author, owner, stranger = (browser(user) for user in (country.author, country.owner, country.stranger))
    new = f"/admin/uwagi-do-wzorca/nowa/{country.card.pk}/"
    assert "Podstawa prawna" in author.get(new).content.decode()
    assert author.post(new, {"text": "Termin jest inny.", "legal_basis": ""}).status_code == 400
    assert author.post(new, {"text": "Termin jest inny.", "legal_basis": "art. 20"}).status_code == 302
    remark = ModelRemark.objects.get()
    address = f"/admin/uwagi-do-wzorca/{remark.pk}/"
    assert "Termin jest inny." in author.get(address).content.decode()
    assert "Odpowiedź" in owner.get(address).content.decode()
    assert author.post(address, {"state": "accepted"}).status_code == 403
    assert owner.post(address, {"state": "rejected", "answer": ""}).status_code == 400
    assert owner.post(address, {"state": "rejected", "answer": "Tak mówi art. 21."}).status_code == 302
    assert "Tak mówi art. 21." in author.get(address).content.decode()
    for client in (author, owner):
        assert country.model.title in client.get("/admin/uwagi-do-wzorca/").content.decode()
    assert stranger.get(address).status_code == 403
    assert stranger.get(new).status_code == 403
    assert "Paszport" not in stranger.get("/admin/uwagi-do-wzorca/").content.decode()


def test_an_overdue_remark_is_marked(country: Country) -> None:
    write(country, moment=datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC))
    assert "po terminie" in browser(country.owner).get("/admin/uwagi-do-wzorca/").content.decode()
