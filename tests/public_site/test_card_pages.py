from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client

from publication.models import EditionState
from publication.recording import record
from tests.public_site import catalogue
from tests.public_site.markup import parsed, readable

pytestmark = pytest.mark.usefixtures("published")

OFFICE_CARD = "/karta/UW-CUD-001/uw-rzeszow/"
GENERAL = "/karta/UW-CUD-001/"
QUESTIONS = [
    "Kto może to załatwić?",
    "Kiedy to załatwić?",
    "Gdzie i jak to załatwić?",
    "Jakie dokumenty przygotować?",
    "Ile zapłacę?",
    "Ile to potrwa?",
    "Co dostanę?",
    "Jak się odwołać?",
]
GOLDEN = Path(__file__).parent / "card.html.txt"


def body(client: Client, address: str, status: int = 200, **headers: str) -> str:
    response = client.get(address, headers=headers or None)
    assert response.status_code == status, address
    return response.content.decode()


def test_a_card_answers_the_eight_questions_first_and_in_order(client: Client) -> None:
    headings = [node.text_content().strip() for node in parsed(body(client, OFFICE_CARD)).iterfind(".//article//h2")]

    assert headings[:8] == QUESTIONS


@pytest.mark.parametrize(
    "answer",
    [
        catalogue.MODEL.who,
        catalogue.MODEL.when,
        catalogue.MODEL.jurisdiction.text,
        "Dowód ubezpieczenia",
        "jeśli nie wynika z umowy o pracę",
        "440 zł",
        "60 dni od złożenia kompletnego wniosku",
        "Decyzja i karta pobytu",
        "Szef Urzędu do Spraw Cudzoziemców",
        "14 dni od doręczenia decyzji",
        "Urząd odmówi wszczęcia postępowania.",
        "Ofiary handlu ludźmi nie płacą za kartę.",
        "Brak części pracodawcy.",
        "Tłumacz PJM, zgłoś 3 dni robocze wcześniej.",
        "bezpłatne ksero – bezpłatnie. Poproś pracownika.",
        "poniedziałek 7:30–18:00",
        "Stan prawny na 1 maja 2026",
        "Oddział Legalizacji Pobytu",
        "17 867 12 12",
        "Załącznik nr 1",
        "Ksero na parterze jest bezpłatne.",
    ],
)
def test_an_office_card_shows(client: Client, answer: str) -> None:
    assert answer in readable(body(client, OFFICE_CARD))


def test_two_payees_are_two_transfers_with_their_own_accounts(client: Client) -> None:
    tree = parsed(body(client, OFFICE_CARD))
    transfers = [re.sub(r"\s+", " ", node.text_content()) for node in tree.find_class("transfer")]

    assert len(transfers) == 2
    assert "Wpłata 1 z 2: Gmina Miasto Rzeszów" in transfers[0]
    assert "440 zł" in transfers[0]
    assert "10 1020 4595 0000 0000 0000 0001" in transfers[0]
    assert "100 zł" in transfers[1]
    assert "27 1010 1010 0165 2613 9120 0000" in transfers[1]
    assert "100 zł" not in transfers[0]


def test_a_free_matter_has_no_transfer(client: Client) -> None:
    page = body(client, "/karta/UW-LOK-001/uw-rzeszow/")

    assert "Nie płacisz." in page
    assert not parsed(page).find_class("transfer")


def test_what_an_office_added_is_marked_and_what_the_model_says_is_not(client: Client) -> None:
    tree = parsed(body(client, OFFICE_CARD))
    mistakes = [node.text_content() for node in tree.xpath("//section[@aria-labelledby='bledy']//li")]

    assert mistakes == ["Brak części pracodawcy.", "Wpłata na konto miasta zamiast urzędu. informacja tego urzędu"]
    assert "informacja tego urzędu" not in body(client, GENERAL)


def test_rules_fees_facilities_and_hours_out_of_their_time_are_not_shown(client: Client) -> None:
    page = readable(body(client, f"{OFFICE_CARD}?na-dzien=2026-06-01"))

    assert "papierowy wniosek" not in page
    assert "opłata dawna" not in page
    assert "pomoc przy spisie" not in page
    assert "dawne święta" not in page
    assert "24 grudnia 2026 – 26 grudnia 2026: zamknięte (święta)" in page
    assert "kolejkomat – bezpłatnie. Sprawdź w urzędzie." in page
    assert "ksero – bezpłatnie. Poproś pracownika. Sprawdź" not in page


