"""Catalogues over HTTP: every format under its address, honest caching, refusals that list what exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from exporters.formats import CARD_FORMATS, COLLECTIONS
from exporters.keeping import NEWEST_COLLECTIONS
from publication.models import Edition
from tests.exporters.cards_for_tests import office_reference
from tests.exporters.published_catalogue import SECRET

pytestmark = pytest.mark.urls("tests.exporters.urls_for_tests")
OFFICE = office_reference().code


@pytest.fixture(autouse=True)
def own_data_directory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path
    settings.MIDDLEWARE = []


def body(client: Client, address: str, *, status: int = 200) -> bytes:
    response = client.get(address)
    assert response.status_code == status, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


@pytest.mark.parametrize("segment", COLLECTIONS)
def test_a_catalogue_is_made_once_and_answered_with_304(
    client: Client, published: list[Edition], tmp_path: Path, segment: str
) -> None:
    address = f"/katalog/{segment}" if COLLECTIONS[segment].whole else f"/katalog/{segment}?urzad={OFFICE}"
    first = body(client, address)
    assert SECRET.encode() not in first
    (kept,) = (tmp_path / segment / "katalog").iterdir()
    assert kept.read_bytes() == first
    response = client.get(address)
    assert b"".join(response.streaming_content) == first  # type: ignore[attr-defined]
    assert response["Content-Type"] == COLLECTIONS[segment].media_type
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    kept.write_bytes(b"zachowany")
    assert body(client, address) == b"zachowany"


@pytest.mark.parametrize("segment", [name for name in CARD_FORMATS if name != "pdf"])
def test_a_card_is_made_once(client: Client, published: list[Edition], tmp_path: Path, segment: str) -> None:
    first = body(client, f"/karta/UW-PAS-001/{segment}")
    (kept,) = (tmp_path / segment).rglob(f"*.{CARD_FORMATS[segment].extension}")
    assert kept.read_bytes() == first
    kept.write_bytes(b"zachowana")
    assert body(client, f"/karta/UW-PAS-001/{segment}") == b"zachowana"


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/katalog/docx", 404, "Wybierz jeden z: xml, xml-zdarzenia, schema-org, cpsv-ap, cpsv-ap-ttl, dcat-ap, hsds"),
        ("/katalog/csv?urzad=nie-ma", 404, f"Są: {OFFICE}."),
        ("/katalog/csv?typ=XX", 404, "Są: UW."),
        ("/katalog/csv?symbol=UW-PAS-00", 404, "Podobne symbole: UW-PAS-002, UW-PAS-001."),
        ("/katalog/csv?od-wydania=999", 404, "Ostatnie wydanie ma numer 7."),
        ("/katalog/knowledge-package-consultant", 404, "Nie ma formatu"),
        ("/katalog/csv?na-dzien=2001-01-01", 404, "od 2026-01-01"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    client: Client, published: list[Edition], address: str, status: int, sentence: str
) -> None:
    assert sentence in body(client, address, status=status).decode()


@pytest.mark.parametrize("query", ["urzedy=x", "na-dzien=jutro", "od-wydania=x"])
def test_an_unknown_parameter_or_a_wrong_day_is_a_bad_request(
    client: Client, published: list[Edition], query: str
) -> None:
    assert client.get(f"/katalog/csv?{query}").status_code == 400
    assert client.get("/katalog/xml").status_code == 400


def test_only_the_newest_catalogues_stay_on_disk(client: Client, published: list[Edition], tmp_path: Path) -> None:
    folder = tmp_path / "csv" / "katalog"
    folder.mkdir(parents=True)
    for number in range(NEWEST_COLLECTIONS + 5):
        (folder / f"{number}.csv").write_bytes(b"stary")
    body(client, "/katalog/csv")
    assert len(list(folder.iterdir())) == NEWEST_COLLECTIONS


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/katalog/csv?na-dzien=2026-99-99", "„2026-99-99” to nie jest dzień. Wpisz datę w postaci RRRR-MM-DD"),
        ("/katalog/csv?foo=1", "Nie ma parametru „foo”. Można podać: na-dzien, od-wydania, urzad, typ, symbol."),
        ("/katalog/csv?od-wydania=x", "„x” to nie jest numer wydania."),
        ("/katalog/xml", "Podaj ?urzad=kod-urzędu."),
        ("/katalog/knowledge-package?urzad=uw-rzeszow", "Nie ma parametru „urzad”. Można podać: na-dzien, od-wydania."),
        ("/karta/UW-PAS-001/pdf?wariant=visit", "Nie ma wariantu „visit” wydruku karty. Wybierz jeden z: wizyta"),
        ("/karta/UW-PAS-001/xml?na-dzien=<b>", "„<b>” to nie jest dzień."),
    ],
)
def test_the_sentence_of_a_refusal_reaches_the_reader(client: Client, address: str, sentence: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert sentence in response.content.decode()
