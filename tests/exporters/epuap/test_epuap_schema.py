"""The published schema: loads offline, refuses foreign addresses, rejects damaged documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporters.epuap import addresses, schemas
from exporters.epuap.documents import render_card
from exporters.epuap.schemas import UnknownSchemaAddress, card_schema, load_schema
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import filled

NAMES = {"ku": addresses.NAMESPACE, "adr": addresses.ADDRESS, "inst": addresses.INSTITUTION}
Damage = Callable[[etree._Element], None]


def _set(path: str, text: str) -> Damage:
    def damage(root: etree._Element) -> None:
        _found(root, path).text = text

    return damage


def _found(root: etree._Element, path: str) -> etree._Element:
    found = root.find(f".//{path}", NAMES)
    assert found is not None, path
    return found


def _swap(path: str) -> Damage:
    def damage(root: etree._Element) -> None:
        parent = _found(root, path)
        parent.append(parent[0])

    return damage


def _unknown(root: etree._Element) -> None:
    etree.SubElement(_found(root, "ku:KartaUslugi"), f"{{{addresses.NAMESPACE}}}Nowosc")


def _without(path: str, attribute: str) -> Damage:
    def damage(root: etree._Element) -> None:
        del _found(root, path).attrib[attribute]

    return damage


def _with(path: str, attribute: str, value: str) -> Damage:
    def damage(root: etree._Element) -> None:
        _found(root, path).set(attribute, value)

    return damage


DAMAGES: dict[str, Damage] = {
    "NIP of zeros": _set("ku:Nip", "0000000000"),
    "NIP with a letter": _set("ku:Nip", "12345632I8"),
    "REGON too long": _set("ku:Regon", "0009035290"),
    "bank account with spaces": _set("ku:RachunekBankowy", "95 1240 2092 9329 9200 0620 0000"),
    "bank account of Arabic digits": _set("ku:RachunekBankowy", "٩" * 26),
    "TERC of an odd voivodeship": _set("ku:Terc", "0763011"),
    "TERC of three digits": _set("ku:Terc", "186"),
    "ePUAP box without a party": _set("ku:AdresSkrytkiEpuap", "SkrytkaESP"),
    "e-Doręczenia address": _set("ku:AdresDoDoreczenElektronicznych", "AE:PL-4007-96065-RTJAF-25"),
    "negative amount": _set("ku:Kwota", "-1.00"),
    "amount with a comma": _set("ku:Kwota", "1,00"),
    "unknown unit of a deadline": _set("ku:Jednostka", "kwartał"),
    "unknown direction": _set("ku:Kierunek", "within"),
    "date that is no date": _set("ku:StanPrawnyNa", "2026-02-30"),
    "empty name": _set("ku:Nazwa", "  "),
    "no name": lambda root: _found(root, "ku:KartaUslugi").remove(_found(root, "ku:KartaUslugi/ku:Nazwa")),
    "order of the address": _swap("adr:Adres"),
    "order of the card": _swap("ku:KartaUslugi"),
    "unknown element": _unknown,
    "unknown attribute": _with("ku:KartaUslugi", "autor", "Jan"),
    "no key": _without("ku:KartaUslugi", "id"),
    "unknown kind of card": _with("ku:KartaUslugi", "rodzaj", "model"),
    "weekday eight": _with("ku:Godziny", "dzien", "8"),
    "hour 25": _with("ku:Godziny", "od", "25:00"),
    "no actor": _without("ku:Etapy/ku:Etap", "wykonawca"),
    "other format": _with("ku:TrescDokumentu", "format", "text/html"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_document_is_rejected(name: str) -> None:
    root = etree.fromstring(render_card(filled(Card), edition_sha256="0" * 64))
    assert card_schema().validate(root)
    DAMAGES[name](root)
    assert not card_schema().validate(root)


def test_two_cards_with_one_key_are_rejected() -> None:
    root = etree.fromstring(render_card(filled(Card), edition_sha256="0" * 64))
    body = _found(root, "ku:TrescDokumentu")
    body.append(etree.fromstring(etree.tostring(_found(root, "ku:KartaUslugi"))))
    assert not card_schema().validate(root)


UNKNOWN = ("http://crd.gov.pl/nieznany.xsd", "https://example.org/a.xsd", "file:///etc/passwd", "inny.xsd")


@pytest.mark.parametrize("location", UNKNOWN)
def test_an_import_from_an_unknown_address_is_refused_not_fetched(location: str) -> None:
    source = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:import namespace="urn:x" schemaLocation="{location}"/><xs:element name="a"/></xs:schema>"""
    with pytest.raises(UnknownSchemaAddress, match="nieznanego adresu"):
        load_schema(source.encode(), base_url=addresses.NAMESPACE + "schemat.xsd")


def test_official_files_are_unchanged() -> None:
    folder = Path(schemas.__file__).parent / "schemas"
    recorded = (folder / "README.md").read_text(encoding="utf-8")
    files = sorted((folder / "ministry_of_finance").iterdir())
    assert len(files) == 2
    for file in files:
        assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" in recorded


def test_the_namespace_in_every_published_file_is_the_one_of_the_code() -> None:
    for name in ("schemat.xsd", "styl.xsl"):
        assert f'"{addresses.NAMESPACE}"' in (addresses.FOLDER / name).read_text(encoding="utf-8")


def test_the_style_sheet_shows_the_answers_and_hides_the_search_words() -> None:
    library: Any = etree  # the stubs of lxml do not know access control
    sheet = etree.parse(str(addresses.FOLDER / "styl.xsl"))
    transform = library.XSLT(sheet, access_control=library.XSLTAccessControl.DENY_ALL)
    card = filled(Card)
    page = str(transform(etree.fromstring(render_card(card, edition_sha256="0" * 64))))
    text = "".join(map(str, etree.HTML(page).itertext()))
    for shown in (card.title, card.summary, card.who, card.when, card.documents[0].name, card.steps[1].text, card.fees[0].kind,
                  card.handling_time[0].text, card.outcome.text, card.appeal[0].text, card.local_notes[0]):  # fmt: skip
        assert shown in text
    assert card.keywords.everyday[0].text not in text
