"""A link for a lawyer: opens one version, without an account, until a day; forged, revoked and old links open nothing."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cms.editorial.models import SharedPreview, SharedPreviewOpening
from cms.editorial.shared_previews import share, token_of
from service_catalog.models import OfficeCard
from tests.service_catalog.editorial.office import Staff, office_card, staff

TEXT = "Odbiór w pokoju dla prawnika."


@pytest.fixture
def people(db: None) -> Staff:
    return staff()


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    page = office_card()
    page.pickup = TEXT
    page.save_revision(user=people["autor"])
    return OfficeCard.objects.get(pk=page.pk)


def link(card: OfficeCard, people: Staff) -> str:
    """Make a link on the screen and read its address."""
    path = f"/admin/karty/{card.pk}/podglad-dla-prawnika/"
    assert people.client("autor").post(path, {"recipient": "Kancelaria", "days": "3"}).status_code == 302
    return f"/podglad/{token_of(SharedPreview.objects.get())}/"


def test_a_link_shows_the_version_and_nobody_keeps_it(card: OfficeCard, people: Staff) -> None:
    response = Client().get(link(card, people))
    assert response.status_code == 200
    assert TEXT in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "sessionid" not in response.cookies
    assert SharedPreviewOpening.objects.count() == 1


def test_a_revoked_link_is_closed(card: OfficeCard, people: Staff) -> None:
    address, path = link(card, people), f"/admin/karty/{card.pk}/podglad-dla-prawnika/"
    people.client("autor").post(path, {"revoke": str(SharedPreview.objects.get().pk)})
    response = Client().get(address)
    assert response.status_code == 404
    assert TEXT not in response.content.decode()


def test_a_link_expires(card: OfficeCard, people: Staff) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=4)
    preview = share(card, people["autor"], recipient="Kancelaria", days=3, moment=long_ago)
    assert Client().get(f"/podglad/{token_of(preview)}/").status_code == 404


def test_a_link_never_shows_another_version(card: OfficeCard, people: Staff) -> None:
    address = link(card, people)
    latest = card.get_latest_revision()
    changed = latest.as_object()
    changed.pickup = "Inny tekst."
    changed.save_revision(user=people["autor"], overwrite_revision=latest)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["1", "1:AAAA", "x" * 5000, "%00", "1:%F0%9F%98%80"])
def test_a_forged_link_is_closed(card: OfficeCard, people: Staff, token: str) -> None:
    link(card, people)
    assert Client().get(f"/podglad/{token}/").status_code in (400, 404)


@pytest.mark.parametrize("days", ["0", "31", "-1", "x", ""])
def test_a_link_is_valid_for_a_month_at_most(card: OfficeCard, people: Staff, days: str) -> None:
    path = f"/admin/karty/{card.pk}/podglad-dla-prawnika/"
    response = people.client("autor").post(path, {"recipient": "Kancelaria", "days": days})
    assert response.status_code == 409
    assert "od 1 do 30 dni" in response.content.decode()
