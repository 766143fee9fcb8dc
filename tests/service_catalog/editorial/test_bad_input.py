"""Hostile forms: 4xx with a sentence, nothing half-saved, nothing public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from cms.editorial import workflow
from publication.calendar import today
from publication.reading import head_sequence
from service_catalog.models import ModelCard, OfficeCard
from tests.contracts.editing import filled_form
from tests.service_catalog.editorial.office import Staff, model_card, office_card, staff

MEGABYTE = 1 << 20


@pytest.fixture
def people(db: None) -> Staff:
    return staff()


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    page = office_card()
    page.save_revision(user=people["autor"])
    return OfficeCard.objects.get(pk=page.pk)


def saved(card: Any) -> tuple[int, int, int]:
    """What may not change: versions, the latest one, the log."""
    card.refresh_from_db()
    return Revision.page_revisions.count(), card.latest_revision_id, head_sequence()


HOSTILE = {
    "tampered list": {"local_notes-count": "1", "local_notes-0-type": "nie-ma-takiego", "local_notes-0-value": "x",
                      "local_notes-0-order": "0", "local_notes-0-deleted": "", "local_notes-0-id": "{}"},
    "negative list": {"local_notes-count": "-1"},
    "endless list": {"local_notes-count": "999999999"},
    "no number": {"local_notes-count": "wiele"},
    "rows without a form": {"prices-TOTAL_FORMS": "x"},
    "too many rows": {"prices-TOTAL_FORMS": "5000"},
    "NUL": {"pickup": "a\x00b"},
    "3 MB": {"internal_note": "x" * (3 * MEGABYTE)},
    "20,000 fields": {f"pole{number}": "x" for number in range(20_000)},
    "no date": {"last_verified": "2026-02-30"},
    "reversed dates": {"prices-0-valid_from": "2026-05-01", "prices-0-valid_to": "2026-04-01"},
    "no amount": {"prices-0-amount": "NaN"},
    "huge amount": {"prices-0-amount": "1e400"},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_form_saves_nothing(card: OfficeCard, people: Staff, name: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people["autor"])
    form, before = filled_form(client, card), saved(card)
    response = client.post(f"/admin/pages/{card.pk}/edit/", form | HOSTILE[name])
    assert 400 <= response.status_code < 500, response.status_code
    assert saved(card) == before
    assert "lang=" in response.content.decode()


def test_a_stale_form_is_refused(card: OfficeCard, people: Staff) -> None:
    client = people.client("drugi.autor")
    stale = filled_form(client, card)
    newer = OfficeCard.objects.get(pk=card.pk)
    newer.pickup = "Nowsze."
    newer.save_revision(user=people["autor"])
    before = saved(card)
    response = client.post(f"/admin/pages/{card.pk}/edit/", stale | {"pickup": "Starsze."})
    assert response.status_code == 409
    assert saved(card) == before


def test_of_two_approvals_at_once_one_counts(card: OfficeCard, people: Staff) -> None:
    workflow.submit(OfficeCard.objects.get(pk=card.pk), people["autor"], moment=timezone.now())
    card.refresh_from_db()
    digest = card.standing.submitted_digest
    answers = [
        people.client(name)
        .post(f"/admin/karty/{card.pk}/sprawdz/", {"decision": "approve", "digest": digest})
        .status_code
        for name in ("naczelnik", "koordynator")
    ]
    assert answers == [302, 409]


@pytest.mark.parametrize("text", ["", "approve-all", "\x00", "x" * 100_000])
def test_an_unknown_decision_is_refused(card: OfficeCard, people: Staff, text: str) -> None:
    workflow.submit(OfficeCard.objects.get(pk=card.pk), people["autor"], moment=timezone.now())
    before = saved(card)
    response = people.client("naczelnik").post(f"/admin/karty/{card.pk}/sprawdz/", {"decision": text})
    assert response.status_code == 409
    assert saved(card) == before


@pytest.mark.parametrize("comment", ["a\x00b", "x" * (3 * MEGABYTE)])
def test_a_hostile_comment_saves_nothing(card: OfficeCard, people: Staff, comment: str) -> None:
    workflow.submit(OfficeCard.objects.get(pk=card.pk), people["autor"], moment=timezone.now())
    before = saved(card)
    client = Client(raise_request_exception=False)
    client.force_login(people["naczelnik"])
    digest = card.standing.submitted_digest
    form = {"decision": "approve", "comment": comment, "digest": digest}
    response = client.post(f"/admin/karty/{card.pk}/sprawdz/", form)
    assert 400 <= response.status_code < 500
    assert saved(card) == before


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_from": "2026-05-01", "valid_to": "2026-04-30"},
        {"valid_from": "25.10.2026 02:30"},
        {"valid_from": "0000-00-00"},
        {"legal_state_date": "2026-12-31", "next_review": "2026-01-01"},
        {"valid_from": "99999-01-01"},
    ],
)
def test_impossible_dates_of_a_model_card_are_refused(people: Staff, dates: dict[str, str]) -> None:
    page = model_card()
    page.save_revision(user=people["opiekun"])
    page = ModelCard.objects.get(pk=page.pk)
    client = Client(raise_request_exception=False)
    client.force_login(people["opiekun"])
    form, before = filled_form(client, page), saved(page)
    response = client.post(f"/admin/pages/{page.pk}/edit/", form | dates)
    assert response.status_code == 422
    assert saved(page) == before


def test_a_day_in_the_past_never_rewrites_the_past(people: Staff) -> None:
    """A later version of a card counts from today at the earliest, whatever its author writes."""
    page = model_card()
    page.valid_from = page.valid_from.replace(year=2020)
    page.summary = "Paszport potwierdza obywatelstwo i tożsamość."
    assert page.takes_effect(on=today()) == today()


def test_autosave_of_a_checked_card_is_refused(card: OfficeCard, people: Staff) -> None:
    client = people.client("autor")
    form = filled_form(client, card)
    workflow.submit(OfficeCard.objects.get(pk=card.pk), people["autor"], moment=timezone.now())
    before = saved(card)
    response = client.post(
        f"/admin/pages/{card.pk}/edit/", form | {"pickup": "Po wysłaniu."}, headers={"Accept": "application/json"}
    )
    assert saved(card) == before
    assert not response.json()["success"]


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("3 MB", 413, "Cały formularz może mieć najwyżej 2,5 MB"),
        ("20,000 fields", 400, "Może ich być najwyżej 10 000."),
    ],
)
def test_who_sends_too_much_is_told_so_in_the_editor(
    card: OfficeCard, people: Staff, name: str, status: int, sentence: str
) -> None:
    """In the editor's layout, with what to do and the way back; also when the form is read before its view is."""
    for checks_forgery in (False, True):
        client = Client(raise_request_exception=False, enforce_csrf_checks=checks_forgery)
        client.force_login(people["autor"])
        client.get("/admin/account/")  # brings the cookie against forgery
        response = client.post(f"/admin/pages/{card.pk}/edit/", HOSTILE[name])
        said = response.content.decode().replace("\xa0", " ")
        assert response.status_code == status
        assert sentence in said
        assert "Wróć do formularza przyciskiem „Wstecz”" in said
        assert "wagtail-sidebar-props" in said
        assert "adresu" not in said


def test_a_stranger_who_sends_too_much_gets_the_public_page(card: OfficeCard) -> None:
    response = Client().post("/admin/login/", HOSTILE["20,000 fields"])
    assert response.status_code == 400
    assert "wagtail-sidebar-props" not in response.content.decode()
