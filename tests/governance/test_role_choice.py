"""Roles of an account are chosen office by office."""

from __future__ import annotations

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client

from cms import roles
from service_catalog.models import OfficePage
from tests.governance.conftest import add_office, person


@pytest.fixture
def offices(db: None) -> list[OfficePage]:
    return [add_office(code) for code in ("uw-gdansk", "uw-rzeszow")]


def folded(page: str) -> dict[str, list[str | None]]:
    """Roles by office as the form shows them; an open office has a star."""
    found = {}
    for office in lxml.html.fromstring(page).iterfind(".//div[@data-roles]/details"):
        summary = (office.findtext("summary") or "").strip()
        star = "* " if office.get("open") is not None else ""
        found[star + summary] = [box.get("name") for box in office.iterfind(".//input[@type='checkbox']")]
    return found


def test_an_office_with_a_role_stands_open_and_first(offices: list[OfficePage], client: Client) -> None:
    author = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    client.force_login(person("administrator", roles.ADMINISTRATOR))
    shown = folded(client.get(f"/admin/users/edit/{author.pk}/").content.decode())
    first, *others = shown
    assert first.startswith("* ")
    assert first.endswith("[uw-rzeszow] (zaznaczone: 1)")
    assert "Role bez urzędu" in others
    assert not any(office.startswith("*") for office in others)
    assert {name for names in shown.values() for name in names} == {"groups"}


def test_a_chosen_role_is_given(offices: list[OfficePage], client: Client) -> None:
    author = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    (reviewer,) = roles.groups_of(roles.OFFICE_REVIEWER, code="uw-gdansk")
    client.force_login(person("administrator", roles.ADMINISTRATOR))
    form = {"username": "autor", "first_name": "A", "last_name": "B", "email": "a@example.com", "is_active": "on",
            "groups": [str(reviewer.pk)]}  # fmt: skip
    answer = client.post(f"/admin/users/edit/{author.pk}/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert set(User.objects.get(username="autor").groups.all()) == {reviewer}
