"""An office neither sees nor changes anything of another office, on any address of the editor's screen.

The addresses are read from the resolver (`admin_routes`). Each is asked with GET and POST as an author and as an approver of
office A; no answer may contain the marker of office B, nothing of B may change, and nothing may end in 5xx.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from wagtail.models import Page

from cms.roles import CENTRAL
from service_catalog.models import OfficePage, Topic
from tests.contracts.admin_routes import (
    NoRule,
    Route,
    addresses,
    bulk_addresses,
    routes,
    searching_addresses,
    values_for,
)
from tests.contracts.guarded_office import MARKER, SECRET, WORD, GuardedOffice

ROLES = ("author", "approver")
MADE_TO_FAIL = frozenset({"/admin/failwhale/"})
"""Wagtail's own test of the error page: raises for a superuser on purpose."""
Ask = Callable[[Client, str], HttpResponseBase]


def all_addresses(guarded: GuardedOffice) -> list[str]:
    """Every route filled in, and bulk actions. Raises `NoRule` for a route without a rule."""
    values = values_for(guarded)
    plain = [
        address
        for route in routes()
        if route.name != "wagtail_bulk_action"
        for address in addresses(route, values)
        if address not in MADE_TO_FAIL
    ]
    return [*plain, *bulk_addresses(guarded)]


def text_of(response: HttpResponseBase) -> str:
    """Everything an answer says: body and headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return f"{response.headers} {body.decode('utf-8', errors='replace')}"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Statements that change a row, so that the costly comparison is made only when something was written."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def faults(guarded: GuardedOffice, person: str, ask: Ask) -> list[str]:
    """What is wrong with the answers to one person: a line per address."""
    before, found = guarded.fingerprint(), []
    client = Client(raise_request_exception=False)
    client.force_login(getattr(guarded, person))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    searches = searching_addresses(guarded, WORD) if ask is read else []
    for address in [*all_addresses(guarded), *searches]:
        with undone():
            client.cookies[settings.SESSION_COOKIE_NAME] = session
            with writes() as written:
                response = ask(client, address)
            if response.status_code >= 500:
                found.append(f"{response.status_code} {address}")
            if MARKER in text_of(response):
                found.append(f"shows the marker ({response.status_code}): {address}")
            if written and guarded.fingerprint() != before:
                found.append(f"changed something ({response.status_code}): {address}")
    return found


def read(client: Client, address: str) -> HttpResponseBase:
    """Ask with GET."""
    return client.get(address)


def post_form(client: Client, address: str) -> HttpResponseBase:
    """Ask with a form that answers what any view of the editor's screen asks for."""
    return client.post(address, FORM, follow=False)


def post_json(client: Client, address: str) -> HttpResponseBase:
    """Ask the way the editor's scripts do."""
    return client.post(
        address, json.dumps(FORM), content_type="application/json", headers={"Accept": "application/json"}
    )


FORM = {
    "title": "Zmienione przez inny urząd",
    "slug": "zmienione",
    "pickup": "Zmienione",
    "intro": "Zmienione",
    "new_title": "Kopia",
    "new_slug": "kopia",
    "copy_subpages": "on",
    "publish_copies": "on",
    "action-publish": "action-publish",
    "action-submit": "action-submit",
    "locked": "on",
    "restriction_type": "login",
    "comment": "Zmienione",
    "position": "0",
    "include_descendants": "on",
    "confirm": "on",
    "chooser": "1",
    "recursive": "on",
}


@pytest.mark.parametrize("person", ROLES)
@pytest.mark.parametrize("ask", [read, post_form, post_json])
def test_other_offices_are_out_of_reach(guarded: GuardedOffice, person: str, ask: Ask) -> None:
    assert faults(guarded, person, ask) == []


def test_the_marker_can_be_found(guarded: GuardedOffice) -> None:
    """The administrator sees office B on many addresses, so the tests above would notice."""
    client = Client(raise_request_exception=False)
    client.force_login(guarded.administrator)
    asked = [
        address for address in searching_addresses(guarded, WORD) if f"q={WORD}" in address and "images" not in address
    ]
    seen = [address for address in asked if MARKER in text_of(client.get(address))]
    assert len(seen) >= 15
    assert MARKER in SECRET


