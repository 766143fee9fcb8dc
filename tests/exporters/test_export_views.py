"""Documents over HTTP: the right bytes, honest caching, refusals."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings

from exporters.epuap import addresses
from exporters.epuap.documents import render_card
from exporters.epuap.schemas import card_schema
from exporters.pdf import documents
from exporters.pdf.refusals import FaultyBook
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.recording import Proposal, record
from service_catalog.published.keys import office_key
from service_catalog.published.office import JurisdictionArea
from tests.exporters.cards_for_tests import model_card, office_record, office_reference
from tests.exporters.published_catalogue import RECORDED_AT, SECRET, small_catalogue, withdrawal

pytestmark = pytest.mark.urls("tests.exporters.urls_for_tests")
OFFICE = office_reference().code


@pytest.fixture(autouse=True)
def own_data_directory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path
    settings.MIDDLEWARE = []


def edition_of(published: list[Edition], key: str) -> Edition:
    return next(edition for edition in published if edition.key == key)


def test_xml_of_a_general_card_is_the_rendered_edition(client: Client, published: list[Edition]) -> None:
    response = client.get("/karta/UW-PAS-001/xml")
    edition = edition_of(published, "UW-PAS-001")
    assert response.content == render_card(model_card("UW-PAS-001"), edition_sha256=edition.sha256)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert card_schema().validate(etree.fromstring(response.content))
    assert SECRET.encode() not in response.content


@pytest.mark.parametrize("extension", ["xml", "pdf"])
@pytest.mark.parametrize("key", ["UW-PAS-001", f"UW-PAS-001/{OFFICE}"])
def test_an_unchanged_document_is_answered_with_304(
    client: Client, published: list[Edition], key: str, extension: str
) -> None:
    first = client.get(f"/karta/{key}/{extension}")
    assert first.status_code == 200
    etag = first["ETag"]
    assert etag.startswith('"')
    again = client.get(f"/karta/{key}/{extension}", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    other = client.get(f"/karta/{key}/{extension}", headers={"if-none-match": '"inny"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_every_document_has_its_own_etag(client: Client, published: list[Edition]) -> None:
    paths = [
        f"/karta/{key}/{extension}" for key in ("UW-PAS-001", f"UW-PAS-001/{OFFICE}") for extension in ("xml", "pdf")
    ]
    assert len({client.get(path)["ETag"] for path in paths}) == 4


def test_the_etag_of_a_pdf_changes_with_the_demonstration_line(
    client: Client, published: list[Edition], settings: Settings
) -> None:
    settings.DEMO = True
    with_line = client.get("/karta/UW-PAS-001/pdf")
    settings.DEMO = False
    without = client.get("/karta/UW-PAS-001/pdf")
    assert with_line["ETag"] != without["ETag"]
    assert with_line.content != without.content


def test_a_pdf_is_kept_and_read_again(client: Client, published: list[Edition], tmp_path: Path) -> None:
    response = client.get("/karta/UW-PAS-001/pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="UW-PAS-001.pdf"'
    (kept,) = (tmp_path / "pdf").rglob("*.pdf")
    assert kept.read_bytes() == response.content
    assert kept.stem == response["ETag"].strip('"')
    kept.write_bytes(b"%PDF zachowany")
    assert client.get("/karta/UW-PAS-001/pdf").content == b"%PDF zachowany"


def test_a_disk_that_cannot_be_written_does_not_stop_a_pdf(
    client: Client, published: list[Edition], tmp_path: Path
) -> None:
    (tmp_path / "pdf").write_text("nie folder")
    assert client.get("/karta/UW-PAS-001/pdf").content.startswith(b"%PDF")


def test_the_state_of_another_day_can_be_asked_for(client: Client, published: list[Edition]) -> None:
    assert client.get("/karta/UW-PAS-001/xml?na-dzien=2025-12-31").status_code == 404
    assert client.get("/karta/UW-PAS-001/xml?na-dzien=2026-01-01").status_code == 200


@pytest.mark.parametrize("day", ["jutro", "2026-02-30", "0001-01-01", "9999-12-31", "%00", "2026-1-1"])
def test_a_day_that_is_no_day_is_refused(client: Client, published: list[Edition], day: str) -> None:
    assert client.get(f"/karta/UW-PAS-001/xml?na-dzien={day}").status_code == 400


ABSENT = ("/karta/NIE-MA/xml", "/karta/UW-PAS-001/nie-ma/pdf", "/karta/dzialy/xml", "/karta/UW-PAS-001/doc")


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_not_found(client: Client, published: list[Edition], path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_withdrawn_card_is_gone_and_says_so(client: Client, published: list[Edition]) -> None:
    record([withdrawal(small_catalogue()[0], valid_from=datetime.date(2026, 1, 2))], recorded_at=RECORDED_AT)
    response = client.get("/karta/UW-PAS-001/xml")
    assert response.status_code == 410
    assert "/karta/UW-PAS-001/" in response.content.decode()
    assert "Paszport" not in response.content.decode()


@pytest.mark.parametrize("name", ["schemat.xsd", "styl.xsl", "styl.css"])
def test_files_of_the_schema_are_served_under_their_dated_address(client: Client, name: str) -> None:
    path = addresses.PUBLISHED_PATH + name
    response = client.get(path)
    assert response.content == (addresses.FOLDER / name).read_bytes()
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert addresses.NAMESPACE.endswith(addresses.PUBLISHED_PATH)


def test_only_reading_is_allowed(client: Client, published: list[Edition]) -> None:
    assert client.post("/karta/UW-PAS-001/xml").status_code == 405
    assert client.head("/karta/UW-PAS-001/xml").status_code == 200


def test_a_pdf_has_variants_and_an_unknown_one_is_refused_by_name(client: Client, published: list[Edition]) -> None:
    addresses_of_variants = [f"/karta/UW-PAS-001/pdf{query}" for query in ("", "?wariant=wizyta", "?wariant=duzy")]
    answers = [client.get(address) for address in addresses_of_variants]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.content for answer in answers}) == 3
    assert len({answer["ETag"] for answer in answers}) == 3
    refused = client.get("/karta/UW-PAS-001/pdf?wariant=maly")
    assert refused.status_code == 400


def test_a_print_that_fails_its_checks_is_not_sent(
    client: Client, published: list[Edition], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The reader gets a sentence and the log the reason; nothing is kept, so the next reader gets the card."""

    def find_a_fault(*arguments: object, **options: object) -> None:
        raise FaultyBook("UW-PAS-001: na stronie 1 brakuje znaku.")

    with monkeypatch.context() as broken:
        broken.setattr(documents, "check_book", find_a_fault)
        response = client.get("/karta/UW-PAS-001/pdf")
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "nie udało się wydrukować" in response.content.decode()
    assert "brakuje znaku" in caplog.text
    assert client.get("/karta/UW-PAS-001/pdf").status_code == 200