def test_a_periodic_facility_is_shown_within_its_dates(client: Client) -> None:
    assert "pomoc przy spisie" in body(client, f"{OFFICE_CARD}?na-dzien=2021-09-30")
    assert "pomoc przy spisie" not in body(client, f"{OFFICE_CARD}?na-dzien=2021-10-01")


def test_the_legal_basis_cites_the_original_act_with_its_newest_consolidated_text(client: Client) -> None:
    page = body(client, OFFICE_CARD)

    assert "Ustawa o cudzoziemcach, art. 105, art. 112a" in readable(page)
    assert 'href="https://eli.gov.pl/eli/DU/2025/1079/ogl"' in page


def test_what_is_restricted_never_shows(client: Client) -> None:
    for address in (
        GENERAL,
        OFFICE_CARD,
        "/urzedy/uw-rzeszow/",
        "/dzialy/cudzoziemcy/",
        "/zdarzenia/LE-12/",
        "/sitemap.xml",
    ):
        page = body(client, address)
        assert catalogue.SECRET not in page
        assert "Jan Redaktor" not in page


def test_related_cards_are_links_only_when_they_have_a_symbol(client: Client) -> None:
    page = body(client, OFFICE_CARD)

    assert 'href="/karta/UW-LOK-001/?urzad=uw-rzeszow"' in page
    assert "Co dalej: Zezwolenie na pobyt stały" in readable(page)


def test_downloads_are_those_of_the_same_card_and_day(client: Client) -> None:
    today = parsed(body(client, OFFICE_CARD)).xpath("//dd[contains(@class, 'downloads')]/a/@href")
    past = parsed(body(client, f"{OFFICE_CARD}?na-dzien=2026-06-01")).xpath(
        "//dd[contains(@class, 'downloads')]/a/@href"
    )

    assert today == [
        f"{OFFICE_CARD}pdf",
        *(f"{OFFICE_CARD}pdf?wariant={variant}" for variant in ("wizyta", "duzy", "archiwum")),
        f"{OFFICE_CARD}xml",
        "/api/v1/cards/UW-CUD-001/uw-rzeszow",
    ]
    assert past == [
        f"{OFFICE_CARD}pdf?na-dzien=2026-06-01",
        *(f"{OFFICE_CARD}pdf?na-dzien=2026-06-01&wariant={variant}" for variant in ("wizyta", "duzy", "archiwum")),
        f"{OFFICE_CARD}xml?na-dzien=2026-06-01",
        "/api/v1/cards/UW-CUD-001/uw-rzeszow?on=2026-06-01",
    ]


def test_the_general_form_lists_its_offices_and_hides_accounts(client: Client) -> None:
    page = body(client, GENERAL)
    links = parsed(page).xpath("//details//a/@href")

    assert links == ["/karta/UW-CUD-001/uw-gorzow/", "/karta/UW-CUD-001/uw-rzeszow/"]
    assert "Numer konta zobaczysz, gdy wybierzesz urząd." in readable(page)


def test_a_chosen_office_gets_a_link_to_its_card(client: Client) -> None:
    page = body(client, f"{GENERAL}?urzad=uw-rzeszow")

    assert "Zobacz kartę: Podkarpacki Urząd Wojewódzki w Rzeszowie" in page
    assert "Wybrany urząd nie ma karty tej sprawy." in body(client, f"{GENERAL}?urzad=%3Cscript%3E")


