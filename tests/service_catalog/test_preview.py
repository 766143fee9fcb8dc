"""The preview beside the form: the draft as readers would see it, and nothing recorded."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from publication.reading import head_sequence
from service_catalog.models import ModelCard, OfficeCard
from tests.service_catalog.builders import write_catalogue

pytestmark = pytest.mark.django_db


def test_a_draft_of_an_office_is_shown_joined_with_its_model_and_not_recorded() -> None:
    write_catalogue("uw-rzeszow")
    before = head_sequence()
    page = OfficeCard.objects.get()
    page.pickup = "Odbiór w okienku numer siedem."
    response = page.serve_preview(RequestFactory().get("/"), "")
    text = response.content.decode()
    assert "Odbiór w okienku numer siedem." in text
    assert "Paszport dla dorosłego" in text
    assert response["Cache-Control"] == "no-store"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert head_sequence() == before
    assert not OfficeCard.objects.filter(pickup__contains="siedem").exists()


def test_a_draft_of_a_model_is_shown_in_general_form() -> None:
    write_catalogue("uw-rzeszow")
    page = ModelCard.objects.get()
    page.title = "Paszport inaczej"
    assert "Paszport inaczej" in page.serve_preview(RequestFactory().get("/"), "").content.decode()
