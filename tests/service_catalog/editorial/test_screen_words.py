"""No English and no trade words on the main screens of any role: what Wagtail did not translate, we did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Task, Workflow

from cms import roles
from cms.editorial import workflow
from service_catalog.models import LegalAct, ModelCard, ModelCataloguePage, OfficeCard, OfficePage
from tests.service_catalog.editorial.office import MODEL_ROLES, ROLES, office_card, staff

pytestmark = pytest.mark.django_db

FOREIGN = re.compile(
    r"(?<![\w./@-])(?:actions?|usage|root|profile|moderators?|sort|filters?|search|none|blog|the|and|of|you|your|"
    r"this|page|pages|edit|delete|view|more|settings|select|title|name|user|users|type|live|draft|history|report|download|"
    r"add|new|all|any|low|high|count|seo|slug\w*|snippet\w*|wagtail\w*|workflow\w*|moderacj\w+|notyfikacj\w+|skraw\w+)"
    r"(?![\w./@-])|domain\.com|\bten (?:strona|usług\w+|karta)\b",
    re.IGNORECASE,
)
SHOWN = ("title", "aria-label", "placeholder", "alt")
COUNTRYWIDE = {
    "redakcja": roles.CENTRAL,
    "prawny": roles.LEGAL_EDITOR,
    "krajowy": roles.NATIONAL_COORDINATOR,
    "iod": roles.DATA_PROTECTION_OFFICER,
    "administrator": roles.ADMINISTRATOR,
}
PEOPLE = (*ROLES, *MODEL_ROLES, *COUNTRYWIDE)
ALWAYS = ("", "account/", "powiadomienia/", "konto/drugi-skladnik/webauthn/add/")
OF_SOMEBODY = (
    "pages/", "pages/search/?q=paszport", "images/", "images/add/", "documents/", "documents/add/",
    "reports/aging-pages/", "reports/locked/", "reports/site-history/", "reports/page-types-usage/", "users/", "users/new/",
    "users/edit/{author}/", "users/delete/{stranger}/", "zespoly/", "zespoly/uw-rzeszow/",
    "zestawienia/kompletnosc/", "zestawienia/przeglady/", "pages/1/", "pages/{home}/edit/", "pages/{catalogue}/",
    "pages/{catalogue}/edit/", "pages/{model}/edit/", "pages/{model}/history/", "pages/{office}/", "pages/{office}/edit/",
    "pages/{card}/edit/", "pages/{card}/history/", "pages/{card}/usage/",
    "pages/{card}/move/", "karty/{card}/wyslij/", "karty/{card}/sprawdz/", "karty/{card}/historia/", "karty/{card}/przeglad/",
    "karty/{card}/podglad-dla-prawnika/", "snippets/service_catalog/legalact/", "snippets/service_catalog/legalact/add/",
    "snippets/service_catalog/legalact/edit/{act}/", "snippets/service_catalog/officetype/",
)  # fmt: skip
"""Screens that some roles may open."""


@pytest.fixture
def keys() -> dict[str, int]:
    """Keys that stand in the addresses; the card waits for its reviewer."""
    people = staff()
    for username, role in COUNTRYWIDE.items():
        user = User.objects.filter(username=username).first() or User.objects.create_user(username)
        user.groups.set(Group.objects.filter(name=role.name))
    card = office_card()
    card.save_revision(user=people["autor"], log_action=True)
    workflow.submit(OfficeCard.objects.get(pk=card.pk), people["autor"], moment=timezone.now())
    catalogue, office = ModelCataloguePage.objects.get(), OfficePage.objects.get(code="uw-rzeszow")
    model, home = ModelCard.objects.get(), Page.objects.get(depth=2)
    pages = {"card": card, "catalogue": catalogue, "office": office, "model": model, "home": home}
    act = LegalAct.objects.order_by("pk")[0]
    others = {"author": people["autor"].pk, "stranger": people["obcy"].pk, "act": act.pk}
    return {name: page.pk for name, page in pages.items()} | others


def words(html: str) -> Iterator[str]:
    """What a person reads or hears on a screen."""
    tree: Any = lxml.html.fromstring(html)
    for name in SHOWN:
        yield from tree.xpath(f"//@{name}")
    yield from tree.xpath("//input[@type='submit']/@value")
    for unread in tree.xpath("//script|//style|//*[@data-side-panel-toggle-counter]"):
        unread.drop_tree()
    yield from tree.itertext()


def foreign(html: str) -> set[str]:
    """Texts of a screen with a foreign word."""
    told = (" ".join(text.split()) for text in words(html))
    return {text[:120] for text in told if FOREIGN.search(text)}


@pytest.mark.parametrize("username", PEOPLE)
def test_screens_of_a_role_speak_polish(keys: dict[str, int], username: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    found, opened = {}, set()
    for address in (*ALWAYS, *OF_SOMEBODY):
        answer = client.get(f"/admin/{address.format(**keys)}")
        assert answer.status_code != 500, address
        if answer.status_code == 200:
            opened.add(address)
            left = foreign(answer.content.decode())
            if left:
                found[address] = left
    assert found == {}
    assert opened.issuperset(ALWAYS)


def test_every_screen_is_opened_by_some_role(keys: dict[str, int]) -> None:
    """Otherwise the list above would be read in vain."""
    clients = []
    for username in ("redakcja", "administrator", "krajowy", "prawny", "autor", "koordynator"):
        clients.append(Client())
        clients[-1].force_login(User.objects.get(username=username))
    closed = [
        address
        for address in OF_SOMEBODY
        if all(client.get(f"/admin/{address.format(**keys)}").status_code != 200 for client in clients)
    ]
    assert closed == []


def test_the_pattern_finds_what_it_looks_for() -> None:
    for text in (
        "Usage count: (low to high)",
        "http://domain.com/blog/[my-slug]/",
        "Każdy może edytować ten strona",
        "Root",
    ):
        assert foreign(f"<p title='Okienko'>{text}</p>"), text
    assert foreign("<nav aria-label='Actions'></nav>")
    assert not foreign("<p>Status zakładu, typ urzędu, anyż i page-title</p>")


def test_wagtails_own_way_of_checking_is_gone(keys: dict[str, int]) -> None:
    names = [*Workflow.objects.values_list("name", flat=True), *Task.objects.values_list("name", flat=True)]
    assert names
    assert [name for name in names if "approval" in name] == []