def test_a_local_card_without_an_office_leads_to_its_only_office(client: Client) -> None:
    response = client.get("/karta/UW-LOK-001/")

    assert (response.status_code, response["Location"]) == (302, "/karta/UW-LOK-001/uw-rzeszow/")
    assert client.get("/karta/UW-LOK-001/?na-dzien=2026-06-01")["Location"].endswith("uw-rzeszow/?na-dzien=2026-06-01")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("/karta/uw-cud-001/", "/karta/UW-CUD-001/"),
        ("/karta/UW-Cud-001/UW-RZESZOW/", "/karta/UW-CUD-001/uw-rzeszow/"),
        ("/karta/uw-cud-001/?na-dzien=2026-06-01", "/karta/UW-CUD-001/?na-dzien=2026-06-01"),
        ("/zdarzenia/le-12/", "/zdarzenia/LE-12/"),
        ("/urzedy/UW-RZESZOW/", "/urzedy/uw-rzeszow/"),
    ],
)
def test_other_letters_lead_to_the_one_address(client: Client, written: str, right: str) -> None:
    response = client.get(written)

    assert (response.status_code, response["Location"]) == (301, right)


def test_another_day_shows_the_text_of_that_day_with_a_banner_and_keeps_the_day_in_links(client: Client) -> None:
    later = msgspec.structs.replace(catalogue.RZESZOW_CARD, title="Pobyt po zmianie prawa")
    record([catalogue.card_proposal(later, valid_from=catalogue.FUTURE)], recorded_at=catalogue.NOON)

    future = body(client, f"{OFFICE_CARD}?na-dzien=2090-01-01")
    past = body(client, f"{OFFICE_CARD}?na-dzien=2020-01-01")

    assert "Pobyt po zmianie prawa" in future
    assert "Wersja na przyszłość." in future
    assert "Wersja archiwalna." in past
    assert "Pobyt po zmianie prawa" not in past
    assert f'<a href="{OFFICE_CARD}">Pokaż stan na dziś</a>' in past
    inner = parsed(past).xpath("//article//a[starts-with(@href, '/') and not(contains(@href, '/api/'))]/@href")
    versions = parsed(past).xpath("//a[starts-with(., 'treść od')]/@href")
    assert [link for link in inner if "na-dzien=2020-01-01" not in link and link not in versions] == []
    assert versions == [f"{OFFICE_CARD}?na-dzien=2090-01-01", f"{OFFICE_CARD}?na-dzien=2020-01-01"]
    assert client.get(f"{OFFICE_CARD}?na-dzien=2020-01-01")["X-Robots-Tag"] == "noindex"


def test_todays_page_has_no_banner(client: Client) -> None:
    assert 'class="banner" role="note"' not in body(client, OFFICE_CARD)


def test_before_its_first_day_a_card_says_when_it_begins(client: Client) -> None:
    page = body(client, f"{OFFICE_CARD}?na-dzien=2019-12-31", status=404)

    assert f'href="{OFFICE_CARD}?na-dzien=2020-01-01"' in page


def test_a_withdrawn_card_is_gone_and_explained(client: Client) -> None:
    withdrawal = catalogue.tombstone(
        catalogue.RZESZOW_CARD, EditionState.WITHDRAWN, valid_from=datetime.date(2026, 2, 1)
    )
    record([withdrawal], recorded_at=catalogue.NOON)

    page = body(client, OFFICE_CARD, status=410)

    assert "Ta strona została wycofana" in page
    assert "1 lutego 2026" in page
    assert f'href="{OFFICE_CARD}?na-dzien=2026-01-31"' in page
    assert catalogue.MODEL.who not in page
    assert f'href="{GENERAL}"' in page
    assert 'name="q"' in page
    assert catalogue.MODEL.who in body(client, f"{OFFICE_CARD}?na-dzien=2026-01-31")
    assert "uw-rzeszow" not in parsed(body(client, GENERAL)).xpath("//details//a/@href")


def test_a_suspended_card_shows_a_notice_and_the_phone_only(client: Client) -> None:
    suspension = catalogue.tombstone(
        catalogue.RZESZOW_CARD, EditionState.SUSPENDED, valid_from=datetime.date(2026, 2, 1)
    )
    record([suspension], recorded_at=catalogue.NOON)

    page = body(client, OFFICE_CARD)

    assert "Poprawiamy tę informację" in page
    assert 'href="tel:178671000"' in page
    assert catalogue.MODEL.who not in page


def test_a_tombstone_of_any_payload_is_readable(client: Client) -> None:
    empty = catalogue.card_proposal(
        catalogue.RZESZOW_CARD, payload=b"{}", state=EditionState.WITHDRAWN, valid_from=datetime.date(2026, 2, 1)
    )
    record([empty], recorded_at=catalogue.NOON)

    assert "Ta strona została wycofana" in body(client, OFFICE_CARD, status=410)


