"""Screens of inheritance, checks, people, handbooks and reports: axe finds nothing on any of them, for who works there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.accessibility import violations
from tests.journeys.pictures import SCREEN
from tests.journeys.system import System
from tests.journeys.test_author import key_of
from tests.journeys.test_editing import log_in, office_cards

pytestmark = pytest.mark.browser

SCREENS = {
    "autor.rzeszow": (
        "uslugi-urzedu/{office}/", "uwagi-do-wzorca/", "uwagi-do-wzorca/nowa/{card}/", "karty/{card}/wyslij/",
        "karty/{card}/historia/", "karty/{card}/podglad-dla-prawnika/", "karty/{card}/przeglad/", "karty/{card}/zmiany/",
        "powiadomienia/", "powiadomienia/ustawienia/", "kto-mnie-potrzebuje/", "konto/drugi-skladnik/",
    ),
    "naczelnik.rzeszow": ("karty/{card}/wstrzymaj/", "karty/{card}/archiwum/", "uzgodnienia/", ""),
    "koordynator.rzeszow": (
        "zespoly/uw-rzeszow/", "zestawienia/kompletnosc/",
        "zestawienia/przeglady/", "zestawienia/do-uzgodnienia/", "zestawienia/praca-osob/",
    ),
    "opiekun.uw": ("wzorce/{model}/kogo-dotyczy/", "wzorce/{catalogue}/nieoferowane/", "pages/{model}/edit/"),
    "redakcja": (
        "nowy-urzad/", "nowy-urzad/dodaj/", "nowy-urzad/{office}/karty/", "nowy-urzad/{office}/podsumowanie/", "zespoly/",
        "publikacje/", "search-reports/without-result/", "search-reports/without-opening/",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(system: System) -> dict[str, int]:
    """Keys that stand in the addresses."""
    office = key_of(system, "office")
    card = office_cards(system, "uw-rzeszow")[3][0]
    found = system.rows(
        "SELECT card.model_card_id, parent.id FROM service_catalog_officecard card"
        " JOIN wagtailcore_page model ON model.id = card.model_card_id"
        " JOIN wagtailcore_page parent ON parent.path = substr(model.path, 1, length(model.path) - 4)"
        " WHERE card.page_ptr_id = ?",
        card,
    )
    return {"office": office, "card": card, "model": int(str(found[0][0])), "catalogue": int(str(found[0][1]))}


@pytest.fixture(scope="module")
def page_of(system: System, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A browser page in which the person is logged in; each person logs in once."""
    opened: dict[str, Page] = {}

    def page_of_person(name: str) -> Page:
        if name not in opened:
            opened[name] = browser.new_page(locale="pl-PL", viewport=SCREEN)
            log_in(opened[name], system, name)
        return opened[name]

    yield page_of_person
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in SCREENS.items() for path in paths], ids=str)
def test_a_screen_is_accessible(
    page_of: Callable[[str], Page], system: System, keys: dict[str, int], name: str, path: str
) -> None:
    page = page_of(name)
    answer = page.goto(f"{system.address}/admin/{path.format(**keys)}")
    assert answer is not None
    assert answer.status == 200, page.inner_text("body")[:300]
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
