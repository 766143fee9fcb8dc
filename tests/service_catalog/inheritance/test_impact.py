"""What the owner of a model card sees before he sends it: offices, fields, day; nothing for others."""

from __future__ import annotations

import datetime

from publication.calendar import today
from service_catalog.inheritance.impact_views import notices_of_impact
from service_catalog.models import ModelCard
from tests.service_catalog.inheritance.conftest import Country, browser


def drafted(country: Country) -> ModelCard:
    """A version of the model card that nobody sees yet; it touches the mistakes of both offices."""
    draft = country.model
    draft.mistakes = [("item", "Brak podpisu.")]
    draft.valid_from = today() + datetime.timedelta(days=30)
    draft.save_revision(user=country.owner, clean=False)
    found: ModelCard = ModelCard.objects.get(pk=draft.pk)
    return found


def test_the_screen_names_offices_fields_and_the_day(country: Country) -> None:
    card = drafted(country)
    html = browser(country.owner).get(f"/admin/wzorce/{card.pk}/kogo-dotyczy/").content.decode()
    assert "Dotyczy 2 urzędów, 2 mają własne treści w zmienionych polach." in html
    assert "Urząd uw-rzeszow" in html
    assert "najczęstsze błędy" in html
    assert str((today() + datetime.timedelta(days=30)).year) in html
    assert "urzad:uw-gdansk:od-zmiany" in html
    assert browser(country.stranger).get(f"/admin/wzorce/{card.pk}/kogo-dotyczy/").status_code == 403


def test_who_sends_or_checks_reads_it_too(country: Country) -> None:
    card = drafted(country)
    found = notices_of_impact(card, card.get_latest_revision_as_object())
    assert found == [
        "Dotyczy 2 urzędów, 2 mają własne treści w zmienionych polach.",
        "Urząd uw-gdansk: najczęstsze błędy.",
        "Urząd uw-rzeszow: najczęstsze błędy.",
    ]
    assert notices_of_impact(country.card, country.card) == []
    shown = browser(country.owner).get(f"/admin/karty/{card.pk}/wyslij/").content.decode()
    assert found[0] in shown


def test_the_preview_at_an_office_shows_the_draft_from_its_day_only(country: Country) -> None:
    card, client = drafted(country), browser(country.owner)
    address = f"/admin/pages/{card.pk}/view_draft/?mode=urzad:uw-rzeszow:"
    then, now = (client.get(address + when).content.decode() for when in ("od-zmiany", "dzis"))
    assert ("Brak podpisu." in then, "Brak podpisu." in now) == (True, False)
    assert "Nasz błąd." in then
    assert "Nasz błąd." in now
