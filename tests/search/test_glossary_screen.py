"""The glossary for authors: found without Polish letters, open to whoever works in the catalogue, to nobody else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from search.models import GlossaryTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms() -> None:
    GlossaryTerm.objects.create(term="żądanie", definition="Pismo, w którym o coś prosisz.", example="Wniosek o zwrot.")
    GlossaryTerm.objects.create(term="prolongata", definition="Przedłużenie terminu.", recommended=False)


@pytest.fixture
def official(client: Client) -> Client:
    """Somebody who may enter the admin and nothing more."""
    user = User.objects.create_user("autor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def test_all_terms_or_those_asked_for(official: Client, terms: None) -> None:
    whole = official.get("/admin/slowniczek/").content.decode()
    assert "Znalezione słowa: 2 z 2" in whole
    assert "lepiej zastąp" in whole
    asked = official.get("/admin/slowniczek/?q=ZADANIE").content.decode()
    assert "Znalezione słowa: 1 z 2" in asked
    assert "prolongata" not in asked
    meant = official.get("/admin/slowniczek/?q=przedluzenie").content.decode()
    assert "prolongata" in meant
    assert "Nie ma takiego słowa" in official.get("/admin/slowniczek/?q=%3Cscript%3E").content.decode()


def test_it_is_reached_from_the_help_on_language(official: Client) -> None:
    assert 'href="/admin/slowniczek/"' in official.get("/admin/karty/prosty-jezyk/").content.decode()


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    answer = client.get("/admin/slowniczek/")
    assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)
