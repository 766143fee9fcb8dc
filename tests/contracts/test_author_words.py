"""No word of our trade and no English anywhere an author of an office looks: every screen he can reach is read."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import Resolver404, resolve

from service_catalog.models import LocalCard, OfficeCard, OfficePage

TRADE = re.compile(
    r"(?<![\w./@-])(?:slug\w*|snippet\w*|skraw\w+|rewizj\w+|streamfield\w*|json|html|css|url|wagtail\w*|django|workflow\w*|"
    r"blok(?:i|ów|u|iem|ach)?|alias\w*|draft|revision|kokpit\w*|moderacj\w+|hook\w*|log[aiu]|metadan\w+)(?![\w./@-])",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"(?<![\w./@-])(?:the|and|of|is|are|you|your|this|with|from|page|pages|saved|saving|save|edit|delete|view|more|show|hide|"
    r"close|settings|comments?|search|images?|documents?|errors?|issues?|toggle|select|move|drag|none|blank|any)(?![\w./@-])",
    re.IGNORECASE,
)
SHOWN = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
MOST_OF_ONE_KIND = 4
"""Screens read of one view; more would show the same words."""
NOT_READ = frozenset({"", "wagtailadmin_pages:view_draft", "wagtailadmin_pages:revisions_view"})
"""No screen, and the page of readers, which offers the card in formats for machines."""
MOST_SCREENS = 120
LEAST_SCREENS = 20


@pytest.fixture
def author(client: Client, db: None) -> Client:
    """A logged-in author of one office."""
    user = User.objects.create_user("autor.slow", first_name="Anna", last_name="Słowna", password="x")
    user.groups.add(Group.objects.get(name__contains="[uw-rzeszow]", name__endswith="– autorzy"))
    client.force_login(user)
    return client


def starting_points() -> list[str]:
    """Screens from which the others are reached, and those that scripts open."""
    office = OfficePage.objects.get(code="uw-rzeszow")
    card = OfficeCard.objects.child_of(office).order_by("pk").first()
    local = LocalCard.objects.child_of(office).order_by("pk").first()
    assert card is not None
    assert local is not None
    forms = [f"/admin/pages/{page.pk}/{end}/" for page in (office, card, local) for end in ("edit", "history", "usage")]
    added = [f"/admin/pages/add/service_catalog/{kind}/{office.pk}/" for kind in ("officecard", "localcard")]
    helped = [
        f"/admin/karty/{card.pk}/braki/",
        f"/admin/karty/{local.pk}/przyklad/?pole=who",
        "/admin/karty/prosty-jezyk/",
        "/admin/slowniczek/",
    ]
    viewed = [f"/admin/pages/{local.pk}/edit/preview/?mode={mode}" for mode in ("", "konsultant")]
    return ["/admin/", f"/admin/pages/{office.pk}/", *forms, *added, *helped, *viewed, "/admin/pages/search/?q=paszport",
            "/admin/account/", "/admin/password_reset/"]  # fmt: skip


def read(client: Client) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Every screen that can be reached by links, a few of each kind."""
    waiting, kinds = deque(starting_points()), Counter[str]()
    seen: set[str] = set()
    while waiting and len(seen) < MOST_SCREENS:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kind in NOT_READ or kinds[kind] >= MOST_OF_ONE_KIND:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        kinds[kind] += 1
        tree = lxml.html.fromstring(answer.content.decode())
        yield address, tree
        links = [str(link.get("href")).partition("#")[0] for link in tree.iter("a")]
        waiting.extend(link for link in links if link.startswith("/admin/"))
        waiting.extend(link for link in menu(tree, "url") if link.startswith("/admin/"))


def kind_of(address: str) -> str:
    """Name of the view behind an address; "" when there is none or it leaves the editor's screen."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def menu(tree: lxml.html.HtmlElement, part: str) -> Iterator[str]:
    """A part of every item of the menu, which a script draws."""
    for script in tree.xpath("//script[@id='wagtail-sidebar-props']"):
        yield from _values(json.loads(script.text), part)


def _values(data: Any, part: str) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get(part), str):
            yield data[part]
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from _values(one, part)


def words(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """What a person reads or hears on a screen."""
    yield from menu(tree, "label")
    for name in SHOWN:
        yield from tree.xpath(f"//@{name}")
    yield from tree.xpath("//input[@type='submit']/@value")
    for unread in tree.xpath("//script|//style|//template//script|//*[@data-side-panel-toggle-counter]"):
        unread.drop_tree()
    yield from tree.itertext()


def test_author_reads_plain_polish_everywhere(author: Client) -> None:
    found: dict[str, str] = {}
    screens = 0
    for address, tree in read(author):
        screens += 1
        for text in words(tree):
            shown = " ".join(text.split())
            if TRADE.search(shown) or ENGLISH.search(shown):
                found.setdefault(shown[:160], address)
    assert found == {}
    assert screens >= LEAST_SCREENS


def test_what_scripts_say_is_plain_polish(author: Client) -> None:
    catalogue = author.get("/admin/jsi18n/").content.decode()
    said = re.search(r"const newcatalog = (\{.*?\});", catalogue, re.DOTALL)
    assert said is not None
    texts = [text for value in json.loads(said[1]).values() for text in (value if isinstance(value, list) else [value])]
    assert [text for text in texts if TRADE.search(text)] == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert TRADE.search("Dodaj blok")
    assert TRADE.search("Zapisz (rewizja 3)")
    assert ENGLISH.search("Page saved")
    assert not TRADE.search("Blokada konta i blokowisko, adres strony")
