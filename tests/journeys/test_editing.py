"""Officials at work on the running system: another office is kept out, two editors meet on one page."""

from __future__ import annotations

import json
import urllib.parse

import pytest
from playwright.sync_api import Page

from tests.journeys.editor import Editor
from tests.journeys.system import System

pytestmark = pytest.mark.browser


def office_cards(system: System, office: str) -> list[tuple[int, str]]:
    """Key and symbol of the published cards of an office."""
    rows = system.rows(
        "SELECT card.page_ptr_id, complete.symbol FROM service_catalog_officecard card"
        " JOIN wagtailcore_page page ON page.id = card.page_ptr_id"
        " JOIN service_catalog_completecard complete ON complete.page_ptr_id = card.model_card_id"
        " WHERE page.url_path LIKE ? AND page.live ORDER BY page.id",
        f"%/{office}/%",
    )
    return [(int(str(key)), str(symbol)) for key, symbol in rows]


def log_in(page: Page, system: System, username: str) -> None:
    """Fill the login form."""
    page.goto(f"{system.address}/admin/login/")
    page.get_by_label("Nazwa użytkownika").fill(username)
    page.locator("#id_password").fill(system.passwords()[username])
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


def test_another_office_is_kept_out(system: System) -> None:
    key, _ = office_cards(system, "uw-rzeszow")[1]
    title = str(system.rows("SELECT title FROM wagtailcore_page WHERE slug = 'uw-rzeszow'")[0][0])
    stranger = Editor(system, "naczelnik.gdansk")
    assert stranger.get(f"/admin/pages/{key}/edit/").status == 403
    for path in ("/admin/", "/admin/pages/", "/admin/api/main/pages/?child_of=root", "/admin/reports/aging-pages/"):
        assert title not in stranger.get(path).text, path
    search = f"/admin/pages/search/?q={urllib.parse.quote(title)}"
    assert "uw-rzeszow" not in stranger.get(search).text
    own, _ = office_cards(system, "uw-gdansk")[0]
    assert stranger.get(f"/admin/pages/{own}/edit/").status == 200


def test_the_second_editor_is_told_and_overwrites_nothing(system: System) -> None:
    key, _ = office_cards(system, "uw-rzeszow")[2]
    first, second = Editor(system, "autor.rzeszow"), Editor(system, "naczelnik.rzeszow")
    stale = second.form(key)
    assert first.post(f"/admin/pages/{key}/edit/", first.form(key) | {"pickup": "Odbiór w sali 7."}).status == 302

    refused = second.post(f"/admin/pages/{key}/edit/", stale | {"pickup": "Odbiór w sali 9."})

    assert refused.status == 409
    assert "Odbiór w sali 7." in refused.text
    assert "Odbiór w sali 9." in refused.text
    newest = system.rows(
        "SELECT content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1", str(key)
    )
    assert json.loads(str(newest[0][0]))["pickup"] == "Odbiór w sali 7."
