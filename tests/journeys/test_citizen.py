"""A citizen's whole task without JavaScript, and with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.exporters.pdf.printed import colors_of_sheet, fill_colors, text_of
from tests.journeys.system import PROJECT, System

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


def test_a_page_on_paper_looks_like_the_pdf_of_the_card(system: System, browser: Browser) -> None:
    """Both have the typography of one sheet; the menu and the forms of the page are not printed."""
    page = browser.new_page()
    page.goto(f"{system.address}/karta/UW-PAS-001/uw-rzeszow/")
    printed = page.pdf(prefer_css_page_size=True)
    size = "getComputedStyle(document.querySelector('h1')).fontSize"
    page.emulate_media(media="print")
    assert page.evaluate(size) == f"{23 / 72 * 96:.4f}px".rstrip("0")
    card = page.request.get(f"{system.address}/karta/UW-PAS-001/uw-rzeszow/pdf").body()
    page.close()

    shared = colors_of_sheet((PROJECT / "static" / "public" / "print.css").read_text(encoding="utf-8"))
    assert len(shared) >= 5
    assert shared <= fill_colors(printed)
    assert shared <= fill_colors(card)
    text = text_of(printed)
    assert "strona 1 z " in text
    assert "Na tej stronie" not in text
    assert "Stan na dzień" not in text
