"""Tokens as the guide for administrators says: made and revoked by a command, with the scope of the account."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from wagtail.models import APIToken

from cms import roles

pytestmark = pytest.mark.django_db
PACKAGE = "/api/v1/knowledge-package?since=9"
SEARCH = "/api/v1/search"


def made_for(name: str) -> str:
    """A token, as the command prints it."""
    out = StringIO()
    call_command("api_tokens", "create", "--user", name, "--name", "Infolinia", stdout=out)
    return out.getvalue().strip()


def test_a_token_has_the_scope_of_its_account_until_it_is_revoked(client: Client) -> None:
    account = User.objects.create_user("infolinia")
    bearer = {"authorization": f"Bearer {made_for('infolinia')}"}
    assert client.get(SEARCH, headers=bearer).status_code == 200
    assert client.get(PACKAGE, headers=bearer).status_code == 403
    account.groups.add(Group.objects.get_or_create(name=roles.CONSULTANT.name)[0])
    assert client.get(PACKAGE, headers=bearer).status_code == 404, "a number beyond the empty log: the door is open"

    call_command("api_tokens", "revoke", "--id", str(APIToken.objects.get().pk), stdout=StringIO())
    assert client.get(SEARCH, headers=bearer).status_code == 401
