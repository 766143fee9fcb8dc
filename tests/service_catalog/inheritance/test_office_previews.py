"""The preview of a model card at any office: today as clients read it, and from the day of the change with the draft."""

from __future__ import annotations

import datetime

import pytest
from django.test import RequestFactory

from publication.calendar import today
from publication.reading import head_sequence
from service_catalog.inheritance.office_previews import card_at_office, office_modes
from service_catalog.models import ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import OfficeContribution
from tests.service_catalog.builders import write_catalogue

pytestmark = pytest.mark.django_db


def test_every_office_of_the_type_can_be_chosen_for_both_days() -> None:
    write_catalogue()
    modes = dict(ModelCard.objects.get().preview_modes)
    assert modes["urzad:uw-rzeszow:dzis"] == "uw-rzeszow – dziś"
    assert modes["urzad:uw-gdansk:od-zmiany"] == "uw-gdansk – od dnia zmiany"
    assert len([mode for mode in modes if mode.startswith("urzad:")]) == 4
    assert modes[""] == "Strona publiczna"
    assert office_modes(ModelCard()) == []


def test_before_the_day_the_recorded_card_is_shown_and_from_the_day_the_draft() -> None:
    write_catalogue(said=OfficeContribution(local_notes=("Wejdź od podwórza.",)))
    before, draft = head_sequence(), ModelCard.objects.get()
    draft.title, draft.valid_from = "Paszport od maja", today() + datetime.timedelta(days=40)
    now = card_at_office(draft, "urzad:uw-rzeszow:dzis", today=today())
    then = card_at_office(draft, "urzad:uw-rzeszow:od-zmiany", today=today())
    assert (now.title, then.title) == ("Paszport dla dorosłego", "Paszport od maja")
    assert now.local_notes == then.local_notes == ("Wejdź od podwórza.",)
    draft.valid_from = datetime.date(2026, 1, 1)
    assert card_at_office(draft, "urzad:uw-rzeszow:dzis", today=today()).title == "Paszport od maja"
    assert head_sequence() == before


def test_an_office_that_has_no_card_yet_is_shown_with_its_record() -> None:
    write_catalogue()
    OfficeCard.objects.child_of(OfficePage.objects.get(code="uw-gdansk")).update(live=False)
    shown = card_at_office(ModelCard.objects.get(), "urzad:uw-gdansk:dzis", today=today())
    assert (shown.key, shown.place) == ("UW-PAS-001/uw-gdansk", None)  # nobody has chosen one of its two service points
    assert shown.contact is not None and shown.contact.phone == OfficePage.objects.get(code="uw-gdansk").phone


@pytest.mark.parametrize("mode", ["urzad:zmyslony:dzis", "urzad:", "urzad:uw-rzeszow", "urzad:a:b:c"])
def test_an_unknown_office_is_a_missing_page_not_an_error(mode: str) -> None:
    write_catalogue("uw-rzeszow")
    response = ModelCard.objects.get().make_preview_request(RequestFactory().get("/"), mode)
    assert response.status_code == 404


def test_the_preview_is_the_public_page() -> None:
    write_catalogue("uw-rzeszow")
    response = ModelCard.objects.get().make_preview_request(RequestFactory().get("/"), "urzad:uw-rzeszow:dzis")
    assert response.status_code == 200
    assert "Paszport dla dorosłego" in response.content.decode()
