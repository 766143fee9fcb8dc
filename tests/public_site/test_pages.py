from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import etree

from exporters.pdf.assets import PRINT_SHEET
from public_site import addresses, crawlers
from public_site.templating import environment
from publication.models import EditionState
from publication.recording import record
from tests.public_site import catalogue
from tests.public_site.markup import parsed, strictly_parsed

pytestmark = pytest.mark.usefixtures("published")

PAGES = [
    "/",
    "/karta/UW-CUD-001/",
    "/karta/UW-CUD-001/?urzad=uw-rzeszow",
    "/karta/UW-CUD-001/uw-rzeszow/",
    "/karta/UW-CUD-001/uw-rzeszow/?na-dzien=2026-06-01",
    "/karta/UW-LOK-001/uw-rzeszow/",
    "/urzedy/",
    "/urzedy/?typ=UW&wojewodztwo=18",
    "/urzedy/uw-rzeszow/",
    "/urzedy/uw-gorzow/",
    "/dzialy/",
    "/dzialy/cudzoziemcy/",
    "/dzialy/cudzoziemcy/legalny-pobyt/",
    "/dzialy/cudzoziemcy/legalny-pobyt/pobyt-czasowy/",
    "/dzialy/firma/",
    "/zdarzenia/",
    "/zdarzenia/LE-12/",
    "/deklaracja-dostepnosci/",
    "/o-serwisie/",
]
MISSING = [
    "/karta/X-1/",
    "/karta/UW-CUD-001/uw-lodz/",
    "/urzedy/nie-ma/",
    "/zdarzenia/LE-99/",
    "/dzialy/nie/",
    "/dzialy/firma/nie/",
    "/nie/",
]
DECLARATION_IDS = [
    "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url",
    "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status", "a11y-kontakt",
    "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-data-sporzadzenie",
    "a11y-architektura", "a11y-komunikacja",
]  # fmt: skip


