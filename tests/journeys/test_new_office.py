"""Central staff adds the 101st office: data once, all cards of its type in one table, cards made, office sent to approval."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.pictures import picture
from tests.journeys.system import System
from tests.journeys.test_editing import log_in

pytestmark = pytest.mark.browser

OFFICE = {
    "title": "Lubuski Urząd Wojewódzki – Delegatura",
    "short_name": "Lubuski UW – Delegatura",
    "code": "uw-zielona-gora",
    "street": "ul. Podgórna",
    "building": "7",
    "postal_code": "65-057",
    "town": "Zielona Góra",
    "teryt": "0862011",
    "phone": "+48 68 000 00 00",
    "email": "kontakt@uw-zielona-gora.example",
    "regon": "000514408",
    "privacy_notice_url": "https://uw-zielona-gora.example/rodo",
    "income_account": "28999005592042261517632637",
    "opens_0": "07:30",
    "closes_0": "15:30",
    "unit_symbol_0": "WSO",
    "unit_name_0": "Wydział Spraw Obywatelskich",
}


def test_the_101st_office(system: System, browser: Browser) -> None:
    page = browser.new_page(locale="pl-PL", viewport={"width": 1280, "height": 1000})
    log_in(page, system, "redakcja")
    page.goto(f"{system.address}/admin/nowy-urzad/")
    page.get_by_role("link", name="Dodaj urząd").click()
    page.get_by_label("Typ urzędu").select_option(label="urząd wojewódzki (UW)")
    for name, value in OFFICE.items():
        page.locator(f"[name={name}]").fill(value)
    picture(page, "nowy-urzad-dane")
    page.get_by_role("button", name="Zapisz i przejdź do kart").click()

    page.wait_for_url("**/karty/")
    rows = page.locator("input[name^='row-']")
    cards = rows.count()
    assert cards > 50
    page.locator("[name=fill_rows]").select_option("all")
    page.locator("[name=fill_offered]").select_option("tak")
    page.locator("[name=fill_unit]").select_option(index=1)
    page.locator("[name=fill_point]").select_option(index=1)
    page.locator("[name=fill_room]").fill("12")
    page.get_by_role("button", name="Wypełnij i zapisz").click()
    expect(page.get_by_text(f"Oferujemy: {cards}.")).to_be_visible()
    first = page.locator("[name^=offered-]").first
    first.select_option("nie")
    page.locator("[name^=reason-]").first.fill("Robi to urząd w Gorzowie.")
    picture(page, "nowy-urzad-karty")
    page.get_by_role("button", name="Zapisz i przejdź do podsumowania").click()
    expect(page.get_by_text(f"Karty: {cards - 1}. Nieoferowane usługi: 1.")).to_be_visible()
    picture(page, "nowy-urzad-podsumowanie")
    page.get_by_role("button", name="Utwórz karty").click()
    expect(page.get_by_text(f"Utworzono karty: {cards - 1}.")).to_be_visible()
    page.get_by_role("button", name="Wyślij dane urzędu do zatwierdzenia").click()
    expect(page.get_by_text("Wysłano do zatwierdzenia: 1.")).to_be_visible()
    expect(page.get_by_text("Dane urzędu czekają na zatwierdzenie.")).to_be_visible()
    page.close()
