"""Two offices of one type with people, and a model card whose change touches words of one of them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from service_catalog.authoring.rights import sync_rights
from service_catalog.models import ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import ChannelWords, OfficeContribution, Price
from tests.remembered_rows import write_once
from tests.service_catalog.builders import write_catalogue

WORDS = OfficeContribution(
    mistakes=("Nasz błąd.",),
    local_notes=("Wejdź od podwórza.",),
    prices=(Price(code="kopia", amount="5.00"),),
    channel_words=(ChannelWords(channel="internet", text="Tylko do 15:00."),),
)
PEOPLE = {
    "autor": "uw-rzeszow autorzy",
    "naczelnik": "uw-rzeszow zatwierdzający",
    "zastepca": "uw-rzeszow zatwierdzający",
    "obcy": "uw-gdansk zatwierdzający",
    "opiekun": "UW opiekunowie wzorca",
}


@dataclass(frozen=True)
class Country:
    """The catalogue and its people."""

    model: ModelCard
    rzeszow: OfficePage
    gdansk: OfficePage
    author: User
    approver: User
    other_approver: User
    stranger: User
    owner: User
    central: User

    @property
    def card(self) -> OfficeCard:
        """The card of the office in Rzeszów."""
        found: OfficeCard = OfficeCard.objects.child_of(self.rzeszow).get()
        return found


def person(name: str, group: str) -> User:
    """A person in the group whose name holds the two parts "code ending"."""
    code, _, ending = group.partition(" ")
    user = User.objects.create_user(name)
    found = (
        Group.objects.get(name__contains=f"[{code}]", name__endswith=ending) if ending else Group.objects.get(name=code)
    )
    user.groups.add(found)
    return user


def browser(user: User) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def _write_country() -> None:
    write_catalogue(said=WORDS)
    sync_rights()
    User.objects.create_user("centrala").groups.add(Group.objects.get(name="Redakcja centralna"))
    for name, group in PEOPLE.items():
        person(name, group)


@pytest.fixture
def country(db: None) -> Country:
    """The catalogue with words of both offices, groups and one person per role."""
    write_once("country", _write_country)
    people = {user.get_username(): user for user in User.objects.filter(username__in=[*PEOPLE, "centrala"])}
    return Country(
        model=ModelCard.objects.get(),
        rzeszow=OfficePage.objects.get(code="uw-rzeszow"),
        gdansk=OfficePage.objects.get(code="uw-gdansk"),
        author=people["autor"],
        approver=people["naczelnik"],
        other_approver=people["zastepca"],
        stranger=people["obcy"],
        owner=people["opiekun"],
        central=people["centrala"],
    )