@pytest.mark.parametrize("address", [*PAGES, *MISSING])
def test_every_page_is_well_formed_and_built_of_landmarks(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == (404 if address in MISSING else 200)
    text = response.content.decode()
    strictly_parsed(text)
    tree = parsed(text)

    assert tree.getroottree().getroot().get("lang") == "pl"
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == len(tree.xpath("//header")) == len(tree.xpath("//footer")) == 1
    assert tree.xpath("//title/text()")[0].strip()
    assert tree.xpath("//body/a[1]/@href") == ["#tresc"]
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = tree.xpath("//a[starts-with(@href, '#')]/@href") + [
        f"#{name}" for name in tree.xpath("//@aria-labelledby")
    ]
    assert {target[1:] for target in targets} <= set(identifiers)
    assert {control.get("id") for control in tree.xpath("//input[@type!='hidden'] | //select")} <= set(
        tree.xpath("//label/@for")
    )
    assert tree.xpath("//table[not(.//th[@scope='col'])]") == []
    levels = [int(node.tag[1]) for node in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_it_is_an_example_unless_it_is_not(client: Client, address: str) -> None:
    assert client.get(address).content.decode().count("nie jest informacją prawną") == 1


def test_a_site_that_is_no_demonstration_has_no_such_line() -> None:
    templates = Path(settings.BASE_DIR) / "templates"
    built = environment(loader=jinja2.FileSystemLoader(templates))
    built.globals["DEMO"] = False

    assert "nie jest informacją prawną" not in built.get_template("public_site/about.html").render()


@pytest.mark.parametrize("address", [*PAGES, *MISSING])
def test_links_to_own_pages_lead_somewhere(client: Client, address: str) -> None:
    elsewhere = ("/szukaj/", "/static/", "/api/")
    links = parsed(client.get(address).content).xpath("//a[starts-with(@href, '/')]/@href")
    followed = {link.partition("#")[0] for link in links if not link.startswith(elsewhere)}
    pages = {link for link in followed if not re.search(r"/(pdf|xml)(\?|$)", link)}

    assert {
        link: client.get(link).status_code for link in pages if client.get(link).status_code not in {200, 302}
    } == {}


def test_home_leads_to_search_life_events_topics_and_offices(client: Client) -> None:
    tree = parsed(client.get("/").content)

    assert tree.xpath("//main//form[@action='/szukaj/' and @method='get']//input/@name") == ["q"]
    assert {"/zdarzenia/LE-12/", "/dzialy/cudzoziemcy/", "/urzedy/"} <= set(tree.xpath("//main//a/@href"))


def test_an_empty_catalogue_has_a_home(client: Client) -> None:
    assert client.get("/?na-dzien=1999-01-01").status_code == 200
    assert client.get("/dzialy/?na-dzien=1999-01-01").status_code == 200


def test_offices_are_listed_by_type_and_narrowed_by_voivodeship(client: Client) -> None:
    everything = client.get("/urzedy/").content.decode()
    narrowed = client.get("/urzedy/?wojewodztwo=18").content.decode()

    assert "woj. lubuskie" in everything
    assert "Podkarpacki Urząd Wojewódzki" in narrowed
    assert "Lubuski Urząd Wojewódzki" not in narrowed


def test_an_office_page_shows_its_record_and_its_cards(client: Client) -> None:
    page = client.get("/urzedy/uw-rzeszow/").content.decode()

    for text in (
        "ul. Grunwaldzka 15",
        "wtorek–piątek 7:30–15:30",
        "10 1020 4595 0000 0000 0000 0001",
        "Oddział Legalizacji Pobytu",
    ):
        assert text in page
    assert 'href="/karta/UW-CUD-001/uw-rzeszow/"' in page
    assert 'href="/karta/UW-LOK-001/uw-rzeszow/"' in page
    assert 'href="javascript:' not in page


def test_steps_of_a_life_event_stand_in_order_and_outside_providers_are_named(client: Client) -> None:
    tree = parsed(client.get("/zdarzenia/LE-12/").content)
    stages = [node.text_content() for node in tree.xpath("//main//h2")]
    steps = [" ".join(node.text_content().split()) for node in tree.xpath("//ol[@class='steps']/li/p[1]")]

    assert stages == ["Etap 1: Pobyt", "Etap 2: Praca"]
    assert steps == [
        "Pobyt czasowy i praca",
        "Numer PESEL poza tym katalogiem",
        "Zgłoszenie do ZUS poza tym katalogiem",
    ]
    assert tree.xpath("//ol[@class='steps']//a/@href") == ["/karta/UW-CUD-001/", "https://gmina.example/pesel"]


def test_a_topic_shows_general_and_local_cards_only(client: Client) -> None:
    for place in ("cudzoziemcy", "cudzoziemcy/legalny-pobyt", "cudzoziemcy/legalny-pobyt/pobyt-czasowy"):
        links = parsed(client.get(f"/dzialy/{place}/").content).xpath("//ul[@class='cards']//a/@href")
        assert links == ["/karta/UW-CUD-001/", "/karta/UW-LOK-001/uw-rzeszow/"]


def test_the_declaration_has_every_identifier_once_and_is_linked_from_every_page(client: Client) -> None:
    tree = parsed(client.get("/deklaracja-dostepnosci/").content)

    for identifier in DECLARATION_IDS:
        assert len(tree.xpath(f"//*[@id='{identifier}']")) == 1, identifier
    for identifier in ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie"):
        assert tree.xpath(f"//time[@id='{identifier}' and @datetime]")
    for address in (*PAGES, "/nie/"):
        assert parsed(client.get(address).content).xpath("//footer//a[@href='/deklaracja-dostepnosci/']"), address


def test_the_sitemap_names_what_can_be_read(client: Client, django_assert_num_queries: Any) -> None:
    gone = catalogue.tombstone(
        catalogue.GORZOW_CARD, EditionState.WITHDRAWN, valid_from=catalogue.BEGINNING.replace(year=2021)
    )
    record([gone], recorded_at=catalogue.NOON)
    with django_assert_num_queries(2):
        response = client.get("/sitemap.xml")
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    sitemap: Any = etree.fromstring(response.content)
    places = sitemap.xpath("//s:loc/text()", namespaces=namespace)
    paths = {place.removeprefix(settings.PUBLIC_ADDRESS) for place in places}

    assert {
        "/",
        "/karta/UW-CUD-001/",
        "/karta/UW-CUD-001/uw-rzeszow/",
        "/urzedy/uw-rzeszow/",
        "/zdarzenia/LE-12/",
    } <= paths
    assert "/karta/UW-CUD-001/uw-gorzow/" not in paths
    assert not any("dzialy/" in path and path != "/dzialy/" for path in paths)
    assert client.get("/sitemap-2.xml").status_code == 404


def test_a_large_sitemap_becomes_an_index(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "PER_FILE", 5)
    index = client.get("/sitemap.xml").content.decode()
    files = re.findall(r"<loc>[^<]*(/sitemap-\d+\.xml)</loc>", index)
    listed = [re.findall("<loc>", client.get(file).content.decode()) for file in files]

    assert [len(file) for file in listed] == [5, 5, 3]


def test_robots_keeps_other_days_out_of_indexes(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /*?na-dzien=" in text
    assert f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml" in text


def test_prefixes_of_links_are_the_mounted_addresses() -> None:
    assert reverse("public_site:general_card", args=["X"]) == f"{addresses.CARD}X/"
    assert reverse("public_site:office_card", args=["X", "y"]) == f"{addresses.CARD}X/y/"
    assert reverse("public_site:offices") == addresses.OFFICES
    assert reverse("public_site:life_events") == addresses.LIFE_EVENTS
    assert reverse("public_site:topics") == addresses.TOPICS
    assert reverse("public_site:about") == addresses.ABOUT
    assert reverse("public_site:accessibility_declaration") == addresses.DECLARATION


@pytest.mark.parametrize(("name", "most_bytes"), [("okienko.css", 14_000), ("print.css", 3_500)])
def test_the_style_sheets_are_small(name: str, most_bytes: int) -> None:
    sheet = Path(settings.BASE_DIR) / "static" / "public" / name

    assert sheet.stat().st_size <= most_bytes
    assert "url(" not in sheet.read_text(encoding="utf-8")


def test_on_paper_a_page_has_the_sheet_that_pdfs_have_too(client: Client) -> None:
    """The sheet of paper comes last, so that it wins, and only on paper."""
    sheets = parsed(client.get("/").content).xpath("//link[@rel='stylesheet']")
    places = [urlsplit(sheet.get("href")).path.removeprefix("/static/") for sheet in sheets]

    assert [sheet.get("media") for sheet in sheets] == [None, "print"]
    assert Path(settings.BASE_DIR, "static", places[1]) == PRINT_SHEET