def test_a_colleague_may_change_his_own_office(guarded: GuardedOffice) -> None:
    """The same forms change office B when its own approver sends them."""
    client, before = Client(raise_request_exception=False), guarded.fingerprint()
    client.force_login(guarded.colleague)
    changed = []
    key = guarded.cards[1].pk
    for address in (f"/admin/karty/{key}/wstrzymaj/", f"/admin/pages/{key}/lock/"):
        with undone():
            client.post(address, {**FORM, "reason": "Zmienione"})
            if guarded.fingerprint() != before:
                changed.append(address)
    assert changed == [f"/admin/karty/{key}/wstrzymaj/", f"/admin/pages/{key}/lock/"]


def test_a_route_without_a_rule_is_refused(guarded: GuardedOffice) -> None:
    unknown = Route("wagtailadmin_pages:nowa", "admin/pages/nowa/<int:nieznana>/", ())
    with pytest.raises(NoRule, match="nieznana"):
        addresses(unknown, values_for(guarded))


def test_most_of_the_editors_screen_is_tried() -> None:
    """Reading the resolver finds the routes of Wagtail and of our registers."""
    names = {route.name for route in routes()}
    assert len(names) > 250
    assert {"wagtailadmin_pages:edit", "wagtail_bulk_action", "wagtailsnippets_service_catalog_legalact:edit"} <= names


@pytest.mark.parametrize(
    "view", ["pages/usage/service_catalog/officecard/", "reports/site-history/", "reports/page-types-usage/"]
)
def test_countrywide_lists_are_for_central_staff(guarded: GuardedOffice, view: str) -> None:
    central = User.objects.create_user("centrala")
    central.groups.add(Group.objects.get(name=CENTRAL.name))
    answers = {}
    for person in (central, guarded.approver):
        client = Client()
        client.force_login(person)
        answers[person.username] = client.get(f"/admin/{view}").status_code
        menu = client.get("/admin/").content.decode()
        assert ("/admin/reports/site-history/" in menu) == (person is central)
    assert answers == {"centrala": 200, guarded.approver.username: 403}


def test_published_pages_survive_bulk_actions(guarded: GuardedOffice) -> None:
    """Deleting and moving many pages obeys the rules for one page: nothing published vanishes, no card changes its office."""
    client = Client()
    client.force_login(guarded.administrator)
    card = guarded.own_card
    elsewhere = OfficePage.objects.exclude(office_type__code="UW").order_by("pk")[0]
    for action, form in (("delete", {}), ("move", {"chooser": str(elsewhere.pk)})):
        response = client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={card.pk}", form)
        assert response.status_code == 302
    card.refresh_from_db()
    assert card.get_parent().slug == "uw-rzeszow"


def test_what_is_used_is_not_deleted(guarded: GuardedOffice) -> None:
    """Deleting a register entry that cards use is answered with a sentence, not with an error page."""
    client = Client()
    client.force_login(guarded.administrator)
    topic = Topic.objects.order_by("pk")[0]
    for address in (f"topic/delete/{topic.pk}/", f"topic/delete/?id={topic.pk}"):
        place = "bulk/service_catalog" if "?" in address else "snippets/service_catalog"
        response = client.post(f"/admin/{place}/{address}", follow=True)
        assert "Nie można tego usunąć, bo korzysta z tego:" in response.content.decode()
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_a_card_is_not_copied(guarded: GuardedOffice) -> None:
    """A copy would write under the key of the original."""
    client = Client()
    client.force_login(guarded.administrator)
    before = Page.objects.count()
    form = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": str(guarded.own_card.get_parent().pk)}
    assert client.post(f"/admin/pages/{guarded.own_card.pk}/copy/", form).status_code == 302
    assert Page.objects.count() == before


def test_autosave_overwrites_nothing(guarded: GuardedOffice) -> None:
    """The editor's scripts are refused as well when they do not say on which version they worked."""
    client = Client()
    client.force_login(guarded.approver)
    response = client.post(f"/admin/pages/{guarded.own_card.pk}/edit/", FORM, headers={"Accept": "application/json"})
    assert response.status_code == 409
    assert response.json()["error_code"] == "invalid_revision"
