from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from cms import roles
from config.accounts import demo_accounts
from config.demonstration_people import BEGINNING, demo_teams
from governance.acting import refusals
from governance.models import CoordinatorAssignment
from governance.teams import standings, terms_of
from service_catalog.models import OfficePage
from tests.governance.conftest import add_office, day


@pytest.fixture
def offices(db: None) -> list[OfficePage]:
    return [add_office(code) for code in ("uw-rzeszow", "uw-gdansk", "uw-opole")]


def test_every_office_gets_a_team_and_a_second_run_changes_nothing(offices: list[OfficePage]) -> None:
    demo_accounts()
    assert demo_teams(on=day(0)) == 6
    before = list(CoordinatorAssignment.objects.order_by("pk").values())
    assert demo_teams(on=day(0)) == 0
    assert list(CoordinatorAssignment.objects.order_by("pk").values()) == before
    assert not any(standing.alarm for standing in standings(offices, on=day(0)))
    for office in offices:
        assert refusals([], terms_of(office), on=BEGINNING) == []
    assert CoordinatorAssignment.objects.filter(person__username="koordynator.rzeszow").count() == 1
    others = User.objects.filter(posts__isnull=False).exclude(username__startswith="koordynator.")
    assert len(others) == 4
    assert not any(user.has_usable_password() for user in others)
    (group,) = roles.groups_of(roles.OFFICE_COORDINATOR, code="uw-opole")
    assert group.user_set.count() == 2


def test_demonstration_accounts_have_their_role_each_and_no_superuser(offices: list[OfficePage]) -> None:
    accounts = {account.username: account for account in demo_accounts()}
    wanted = {
        "autor.rzeszow", "recenzent.rzeszow", "jezyk.rzeszow", "naczelnik.rzeszow", "koordynator.rzeszow",
        "naczelnik.gdansk", "autor.gdansk", "opiekun.uw", "recenzent.uw", "jezyk.uw", "zatwierdza.uw", "redakcja",
        "redakcja.druga", "konsultant", "integrator", "administrator",
    }  # fmt: skip
    assert wanted <= set(accounts)
    made = User.objects.filter(username__in=accounts)
    assert made.count() == len(accounts)
    assert not made.filter(is_superuser=True).exists()
    without = {user.username for user in made if not user.groups.exists()}
    assert without == {"opiekun.uw", "recenzent.uw", "jezyk.uw", "zatwierdza.uw"}, "there is no model catalogue here"
    kept = json.loads((settings.DATA_DIRECTORY / "demo_accounts.json").read_text(encoding="utf-8"))
    assert User.objects.get(username="redakcja").check_password(kept["redakcja"])
