"""One change with the keyboard only: author, merit check, language check, head, readers, and off again."""

from __future__ import annotations

import json
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.editor import Publishers
from tests.journeys.pictures import SCREEN, picture
from tests.journeys.system import System
from tests.journeys.test_editing import log_in, office_cards
from tests.journeys.test_reconciliation import walk_to
from tests.waiting import until

pytestmark = pytest.mark.browser

PICKUP = "Odbiór w sali numer trzysta dwa."
WORD = "kwitologia"
SLOWEST_SECONDS = 10.0
"""A generous bound for a loaded machine. The target, one second, is measured by the benchmarks."""


def desk(browser: Browser, system: System, username: str) -> Page:
    """A browser window in which an official is logged in."""
    page = browser.new_page(locale="pl-PL", viewport=SCREEN)
    log_in(page, system, username)
    return page


def unfolded(page: Page, field: str) -> None:
    """Open, with the keyboard, the folded part in which a field stands, and go to the field."""
    folded = page.locator(f"details:not([open]):has({field}) > summary")
    if folded.count():
        folded.last.focus()
        page.keyboard.press("Enter")
    page.locator(field).focus()


def write(browser: Browser, system: System, key: int) -> None:
    """The author adds a sentence and a word, and sends the card."""
    page = desk(browser, system, "autor.rzeszow")
    page.goto(f"{system.address}/admin/pages/{key}/edit/")
    unfolded(page, "#id_pickup")
    page.keyboard.press("Control+A")
    page.keyboard.type(PICKUP)
    unfolded(page, "#id_keywords_everyday")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(WORD)
    page.locator("[name=action-send]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wyslij/")
    assert violations(page) == []
    picture(page, "wyslij-do-sprawdzenia")
    expect(page.get_by_text(PICKUP)).to_be_visible()
    walk_to(page, "form[method=post] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.close()


def agree(browser: Browser, system: System, username: str, key: int) -> None:
    """Find the card among one's tasks, read what changes, agree."""
    page = desk(browser, system, username)
    walk_to(page, f"a[href='/admin/karty/{key}/sprawdz/']", steps=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sprawdz/")
    assert violations(page) == []
    picture(page, f"sprawdzenie-{username.partition('.')[0]}")
    expect(page.get_by_text(PICKUP)).to_be_visible()
    walk_to(page, "textarea#comment", steps=120)
    page.keyboard.type("Zgadza się.")
    walk_to(page, "button[value=approve]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.close()


def test_a_change_goes_through_four_hands_and_off_again(system: System, browser: Browser) -> None:
    key, symbol = office_cards(system, "uw-rzeszow")[0]
    card = f"{system.address}/karta/{symbol}/uw-rzeszow/"
    reader = browser.new_page()
    write(browser, system, key)
    for username in ("recenzent.rzeszow", "jezyk.rzeszow"):
        agree(browser, system, username, key)
    assert PICKUP not in reader.request.get(card).text()
    agree(browser, system, "naczelnik.rzeszow", key)
    until(lambda: PICKUP in reader.request.get(card).text(), seconds=SLOWEST_SECONDS, what="strona")
    answer = f"{system.address}/api/v1/cards/{symbol}/uw-rzeszow"
    until(lambda: PICKUP in reader.request.get(answer).text(), seconds=SLOWEST_SECONDS, what="API")
    until(lambda: symbol in found(reader, system, WORD), seconds=SLOWEST_SECONDS, what="wyszukiwarka")
    withdraw(browser, system, key)
    until(
        lambda: "Ta strona została wycofana" in reader.request.get(card).text(), seconds=SLOWEST_SECONDS, what="strona"
    )
    assert PICKUP not in reader.request.get(card).text()
    reader.close()


def test_six_people_publish_at_once(system: System) -> None:
    """Nobody gets an error, and every change reaches readers."""
    cards = office_cards(system, "uw-rzeszow")[10:16]
    people = [Publishers(system) for _ in cards]
    with ThreadPoolExecutor(max_workers=len(cards)) as pool:
        done = list(
            pool.map(
                lambda one: one[0].publish(one[1][0], pickup=f"Odbiór karty {one[1][1]}."),
                zip(people, cards, strict=True),
            )
        )
    assert done == [True] * len(cards)
    for key, symbol in cards:
        newest = system.rows(
            "SELECT payload FROM publication_edition WHERE key = ? ORDER BY sequence DESC LIMIT 1",
            f"{symbol}/uw-rzeszow",
        )
        payload = newest[0][0]
        assert isinstance(payload, bytes)
        assert json.loads(payload)["pickup"] == f"Odbiór karty {symbol}.", key


def withdraw(browser: Browser, system: System, key: int) -> None:
    """The head puts the card away, with a reason."""
    page = desk(browser, system, "naczelnik.rzeszow")
    page.goto(f"{system.address}/admin/karty/{key}/historia/")
    assert violations(page) == []
    picture(page, "historia")
    walk_to(page, f"a[href='/admin/karty/{key}/archiwum/']", steps=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/archiwum/")
    walk_to(page, "textarea#reason", steps=120)
    page.keyboard.type("Urząd już tego nie załatwia.")
    walk_to(page, "form[method=post] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/historia/")
    page.close()


def found(reader: Page, system: System, word: str) -> str:
    """What the search API finds."""
    answer = reader.request.get(f"{system.address}/api/v1/search?q={urllib.parse.quote(word)}")
    return json.dumps(answer.json()["hits"])
