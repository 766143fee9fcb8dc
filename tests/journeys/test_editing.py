"""Officials at work on the running system: one publishes, another office is kept out, two editors meet on one page."""

from __future__ import annotations

import json
import urllib.parse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.editor import Editor
from tests.journeys.system import System, until

pytestmark = pytest.mark.browser

NOTE = "Wejście od podwórza: zadzwoń domofonem numer trzy."
WORD = "kwitologia"
SLOWEST_SECONDS = 10.0
"""A generous bound for a loaded machine. The target, one second, is measured by the benchmarks."""


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


def test_an_official_adds_a_note_and_a_word_and_publishes(system: System, browser: Browser) -> None:
    key, symbol = office_cards(system, "uw-rzeszow")[0]
    page = browser.new_page(locale="pl-PL")
    log_in(page, system, "naczelnik.rzeszow")
    page.goto(f"{system.address}/admin/pages/{key}/edit/")
    page.locator("#local_notes-root").get_by_title("Dodaj blok").last.click()
    page.locator("#local_notes-root input[type=text], #local_notes-root textarea").last.fill(NOTE)
    page.get_by_role("tab", name="Nasze uzupełnienia").click()
    words = page.get_by_role("textbox", name="Dodatkowe słowa potoczne")
    words.fill(f"{words.input_value()}\n{WORD}")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    expect(page.get_by_text("została opublikowana").or_(page.get_by_text("opublikowano")).first).to_be_visible()

    reader = browser.new_page()
    card = f"/karta/{symbol}/uw-rzeszow"
    until(
        lambda: NOTE in str(reader.request.get(f"{system.address}{card}/").text()),
        seconds=SLOWEST_SECONDS,
        what="strona",
    )
    until(lambda: NOTE in reader.request.get(f"{system.address}/api/v1/cards/{symbol}/uw-rzeszow").text(),
          seconds=SLOWEST_SECONDS, what="API")  # fmt: skip
    until(lambda: symbol in found(reader, system, WORD), seconds=SLOWEST_SECONDS, what="wyszukiwarka")
    page.close()
    reader.close()


def found(reader: Page, system: System, word: str) -> str:
    """What the search API finds."""
    answer = reader.request.get(f"{system.address}/api/v1/search?q={urllib.parse.quote(word)}")
    return json.dumps(answer.json()["hits"])


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
