"""A small office with one person in every role, and a card that may be sent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import Group, User
from django.test import Client

from cms import roles
from publication.calendar import today
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import LegalAct, ModelCard, ModelCataloguePage, OfficeCard, OfficePage, OfficePrice
from tests.remembered_rows import write_once
from tests.service_catalog.builders import write_catalogue

ROLES = {
    "autor": roles.OFFICE_AUTHOR,
    "drugi.autor": roles.OFFICE_AUTHOR,
    "recenzent": roles.OFFICE_REVIEWER,
    "jezyk": roles.OFFICE_LANGUAGE_EDITOR,
    "naczelnik": roles.OFFICE_APPROVER,
    "koordynator": roles.OFFICE_COORDINATOR,
}
MODEL_ROLES = {
    "opiekun": roles.MODEL_OWNER,
    "recenzent.wzorca": roles.MODEL_REVIEWER,
    "jezyk.wzorca": roles.MODEL_LANGUAGE_EDITOR,
    "zatwierdza.wzorzec": roles.MODEL_APPROVER,
}
STAFF = (*ROLES, *MODEL_ROLES, "obcy", "redakcja", "zarzadca")


@dataclass(frozen=True)
class Staff:
    """People by account name."""

    people: dict[str, User]

    def __getitem__(self, username: str) -> User:
        """A fresh copy of the person: rights are remembered with the object."""
        return User.objects.get(username=username)

    def client(self, username: str) -> Client:
        """A browser in which the person is logged in."""
        client = Client()
        client.force_login(self[username])
        return client


def staff() -> Staff:
    """One person in every role of the office in Rzeszów and of the model catalogue, central staff, a stranger, a superuser."""
    write_once("staff", _write_staff)
    return Staff({user.get_username(): user for user in User.objects.filter(username__in=STAFF)})


def _write_staff() -> None:
    write_catalogue()
    sync_rights()
    for name, role in ROLES.items():
        _person(name, role, "uw-rzeszow")
    for name, role in MODEL_ROLES.items():
        _person(name, role, "UW")
    _person("obcy", roles.OFFICE_APPROVER, "uw-gdansk")
    User.objects.create_user("redakcja").groups.set(Group.objects.filter(name=roles.CENTRAL.name))
    User.objects.create_superuser("zarzadca")


def _person(username: str, role: roles.Role, code: str) -> User:
    user = User.objects.create_user(username)
    groups = roles.groups_of(role, code=code)
    assert groups, (role, code)
    user.groups.set(groups)
    return user


def office_card() -> OfficeCard:
    """The card of the office in Rzeszów, with everything an office must say."""
    place = OfficePage.objects.get(code="uw-rzeszow")
    card: OfficeCard = OfficeCard.objects.child_of(place).get()
    complete(card)
    card.save()
    return card


def complete(card: OfficeCard) -> None:
    """Give a card what an office must say before its card is published."""
    place = card.own_office
    card.service_point, card.responsible_unit = place.service_points.first(), place.units.first()
    card.contact_room = "12"
    card.prices.add(OfficePrice(code="kopia", amount=Decimal("5.00")))


def model_card() -> ModelCard:
    """The model card behind it, with everything that may be asked of it."""
    LegalAct.objects.update(status=LegalAct.Status.IN_FORCE)
    card: ModelCard = ModelCard.objects.child_of(ModelCataloguePage.objects.get()).get()
    card.next_review = today() + datetime.timedelta(days=180)
    return card
