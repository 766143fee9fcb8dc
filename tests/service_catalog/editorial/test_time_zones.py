"""The day of a version is the day in Poland, whatever time zone the person who agrees has."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.editorial import workflow
from cms.editorial.standing import state_of
from cms.editorial.states import State
from publication.calendar import today
from service_catalog.models import ModelCard
from tests.service_catalog.editorial.office import Staff, model_card, staff

pytestmark = pytest.mark.django_db

FURTHEST = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""UTC+14 and UTC-11: at every moment it is another day than in Warsaw in one of them at least."""


@pytest.fixture
def people() -> Staff:
    return staff()


def zone_with_another_day() -> tuple[str, datetime.date]:
    """A time zone in which it is another day than in Poland now, and that day."""
    days = {zone: timezone.now().astimezone(ZoneInfo(zone)).date() for zone in FURTHEST}
    return next((zone, day) for zone, day in days.items() if day != today())


def test_another_time_zone_of_the_approver_changes_no_day(people: Staff) -> None:
    zone, its_day = zone_with_another_day()
    page = model_card()
    page.valid_from = max(its_day, today())
    page.summary = "Paszport potwierdza obywatelstwo i tożsamość."
    page.save_revision(user=people["opiekun"])
    now = timezone.now()
    workflow.submit(ModelCard.objects.get(pk=page.pk), people["opiekun"], moment=now)
    for username in ("recenzent.wzorca", "jezyk.wzorca"):
        workflow.approve(ModelCard.objects.get(pk=page.pk), people[username], moment=now, comment="Tekst jest jasny.")
    approver = people["zatwierdza.wzorzec"]
    UserProfile.objects.update_or_create(user=approver, defaults={"current_time_zone": zone})
    client, address = people.client("zatwierdza.wzorzec"), f"/admin/karty/{page.pk}/sprawdz/"
    shown = BeautifulSoup(client.get(address).content, "html.parser")
    digest = shown.select_one("input[name=digest]")
    assert digest is not None
    answer = client.post(address, {"decision": "approve", "comment": "Zgoda.", "digest": digest["value"]})
    assert answer.status_code == 302
    assert state_of(page) == (State.SCHEDULED if its_day > today() else State.PUBLISHED)


def test_the_account_page_offers_no_time_zone(people: Staff) -> None:
    client = people.client("naczelnik")
    assert b"current_time_zone" not in client.get("/admin/account/").content
    client.post("/admin/account/", {"name_email-first_name": "Anna", "locale-current_time_zone": "Pacific/Kiritimati"})
    assert not UserProfile.objects.exclude(current_time_zone="").exists()
