"""Six people publish at the same moment on a server database: nobody gets an error, no edition is lost.

On SQLite the same is tried on the running system (`tests/journeys/test_publishing.py`): a database in memory has one connection.
"""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from cms import roles
from cms.editorial import workflow
from cms.editorial.states import State
from publication.calendar import today
from publication.verification import first_damage
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import LocalCard, OfficeCard, OfficePage, Service, ServiceGroup
from service_catalog.published import reading
from tests.service_catalog.builders import write_catalogue
from tests.service_catalog.editorial.office import complete

CODES = tuple(f"uw-{number}" for number in range(6))


@pytest.fixture
def six_offices(own_database: None) -> list[tuple[User, User, OfficeCard]]:
    """Six offices, each with an author, a head and a card ready to be sent. Everything is committed."""
    write_catalogue(*CODES)
    sync_rights()
    return [_ready(code) for code in CODES]


def _ready(code: str) -> tuple[User, User, OfficeCard]:
    author, head = User.objects.create_user(f"autor.{code}"), User.objects.create_user(f"naczelnik.{code}")
    author.groups.set(roles.groups_of(roles.OFFICE_AUTHOR, code=code))
    head.groups.set(roles.groups_of(roles.OFFICE_APPROVER, code=code))
    card = OfficeCard.objects.child_of(OfficePage.objects.get(code=code)).get()
    complete(card)
    card.save_revision(user=author)
    return author, head, OfficeCard.objects.get(pk=card.pk)


def test_six_people_publish_at_once(six_offices: list[tuple[User, User, OfficeCard]]) -> None:
    errors: list[BaseException] = []
    states: list[State] = []
    start = threading.Barrier(len(six_offices))

    def work(author: User, head: User, card: OfficeCard) -> None:
        try:
            start.wait()
            workflow.submit(card, author, moment=timezone.now())
            states.append(workflow.approve(OfficeCard.objects.get(pk=card.pk), head, moment=timezone.now()))
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=each) for each in six_offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert states == [State.PUBLISHED] * len(six_offices)
    assert first_damage() is None
    for code in CODES:
        contact = reading.card(f"UW-PAS-001/{code}", on=today())[1].contact
        assert contact is not None
        assert contact.room == "12"


def test_authors_who_make_a_local_card_at_once_get_a_symbol_each(own_database: None) -> None:
    write_catalogue("uw-0")
    sync_rights()
    address = f"/admin/pages/add/service_catalog/localcard/{OfficePage.objects.get().pk}/"
    forms = [_new_card(f"autor.{number}", address) for number in range(4)]
    answers: list[int] = []
    start = threading.Barrier(len(forms))

    def work(client: Client, form: dict[str, str]) -> None:
        try:
            start.wait()
            answers.append(client.post(address, form).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=each) for each in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * len(forms)
    assert sorted(LocalCard.objects.values_list("symbol", flat=True)) == [
        f"UW-LOK-00{number}" for number in (1, 2, 3, 4)
    ]
    assert LocalCard.find_problems() == ([], [], [], [], [])


def _new_card(username: str, address: str) -> tuple[Client, dict[str, str]]:
    """A browser with a filled form of a new local card."""
    author = User.objects.create_user(username)
    author.groups.set(roles.groups_of(roles.OFFICE_AUTHOR, code="uw-0"))
    client = Client()
    client.force_login(author)
    form = dict(querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form").items())
    streams = ("local_notes", "before_you_start", "steps", "mistakes", "special_needs", "variants", "exemptions")
    least = {"service": str(Service.objects.get().pk), "group": str(ServiceGroup.objects.get().pk), "title": username}
    return client, form | {f"{name}-count": "0" for name in streams} | least
