"""An official reconciles a card with its changed model: with one key per decision, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.changed_model import OURS, SYMBOL
from tests.journeys.pictures import picture
from tests.journeys.system import System
from tests.journeys.test_editing import log_in

pytestmark = pytest.mark.browser


def walk_to(page: Page, selector: str, *, steps: int = 80) -> None:
    """Press Tab until the focus is on (or in) something."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Klawiszem Tab nie da się dojść do {selector}.")


def inside(system: System, function: str) -> None:
    """Run a function of `changed_model` on the data of the system."""
    code = f"from tests.journeys.changed_model import {function}; {function}()"
    outcome = system.manage("shell", "-c", code)
    assert outcome.returncode == 0, outcome.stderr[-2000:]


def see_whom_it_concerns(system: System, browser: Browser) -> None:
    """The owner of the model sees before sending which offices have words in what he changes, and the card at an office."""
    page = browser.new_page(locale="pl-PL", viewport={"width": 1280, "height": 800})
    log_in(page, system, "opiekun.uw")
    key = system.rows("SELECT page_ptr_id FROM service_catalog_completecard WHERE symbol = ?", SYMBOL)[0][0]
    page.goto(f"{system.address}/admin/wzorce/{key}/kogo-dotyczy/")
    expect(page.get_by_text("Dotyczy 8 urzędów, 1 ma własne treści w zmienionych polach.")).to_be_visible()
    expect(page.get_by_text("słowa potoczne, zanim zaczniesz, najczęstsze błędy")).to_be_visible()
    picture(page, "kogo-dotyczy")
    for mode, shown in (("dzis", False), ("od-zmiany", True)):
        preview = f"{system.address}/admin/pages/{key}/view_draft/?mode=urzad:uw-rzeszow:{mode}"
        text = page.request.get(preview).text()
        assert OURS in text
        assert ("Przygotuj cztery zdjęcia." in text) or not shown
    page.goto(f"{system.address}/admin/karty/{key}/wyslij/")
    expect(page.get_by_text("Dotyczy 8 urzędów, 1 ma własne treści w zmienionych polach.")).to_be_visible()
    page.close()


def test_three_decisions_by_keyboard(own_system: System, browser: Browser) -> None:
    inside(own_system, "draft_change")
    try:
        own_system.start()
        see_whom_it_concerns(own_system, browser)
        inside(own_system, "publish_change")
        page = browser.new_page(locale="pl-PL", viewport={"width": 1280, "height": 1000})
        log_in(page, own_system, "autor.rzeszow")
        page.goto(f"{own_system.address}/admin/uzgodnienia/")
        walk_to(page, "table a")
        page.keyboard.press("Enter")
        expect(page.locator("section.reconciliation")).to_have_count(3)
        expect(page.locator("ins").filter(has_text="Brak podpisu")).to_be_visible()
        picture(page, "uzgadnianie")
        assert violations(page) == []

        walk_to(page, "section.reconciliation")
        page.keyboard.press("p")
        expect(page.locator("section.reconciliation")).to_have_count(2)

        walk_to(page, "section.reconciliation")
        page.keyboard.press("z")
        page.keyboard.type("U nas klienci tak mówią.")
        page.keyboard.press("Enter")
        expect(page.locator("section.reconciliation")).to_have_count(1)
        expect(page.get_by_text("U nas klienci tak mówią.")).to_be_visible()

        walk_to(page, "section.reconciliation")
        page.keyboard.press("o")
        page.wait_for_url("**/edit/#mistakes-root")
        field = page.locator("#mistakes-root textarea, #mistakes-root input[type=text]").first
        expect(field).to_have_value(OURS)
        page.close()
        _without_javascript(own_system, browser)
    finally:
        own_system.stop()


def _without_javascript(system: System, browser: Browser) -> None:
    """The last row by buttons only: a refusal without a reason, then a decision."""
    context = browser.new_context(java_script_enabled=False, locale="pl-PL")
    page = context.new_page()
    log_in(page, system, "autor.rzeszow")
    page.goto(f"{system.address}/admin/uzgodnienia/")
    page.locator("table a").first.click()
    page.get_by_role("button", name="Zostaw swoje").click()
    expect(page.get_by_text("Napisz, dlaczego zostawiacie swoją treść.")).to_be_visible()
    page.get_by_label("Powód, jeśli zostawiacie swoje").fill("To najczęstszy błąd u nas.")
    page.get_by_role("button", name="Zostaw swoje").click()
    expect(page.get_by_text("nic nie czeka na uzgodnienie")).to_be_visible()
    context.close()