def test_an_expired_card_leads_to_its_last_day(client: Client) -> None:
    ended = catalogue.card_proposal(
        catalogue.GORZOW_CARD, valid_from=datetime.date(2021, 1, 1), valid_to=datetime.date(2022, 6, 30)
    )
    record([ended], recorded_at=catalogue.NOON)

    assert "?na-dzien=2022-06-30" in body(client, "/karta/UW-CUD-001/uw-gorzow/", status=410)
    assert "Wersja archiwalna." in body(client, "/karta/UW-CUD-001/uw-gorzow/?na-dzien=2022-06-30")


def test_an_unknown_symbol_offers_cards_of_the_same_prefix(client: Client) -> None:
    page = body(client, "/karta/UW-CUD-999/", status=404)

    assert "Pobyt czasowy i praca w Polsce" in page
    assert "Nie znamy adresu „UW-CUD-999”" in page


def test_an_office_without_the_card_leads_to_the_general_form(client: Client) -> None:
    assert f'href="{GENERAL}"' in body(client, "/karta/UW-CUD-001/uw-lodz/", status=404)


def test_text_from_the_catalogue_is_escaped_and_dangerous_links_are_text(client: Client) -> None:
    hostile = msgspec.structs.replace(
        catalogue.RZESZOW_CARD,
        title='<script>alert("x")</script>',
        privacy_notice="javascript:alert(1)",
        local_notes=('"><img src=x onerror=alert(1)>',),
    )
    record([catalogue.card_proposal(hostile, valid_from=datetime.date(2020, 1, 2))], recorded_at=catalogue.NOON)

    page = body(client, OFFICE_CARD)

    assert page.count("<script") == 1  # the data block for search engines, which no text of a card can end
    assert page.count("</script") == 1
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page


def test_a_known_page_is_not_sent_again(client: Client, django_assert_num_queries: Any) -> None:
    for address, queries in ((OFFICE_CARD, 2), (GENERAL, 1)):
        first = client.get(address)
        with django_assert_num_queries(queries):
            second = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (second.status_code, second.content) == (304, b"")
        assert second["ETag"] == first["ETag"]
        assert first["Cache-Control"] == "public, max-age=60"


def test_a_new_edition_changes_the_etag(client: Client) -> None:
    before = {
        address: client.get(address)["ETag"] for address in (OFFICE_CARD, GENERAL, f"{OFFICE_CARD}?na-dzien=2026-06-01")
    }
    changed = msgspec.structs.replace(catalogue.RZESZOW_CARD, pickup="w okienku 3")
    record([catalogue.card_proposal(changed, valid_from=datetime.date(2021, 1, 1))], recorded_at=catalogue.NOON)

    for address, etag in before.items():
        response = client.get(address, headers={"If-None-Match": etag})
        assert response.status_code == 200
        assert response["ETag"] != etag


def test_a_future_text_changes_the_etag_of_todays_page_which_lists_it(client: Client) -> None:
    before = client.get(OFFICE_CARD)["ETag"]
    later = catalogue.card_proposal(catalogue.RZESZOW_CARD, valid_from=catalogue.FUTURE, valid_to=catalogue.FUTURE)
    record([later], recorded_at=catalogue.NOON)

    response = client.get(OFFICE_CARD, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert "treść od 1 stycznia 2090" in response.content.decode()


def test_a_card_page_costs_at_most_four_queries(client: Client, django_assert_num_queries: Any) -> None:
    client.get(OFFICE_CARD)
    with django_assert_num_queries(2):
        client.get(OFFICE_CARD)
    with django_assert_num_queries(4):
        client.get(GENERAL)


def test_a_card_page_is_light(client: Client) -> None:
    assert len(client.get(OFFICE_CARD).content) < 50_000


def test_the_page_reads_as_agreed(client: Client) -> None:
    page = readable(body(client, f"{OFFICE_CARD}?na-dzien=2026-06-01"))

    assert page == GOLDEN.read_text(encoding="utf-8")
