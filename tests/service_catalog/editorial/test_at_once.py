"""Six people publish at the same moment on a server database: nobody gets an error, no edition is lost.

On SQLite the same is tried on the running system (`tests/journeys/test_publishing.py`): a database in memory has one connection.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, Page

from cms import roles
from cms.editorial import workflow
from cms.editorial.states import State
from publication.calendar import today
from publication.verification import first_damage
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficeCard, OfficePage, OfficeType, Service, Topic
from service_catalog.published import reading
from tests.service_catalog.builders import write_catalogue
from tests.service_catalog.editorial.office import complete

CODES = tuple(f"uw-{number}" for number in range(6))


@pytest.fixture
def six_offices(real_transactions: None) -> Iterator[list[tuple[User, User, OfficeCard]]]:
    """Six offices, each with an author, a head and a card ready to be sent. Everything is committed and removed afterwards."""
    if connection.vendor == "sqlite":
        pytest.skip("W pamięci jest jedno połączenie; na pliku sprawdzają to podróże.")
    write_catalogue(*CODES)
    sync_rights()
    yield [_ready(code) for code in CODES]
    _remove_everything()


def _ready(code: str) -> tuple[User, User, OfficeCard]:
    author, head = User.objects.create_user(f"autor.{code}"), User.objects.create_user(f"naczelnik.{code}")
    author.groups.set(roles.groups_of(roles.OFFICE_AUTHOR, code=code))
    head.groups.set(roles.groups_of(roles.OFFICE_APPROVER, code=code))
    card = OfficeCard.objects.child_of(OfficePage.objects.get(code=code)).get()
    complete(card)
    card.save_revision(user=author)
    return author, head, OfficeCard.objects.get(pk=card.pk)


def _remove_everything() -> None:
    """Pages first, then what they point to. The log lets nothing go, so its triggers and rows go before."""
    migration = import_module("publication.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        migration.backward(None, editor)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM publication_editionlabel")
        cursor.execute("DELETE FROM publication_edition")
    with connection.schema_editor() as editor:
        migration.forward(None, editor)
    for card in OfficeCard.objects.all():
        card.delete()
    for page in Page.objects.filter(depth=2):
        page.specific.delete()
    for model in (User, Group, Service, Topic, OfficeType):
        model._default_manager.all().delete()
    Collection.objects.filter(depth__gt=1).delete()


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
