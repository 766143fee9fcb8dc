"""A citizen's whole task without JavaScript, and with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.system import System

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    return document.activeElement !== document.body
        && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none");
}"""


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="pl-PL")
    yield context.new_page()
    context.close()


def test_from_the_home_page_to_the_card_of_an_office(system: System, reader: Page) -> None:
    reader.goto(system.address)
    reader.get_by_role("searchbox").first.fill("zgromadzenie cykliczne")
    reader.get_by_role("button", name="Szukaj").first.click()
    reader.locator("main a[href*='/karta/']").first.click()
    expect(reader.locator("h1")).to_have_count(1)
    reader.get_by_label("Urząd", exact=True).select_option("uw-rzeszow")
    reader.get_by_role("button", name="Wybierz").click()
    reader.get_by_role("link", name="Zobacz kartę").click()
    reader.wait_for_url("**/karta/*/uw-rzeszow/")
    expect(reader.locator("main")).to_contain_text("Rzesz")

    for name, media_type in (("PDF", "application/pdf"), ("XML", "application/xml")):
        link = reader.get_by_role("link", name=name).first.get_attribute("href")
        answer = reader.request.get(f"{system.address}{link}")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(media_type)
        assert len(answer.body()) > 1000


def test_the_focus_is_visible_on_every_stop(system: System, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{system.address}/")
    stops = 0
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")
        stops += 1
    assert stops == 8
    page.close()
