"""An author in the browser: counter, hints while typing, a new office card, a fee, a local card from blank. axe finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.pictures import SCREEN, picture
from tests.journeys.system import System
from tests.journeys.test_editing import log_in, office_cards
from tests.waiting import until

pytestmark = pytest.mark.browser

AUTHOR = "autor.rzeszow"
NOTE_WATCHING = (
    "document.addEventListener('w-unsaved:watch-edits', () => {"
    " document.documentElement.dataset.watched = Date.now() })"
)
HARD = " W przypadku utraty dokumentu należy niezwłocznie złożyć wniosek do organu."


@pytest.fixture
def author(system: System, browser: Browser) -> Iterator[Page]:
    """A logged-in author on the usual screen. An error of a script fails the test."""
    page = browser.new_page(locale="pl-PL", viewport=SCREEN)
    page.add_init_script(NOTE_WATCHING)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    log_in(page, system, AUTHOR)
    yield page
    page.close()
    assert failures == []


def key_of(system: System, kind: str) -> int:
    """Key of the first office, office card or local card in Rzeszów."""
    if kind == "office":
        return int(str(system.rows("SELECT id FROM wagtailcore_page WHERE slug = 'uw-rzeszow'")[0][0]))
    if kind == "local":
        query = (
            "SELECT page.id FROM service_catalog_localcard card JOIN wagtailcore_page page"
            " ON page.id = card.completecard_ptr_id WHERE page.url_path LIKE '%/uw-rzeszow/%' ORDER BY page.id"
        )
        return int(str(system.rows(query)[0][0]))
    return office_cards(system, "uw-rzeszow")[3][0]


def opened(page: Page, system: System, kind: str) -> None:
    """Open the form of a card."""
    page.goto(f"{system.address}/admin/pages/{key_of(system, kind)}/edit/")
    expect(page.locator("[data-card-progress]")).to_be_visible()
    watched(page)


def watched(page: Page) -> None:
    """Wait until the form notices what is typed: it remembers what it began with until nothing in it changes any more."""
    quiet = "() => Date.now() - Number(document.documentElement.dataset.watched || Date.now()) > 1500"
    until(lambda: page.evaluate(quiet), seconds=20, what="formularz pilnuje zmian")


def unfold(page: Page, summary: str, *, nth: int = 0) -> None:
    """Open a folded part of the form."""
    page.locator("summary", has_text=summary).nth(nth).click()


def row(page: Page, relation: str, **values: str) -> None:
    """Add a row and fill its fields by their names; a choice is named by what it stores."""
    page.locator(f"#id_{relation}-ADD").click()
    number = int(page.locator(f"input[name={relation}-TOTAL_FORMS]").input_value()) - 1
    for name, value in values.items():
        field = page.locator(f"[name={relation}-{number}-{name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def entry(page: Page, stream: str, **values: str) -> None:
    """Add an entry to a list; "" names the only field of a short entry."""
    root = page.locator(f"[data-contentpath={stream}]")
    root.get_by_title("Dodaj część").last.click()
    number = int(page.locator(f"input[name={stream}-count]").input_value()) - 1
    for name, value in values.items():
        ending = f"-{name}" if name != "value" else ""
        page.locator(f"[name={stream}-{number}-value{ending}]").fill(value)


def choose(page: Page, name: str) -> None:
    """Choose the first thing of a register."""
    page.locator(f"#id_{name}-chooser button:visible").first.click()
    page.locator(".modal a[data-chooser-modal-choice]").first.click()
    expect(page.locator(".modal")).to_have_count(0)


def saved(page: Page) -> None:
    """Wait for an automatic save. After several changes it may be that of an earlier one: see `stored`."""
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible(timeout=20_000)


def stored(system: System, **values: str) -> None:
    """Wait until the newest version of some page holds these values."""
    newest = "SELECT content FROM wagtailcore_revision ORDER BY id DESC LIMIT 1"

    def holds() -> bool:
        content = str(system.rows(newest)[0][0])
        return all(f'"{name}": {json.dumps(value)}' in content for name, value in values.items())

    until(holds, seconds=60, what=f"zapisano {values}")


@pytest.mark.parametrize(
    "path",
    [
        "", "pages/{office}/", "pages/{office}/edit/", "pages/{card}/edit/", "pages/{local}/edit/", "pages/{card}/history/",
        "pages/add/service_catalog/officecard/{office}/", "pages/add/service_catalog/localcard/{office}/",
        "karty/prosty-jezyk/", "slowniczek/", "account/", "pages/search/?q=paszport", "karty/{local}/przyklad/?pole=who",
    ],
)  # fmt: skip
def test_screens_of_an_author_are_accessible(author: Page, system: System, path: str) -> None:
    keys = {kind: key_of(system, kind) for kind in ("office", "card", "local")}
    author.goto(f"{system.address}/admin/{path.format(**keys)}")
    author.wait_for_load_state("networkidle")
    assert violations(author) == []


def test_hints_and_counter_follow_the_writing(author: Page, system: System) -> None:
    opened(author, system, "local")
    picture(author, "karta-lokalna")
    who = author.locator("#id_who")
    who.fill(who.input_value() + HARD)
    hint = author.get_by_text("Zamiast „niezwłocznie” napisz „jak najszybciej”.").last
    expect(hint).to_be_visible(timeout=20_000)
    author.locator(".hint-place summary").first.click()
    who.scroll_into_view_if_needed()
    picture(author, "podpowiedzi")
    assert violations(author) == []
    author.get_by_role("button", name="Pokaż prostszy przykład").click()
    expect(author.locator(".simple-example")).to_be_visible(timeout=20_000)
    picture(author, "prostszy-przyklad")
    answer = author.locator("#id_consultant_answer")
    answer.fill("")
    missing = author.locator("[data-card-progress]").get_by_role("link", name="Odpowiedź konsultanta")
    expect(missing).to_be_visible(timeout=20_000)
    author.locator("[data-card-progress]").scroll_into_view_if_needed()
    picture(author, "brakuje")
    missing.press("Enter")
    expect(answer).to_be_focused()


def test_what_was_typed_can_be_undone(author: Page, system: System) -> None:
    opened(author, system, "local")
    when = author.locator("#id_when")
    before = when.input_value()
    when.click()
    author.keyboard.press("End")
    author.keyboard.type("xyz")
    saved(author)
    for _ in range(3):
        author.keyboard.press("Control+z")
    expect(when).to_have_value(before)
    expect(author.get_by_role("link", name="Zobacz historię karty")).to_be_visible()


def test_what_is_typed_while_something_is_saved_is_saved_too(author: Page, system: System) -> None:
    """The last words before a pause are the easiest to lose: they are typed while the words before them are on their way."""
    opened(author, system, "local")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    author.route("**/edit/", hold)
    when, validity = author.locator("#id_when"), author.locator("#id_outcome_validity")
    with author.expect_request(lambda request: request.method == "POST" and request.url.endswith("/edit/")):
        when.fill(f"{when.input_value()} Najpóźniej w piątek.")
    validity.fill("Dwa lata i jeden dzień.")
    for route in held:
        route.continue_()
    author.unroute("**/edit/")
    stored(system, outcome_validity="Dwa lata i jeden dzień.")


def test_an_office_card_shows_what_is_locked_and_why(author: Page, system: System) -> None:
    opened(author, system, "card")
    author.locator("summary", has_text="Dlaczego nie mogę tego zmienić?").first.click()
    expect(author.get_by_text("poprawi ją raz, a Twoja karta zmieni się sama").first).to_be_visible()
    picture(author, "karta-urzedu")
    assert violations(author) == []
    author.goto(f"{system.address}/admin/pages/{key_of(system, 'card')}/edit/")
    author.locator("[data-side-panel-toggle=preview]").click()
    frame = author.frame_locator("#w-preview-iframe")
    expect(frame.locator("h1")).to_be_visible(timeout=20_000)
    picture(author, "podglad-strony")
    author.locator("#id_preview_mode").select_option("konsultant")
    expect(frame.get_by_text("Widok konsultanta – klienci tego nie widzą")).to_be_visible(timeout=20_000)
    picture(author, "widok-konsultanta")


def test_the_first_office_card_asks_for_little(author: Page, system: System) -> None:
    """Goal: 30 minutes. The office decides three things; everything else is known."""
    author.goto(f"{system.address}/admin/uslugi-urzedu/{key_of(system, 'office')}/")
    again = author.get_by_role("button", name="Cofnij: oferujemy").first
    title = again.locator("xpath=ancestor::tr").locator("th").inner_text().rpartition(" (")[0]
    again.click()
    begin = author.get_by_role("button", name=f"Napisz kartę {title}")
    begin.evaluate("one => one.scrollIntoView({block: 'center'})")
    picture(author, "uslugi-urzedu")
    begin.click()
    expect(author.locator("[data-card-progress]")).to_be_visible()
    watched(author)
    picture(author, "nowa-karta-urzedu")
    asked = author.locator("[data-card-progress] [data-goto]")
    expect(asked).not_to_have_count(0)
    assert asked.count() <= 9
    for name in ("service_point", "responsible_unit"):
        author.locator(f"#id_{name}").select_option(index=1)
    author.locator("#id_contact_room").fill("12")
    for amount in author.locator("[name^=prices-][name$=-amount]:visible").all():
        amount.fill("10")
    expect(author.locator("[data-card-progress]").get_by_text("Są wszystkie odpowiedzi")).to_be_visible(timeout=20_000)


def test_a_fee_is_corrected_with_the_keyboard(author: Page, system: System) -> None:
    """Goal: 3 minutes. Open the card, go to the amount, type, send: four actions."""
    opened(author, system, "local")
    if author.locator("[name=fees-0-amount]").count() == 0:
        row(author, "fees", kind="opłata za miejsce", amount="10")
        saved(author)
        opened(author, system, "local")
    amount = author.locator("[name=fees-0-amount]")
    amount.focus()
    author.keyboard.press("Control+a")
    author.keyboard.type("123.50")
    stored(system, amount="123.50")
    opened(author, system, "local")
    expect(amount).to_have_value("123.50")
    with author.expect_response("**/wyslij/") as answered:
        author.get_by_role("button", name="Wyślij do sprawdzenia").first.press("Enter")
    assert answered.value.status == 200
    expect(author.get_by_role("heading", name="Wyślij do sprawdzenia")).to_be_visible()
    expect(author.locator("td.comparison").get_by_text("123,50").first).to_be_visible()
    picture(author, "wyslij-do-sprawdzenia")


def test_a_local_card_is_written_from_blank(author: Page, system: System) -> None:
    """Goal: 90 minutes. Every question is answered in the form and nothing is missing at the end."""
    author.goto(f"{system.address}/admin/pages/add/service_catalog/localcard/{key_of(system, 'office')}/")
    watched(author)
    fill_the_law_part(author)
    author.locator("#id_service_point").select_option(index=1)
    author.locator("#id_responsible_unit").select_option(index=1)
    author.locator("#id_contact_room").fill("7")
    stored(system, contact_room="7")
    # The answer reaches the browser a little later than the database.
    expect(author).to_have_url(re.compile(r"/pages/\d+/edit/$"), timeout=20_000)
    author.reload()
    done = author.locator("[data-card-progress]").get_by_text("Są wszystkie odpowiedzi")
    expect(done).to_be_visible(timeout=20_000)


def fill_the_law_part(page: Page) -> None:
    """Short answers to every question of a complete card."""
    page.locator("#id_title").fill("Przejażdżka po Sanie – zgoda")
    for name, text in {
        "official_name": "Zgoda na organizację przejażdżki", "summary": "Chcesz płynąć Sanem? Poproś o zgodę.",
        "who": "Każdy dorosły.", "when": "Najpóźniej 7 dni wcześniej.", "client_groups": "turyści",
        "jurisdiction_text": "Urząd w Rzeszowie.", "outcome_text": "Dostaniesz zgodę na piśmie.", "outcome_form": "decyzja",
        "consultant_answer": "Wniosek złóż 7 dni wcześniej.", "transfer": "Gdy klient pyta o wypadek.",
        "keywords_everyday": "spływ\nkajaki\npływanie", "legal_state_date": "2026-11-01", "valid_from": "2026-11-20",
        "next_review": "2027-11-01",
    }.items():  # fmt: skip
        page.locator(f"#id_{name}").fill(text)
        page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="obywatel").check()
    choose(page, "service")
    choose(page, "group")
    page.locator("#id_jurisdiction_basis").select_option(index=1)
    row(page, "channels", channel="osobiście")
    row(page, "documents", name="Wniosek")
    row(page, "handling_times", text="7 dni")
    row(page, "appeals", remedy="odwołanie", appeal_text="Masz 14 dni na odwołanie.", text="14 dni")
    entry(page, "steps", text="Wypełnij wniosek.")
    entry(page, "steps", text="Przyjdź do urzędu.")
    entry(page, "special_needs", group="senior", text="Pomożemy wypełnić wniosek.")
    row(page, "legal_bases", units="art. 5")
    choose(page, "legal_bases-0-act")
