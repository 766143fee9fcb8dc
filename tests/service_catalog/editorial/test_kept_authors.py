"""Nobody's authorship is erased with his account: it is closed instead, and four eyes keep seeing who wrote."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment

from cms import roles
from cms.authorship import AuthorKept
from cms.editorial import workflow
from cms.editorial.models import Standing
from cms.editorial.versions import authors_of
from cms.editorial.workflow import latest_of
from service_catalog.models import OfficeCard, OfficePage
from tests.service_catalog.editorial.office import Staff, office_card, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """A card that its author sent and that waits for the reviewer."""
    page = office_card()
    page.pickup = "Odbiór w pokoju 12."
    page.save_revision(user=people["autor"], log_action=True)
    workflow.submit(OfficeCard.objects.get(pk=page.pk), people["autor"], moment=timezone.now())
    return OfficeCard.objects.get(pk=page.pk)


@pytest.fixture
def administrator(people: Staff) -> Client:
    user = User.objects.create_user("administrator")
    user.groups.set(Group.objects.filter(name=roles.ADMINISTRATOR.name))
    client = Client()
    client.force_login(user)
    return client


def test_the_administrator_cannot_delete_an_author(card: OfficeCard, people: Staff, administrator: Client) -> None:
    address = f"/admin/users/delete/{people['autor'].pk}/"
    for answer in (administrator.get(address), administrator.post(address)):
        assert answer.status_code == 409
        assert "wyłącz konto" in answer.content.decode()
    assert Standing.objects.get(page=card).submitted_by == people["autor"]
    assert authors_of(card, latest_of(card)) == {people["autor"].pk}


def test_a_bulk_action_deletes_nobody_when_one_of_them_wrote(
    card: OfficeCard, people: Staff, administrator: Client
) -> None:
    keys = f"id={people['autor'].pk}&id={people['obcy'].pk}"
    answer = administrator.post(f"/admin/bulk/auth/user/delete/?{keys}&next=/admin/users/")
    assert answer.status_code == 409
    assert "„autor”" in answer.content.decode()
    assert User.objects.filter(username__in=("autor", "obcy")).count() == 2


def test_who_did_nothing_may_be_deleted(card: OfficeCard, people: Staff, administrator: Client) -> None:
    assert administrator.post(f"/admin/users/delete/{people['obcy'].pk}/").status_code == 302
    assert not User.objects.filter(username="obcy").exists()


def test_who_agreed_or_remarked_is_kept_below_every_screen(card: OfficeCard, people: Staff) -> None:
    workflow.approve(OfficeCard.objects.get(pk=card.pk), people["recenzent"], moment=timezone.now())
    Comment.objects.create(page=card, user=people["jezyk"], contentpath="pickup", text="Czy na pewno?")
    office = OfficePage.objects.get(code="uw-rzeszow")
    OfficePage.objects.filter(pk=office.pk).update(owner=people["koordynator"])
    for username in ("recenzent", "jezyk", "koordynator"):
        with pytest.raises(AuthorKept, match="wyłącz konto"), transaction.atomic():
            User.objects.filter(username=username).delete()
    assert User.objects.filter(username__in=("recenzent", "jezyk", "koordynator")).count() == 3


def test_a_closed_account_stays_an_author(card: OfficeCard, people: Staff, administrator: Client) -> None:
    """What the refusal advises works: nobody can log in, and the author is still known."""
    author = people["autor"]
    form = {"username": "autor", "first_name": "A", "last_name": "B", "email": "a@example.com",
            "groups": [str(group.pk) for group in author.groups.all()]}  # fmt: skip
    assert administrator.post(f"/admin/users/edit/{author.pk}/", form).status_code == 302
    assert not people["autor"].is_active
    assert authors_of(card, latest_of(card)) == {author.pk}
