from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings

from tests.search import catalogue


def page(client: Client, **parameters: str) -> str:
    response = client.get("/szukaj/", parameters)
    assert response.status_code == 200
    return response.content.decode()


def results(html: str) -> list[str]:
    """Addresses of the cards that the results on a page lead to."""
    return re.findall(r'<li><a href="(?:/szukaj)?(/karta/[^"?]+)(?:\?z=[\w:-]+)?"', html)


def links(html: str) -> dict[str, str]:
    """Addresses of the filter and paging links by their text."""
    found = re.findall(r'<a href="(/szukaj/\?[^"]+)"[^>]*>(.*?)</a>', html, flags=re.DOTALL)
    return {re.sub(r"<[^>]+>", "", text).strip(): unescape(address) for address, text in found}


@pytest.mark.usefixtures("indexed")
def test_results_show_title_snippet_fee_and_number_of_offices(client: Client) -> None:
    html = page(client, q="paszportu dla dziecka")

    assert results(html)[0] == "/karta/UW-PAS-002/"
    assert "<mark>Paszport</mark> dla <mark>dziecka</mark>" in html
    assert "2 urzędy · opłata paszportowa 30 zł" in html
    assert 'value="paszportu dla dziecka"' in html
    assert "<script" not in html


@pytest.mark.usefixtures("indexed")
def test_the_first_visit_shows_the_form_only(client: Client) -> None:
    html = page(client)

    assert 'name="q"' in html
    assert results(html) == []
    assert "Nie znaleźliśmy" not in html


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("place", ["Gorzów Wielkopolski", "gorzow wielkopolski", "0861011", "08"])
def test_a_place_by_name_or_code_leads_to_the_office_card(client: Client, place: str) -> None:
    assert results(page(client, q="paszport dla dziecka", place=place))[0] == "/karta/UW-PAS-002/uw-gorzow/"


@pytest.mark.usefixtures("indexed")
def test_an_unknown_place_is_named_and_results_are_shown_all_the_same(client: Client) -> None:
    html = page(client, q="paszport dla dziecka", place="Atlantyda")

    assert "Nie znamy miejsca „Atlantyda”" in html
    assert results(html)[0] == "/karta/UW-PAS-002/"


@pytest.mark.usefixtures("indexed")
def test_several_competent_offices_are_a_choice(client: Client) -> None:
    html = page(client, q="zaświadczenie o niezaleganiu", place="18")

    assert "Wybierz urząd:" in html
    assert "/karta/US-ZAS-001/us-boguchwala/" in html


@pytest.mark.usefixtures("indexed")
def test_a_filter_link_narrows_the_results_and_takes_itself_back(client: Client) -> None:
    html = page(client, q="zaświadczenie podatek paszport")
    narrow = next(address for text, address in links(html).items() if text.startswith("Podatki"))
    narrowed = client.get(narrow).content.decode()

    assert {address.split("-")[0] for address in results(narrowed)} == {"/karta/US"}
    assert 'aria-current="true"' in narrowed
    back = next(address for text, address in links(narrowed).items() if text.startswith("Podatki"))
    assert results(client.get(back).content.decode()) == results(html)


@pytest.mark.usefixtures("indexed")
def test_paging_forward_and_back(client: Client) -> None:
    catalogue.append(
        *(
            catalogue.proposal(catalogue.card(f"US-KAS-{number:03d}", "Kasa fiskalna", "Zgłoś kasę.", catalogue.TAXES))
            for number in range(1, 31)
        )
    )
    from search.indexer import catch_up

    catch_up(on=catalogue.TODAY)
    first = page(client, q="kasa fiskalna")
    second = client.get(links(first)["Następna strona"]).content.decode()

    assert (len(results(first)), len(results(second))) == (20, 10)
    assert not set(results(first)) & set(results(second))
    assert "Następna strona" not in links(second)
    assert results(client.get(links(second)["Poprzednia strona"]).content.decode()) == results(first)


@pytest.mark.usefixtures("indexed")
def test_a_mistyped_query_offers_the_right_one(client: Client) -> None:
    html = page(client, q="paszprot dla dziecka")

    assert results(client.get(links(html)["paszport dla dziecka"]).content.decode())[0] == "/karta/UW-PAS-002/"


@pytest.mark.usefixtures("indexed")
def test_an_empty_result_says_what_to_do(client: Client) -> None:
    html = page(client, q="kombajn zbożowy")

    assert "Nie znaleźliśmy takiej sprawy" in html
    assert '<a href="/dzialy/">' in html


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"q": "x" * 201}, "Skróć go do 200 znaków"),
        ({"q": "a\x07b"}, "nie da się wpisać z klawiatury"),
        ({"place": "x" * 81}, "Skróć go do 80 znaków"),
        ({"q": "paszport", "page": "0"}, "od 1 do 50"),
        ({"q": "paszport", "page": "51"}, "od 1 do 50"),
        ({"q": "paszport", "page": "9" * 400}, "od 1 do 50"),
        ({"q": "paszport", "page": "dwa"}, "od 1 do 50"),
        ({"q": "paszport", "page": "²"}, "od 1 do 50"),
        ({"q": "paszport", "topic": "x" * 121}, "za dużo filtrów"),
    ],
)
def test_unusable_addresses_get_a_polish_400(client: Client, parameters: dict[str, str], sentence: str) -> None:
    response = client.get("/szukaj/", parameters)

    assert response.status_code == 400
    assert sentence in response.content.decode()


@pytest.mark.usefixtures("indexed")
def test_what_a_stranger_added_to_the_address_is_not_repeated(client: Client) -> None:
    html = page(client, q="zaświadczenie paszport", zly='"><script>alert(1)</script>')

    assert "alert(1)" not in html


@pytest.mark.django_db
def test_without_an_index_the_page_leads_elsewhere(client: Client) -> None:
    html = page(client, q="paszport")

    assert "chwilowo niedostępna" in html
    assert '<a href="/dzialy/">' in html


@pytest.mark.usefixtures("indexed")
def test_nothing_but_reading_is_allowed(client: Client) -> None:
    assert client.post("/szukaj/", {"q": "paszport"}).status_code == 405


@pytest.mark.usefixtures("indexed")
def test_a_name_of_several_places_is_chosen_with_a_link(client: Client) -> None:
    html = page(client, q="paszport dla dziecka", place="Łańcut")
    assert "Które miejsce?" in html
    assert results(html)[0] == "/karta/UW-PAS-002/"

    chosen = client.get(
        links(html)["Łańcut (gmina wiejska), powiat łańcucki, województwo podkarpackie"]
    ).content.decode()
    assert 'value="Łańcut (gmina wiejska), powiat łańcucki, województwo podkarpackie"' in chosen
    assert results(chosen)[0] == "/karta/UW-PAS-002/uw-rzeszow/"
    again = page(client, q="paszport", place="Łańcut (gmina wiejska), powiat łańcucki, województwo podkarpackie")
    assert "Które miejsce?" not in again


@pytest.mark.usefixtures("indexed")
def test_an_empty_result_offers_topics_and_the_hotline(client: Client, settings: Settings) -> None:
    settings.HOTLINE_PHONE = "22 250 01 17"
    html = page(client, q="qwertyuiop")

    assert '<a href="tel:+48222500117">22 250 01 17</a>' in html
    assert '<a href="/dzialy/paszporty/">Paszporty</a>' in html
    settings.HOTLINE_PHONE = ""
    assert "infolini" not in page(client, q="qwertyuiop")
    assert "infolini" not in page(client, q="paszport")