AREA_FORMATS = ("schema-org", "cpsv-ap", "cpsv-ap-ttl", "hsds")


@pytest.mark.parametrize("segment", AREA_FORMATS)
def test_the_area_of_a_card_is_that_of_its_office_on_the_day(
    client: Client, published: list[Edition], segment: str
) -> None:
    """The record of an office changes without its cards: so do the documents, and their ETags."""
    address = f"/karta/UW-PAS-001/{OFFICE}/{segment}"
    before = client.get(address)
    for since, name in (("2026-03-01", "województwo podkarpackie"), ("2090-01-01", "województwo śląskie")):
        record_of_office = msgspec.structs.replace(
            office_record(), jurisdiction=(JurisdictionArea(prefix="18", name=name),)
        )
        record(
            [
                Proposal(
                    kind=EditionKind.OFFICE,
                    key=office_key(OFFICE),
                    payload=canonical_json(record_of_office),
                    valid_from=datetime.date.fromisoformat(since),
                )
            ],
            recorded_at=RECORDED_AT,
        )
    now, later = client.get(address), client.get(address, {"na-dzien": "2090-01-02"})
    assert "województwo podkarpackie" not in before.content.decode()
    assert "województwo podkarpackie" in now.content.decode()
    assert "województwo śląskie" in later.content.decode()
    assert len({answer["ETag"] for answer in (before, now, later)}) == 3
    assert client.get(address, headers={"if-none-match": now["ETag"]}).status_code == 304
    for query, name in (
        ({}, "podkarpackie"),
        ({"na-dzien": "2090-01-02"}, "śląskie"),
        ({"symbol": "UW-PAS-001"}, "podkarpackie"),
    ):
        whole = b"".join(client.get(f"/katalog/{segment}", query).streaming_content).decode()  # type: ignore[attr-defined]
        assert f"województwo {name}" in whole
