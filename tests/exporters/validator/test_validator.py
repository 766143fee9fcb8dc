"""The validator: right cards pass as XML and as JSON, wrong ones are told with line and sentence, hostile ones are refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from exporters.epuap.documents import render_card
from exporters.validator.checking import LARGEST, check, findings
from exporters.validator.json_places import lines_of
from publication.canonical import canonical_json
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import filled, model_card, office_card, office_reference
from tests.exporters.published_catalogue import record_small_catalogue

CARD = office_card(model_card("UW-PAS-001"), office_reference())
XML = render_card(CARD, edition_sha256="0" * 64)
JSON = json.dumps(json.loads(canonical_json(CARD)), ensure_ascii=False, indent=1).encode()


def line_with(content: bytes, text: str) -> int:
    return next(n for n, line in enumerate(content.decode().splitlines(), start=1) if text in line)


def faults(content: bytes) -> list[tuple[int, str]]:
    return [(remark.line, remark.sentence) for remark in check(content).remarks]


def test_right_cards_are_right_in_both_forms() -> None:
    assert check(XML).is_valid
    assert (check(JSON).kind, faults(JSON)) == ("json", [])
    assert findings(canonical_json(filled(Card)), "json") == []
    assert findings(b"\xef\xbb\xbf" + JSON, "json") == []


def test_an_error_in_xml_has_its_line_and_a_polish_sentence() -> None:
    wrong = XML.replace(b">1234563218<", b">1234563219<", 1)
    assert wrong != XML
    ((line, sentence),) = faults(wrong)
    assert line == line_with(wrong, "1234563219")
    assert "NIP „1234563219” ma złą cyfrę kontrolną" in sentence


WRONG_JSON: dict[str, tuple[dict[str, Any], str, str]] = {
    "type of a value": ({"title": 5}, '"title": 5', "title: ma tu stać tekst"),
    "unknown field": ({"tytul": "x"}, '"tytul"', "tytul: karta nie ma takiego pola"),
    "choice": ({"kind": "inna"}, '"kind": "inna"', "kind: dozwolone wartości: "),
    "date": ({"valid_from": "2026-02-30"}, "2026-02-30", "to nie jest data"),
    "check digit": ({"office": {**json.loads(JSON)["office"], "nip": "1"}}, '"nip"', "office.nip: NIP „1” ma złą cyfrę"),
    "missing field inside": ({"outcome": {"form": "x"}}, '"outcome"', "outcome: brakuje: text"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_JSON)
def test_an_error_in_json_has_its_line_and_a_polish_sentence(name: str) -> None:
    change, marker, sentence = WRONG_JSON[name]
    content = json.dumps(json.loads(JSON) | change, ensure_ascii=False, indent=1).encode()
    ((line, said),) = findings(content, "json")
    assert sentence in said
    assert line == line_with(content, marker)


NONSENSE: dict[str, tuple[tuple[str | int, ...], Any, str]] = {
    "amount in letters": (("fees", 0, "amount"), "abc", "fees[0].amount: kwotę pisz z dwoma miejscami po kropce"),
    "amount below zero": (("fees", 0, "amount"), "-5.00", "fees[0].amount: kwotę pisz"),
    "amount with a line break": (("fees", 0, "amount"), "5.00\n", "fees[0].amount: kwotę pisz"),
    "currency": (("fees", 0, "currency"), "ZLOTY", "fees[0].currency: walutę pisz trzema wielkimi literami"),
    "empty title": (("title",), "", "title: tu musi stać tekst"),
    "blank text inside": (("outcome", "text"), "  ", "outcome.text: tu musi stać tekst"),
    "channel": (("channels", 0, "channel"), "gołąb", "channels[0].channel: dozwolone wartości: osobiście, poczta, internet"),
    "basis": (("jurisdiction", "basis"), "wróżba", "jurisdiction.basis: dozwolone wartości: any, client_residence"),
    "audience": (("audience",), ["smok"], "audience[0]: dozwolone wartości: obywatel"),
    "order of days": (("valid_to",), "2020-01-01", "valid_to: „2020-01-01” jest wcześniej niż valid_from"),
    "order of months": (("valid_to",), "2020-01", "valid_to: „2020-01” jest wcześniej niż valid_from"),
    "type of office": (("office_type", "code"), "ZZ", "office_type.code: nie ma typu urzędu „ZZ”; w rejestrze są: UC, UW"),
    "key": (("key",), "UW-PAS-002/uw-rzeszow", "key: klucz nie zgadza się z symbolem i urzędem; ma to być „UW-PAS-001/uw"),
    "code inside the office": (("office", "teryt"), "123", "office.teryt: TERYT siedziby ma 7 cyfr"),
    "no office": (("office",), None, "całość: brakuje: office"),
    "origin": (("origins",), {"last_verified": "gołąb"}, "origins.last_verified: dozwolone wartości: model, office"),
}  # fmt: skip


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_told_with_its_place(name: str) -> None:
    (*parents, last), value, sentence = NONSENSE[name]
    card = json.loads(JSON)
    inside = card
    for part in parents:
        inside = inside[part]
    inside[last] = value
    said = [text for _, text in findings(json.dumps(card).encode(), "json", "UC,UW")]
    assert [text for text in said if text.startswith(sentence)] == said != []


def test_a_symbol_with_a_space_is_told_as_a_symbol() -> None:
    card = json.loads(JSON) | {"symbol": "x y", "key": "x y/uw-rzeszow"}
    said = [text for _, text in findings(json.dumps(card).encode(), "json")]
    assert [text.partition(":")[0] for text in said] == ["key", "symbol"]


@given(st.text(max_size=8))
def test_only_amounts_with_two_places_are_amounts(amount: str) -> None:
    card = json.loads(JSON)
    card["fees"][0]["amount"] = amount
    faults = findings(json.dumps(card).encode(), "json")
    whole, _, places = amount.partition(".")
    is_amount = (
        whole.isascii()
        and whole.isdigit()
        and len(whole) <= 7
        and places.isascii()
        and places.isdigit()
        and len(places) == 2
    )
    assert (faults == []) is is_amount


@pytest.mark.parametrize("kind", ["model", "office", "local"])
def test_cards_of_every_kind_with_their_origins_are_right(kind: str) -> None:
    card = model_card("UW-PAS-001")
    if kind != "model":
        origins: dict[str, Any] = {"last_verified": "office", "valid_from": "model", "place": "office_record"}
        card = msgspec.structs.replace(office_card(card, office_reference(), origins=origins), kind=kind)
    assert findings(canonical_json(card), "json", "UW") == []


HOSTILE = {
    "entity bomb": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
    "200,000 levels of XML": b"<a>" * 200_000,
    "200,000 levels of JSON": b"[" * 200_000,
    "300,000 attributes": b"<a " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>",
    "inclusion": b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    "UTF-16": "<a/>".encode("utf-16"),
    "too large": b" " * (LARGEST + 1),
    "binary": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_card_gets_one_sentence(name: str) -> None:
    (remark,) = check(HOSTILE[name]).remarks
    assert remark.sentence


json_values = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=15,
)


@given(json_values, st.sampled_from([None, 1]))
def test_every_value_has_its_line(value: Any, indent: int | None) -> None:
    lines = lines_of(json.dumps(value, indent=indent))

    def walk(item: Any, path: tuple[str | int, ...]) -> None:
        assert path in lines
        if isinstance(item, dict):
            for name, inner in item.items():
                walk(inner, (*path, name))
        elif isinstance(item, list):
            for n, inner in enumerate(item):
                walk(inner, (*path, n))

    walk(value, ())
    assert set(lines.values()) <= set(range(1, json.dumps(value, indent=indent).count("\n") + 2))


@pytest.mark.django_db
def test_the_page_takes_a_paste_or_a_file_and_sets_no_cookie(client: Client) -> None:
    assert "Sprawdź kartę" in client.get("/walidator/").content.decode()
    wrong = XML.replace(b">1234563218<", b">1234563219<", 1)
    pasted = client.post("/walidator/", {"tresc": wrong.decode()})
    page = pasted.content.decode()
    assert "1 błąd" in page
    assert f"<td>{line_with(wrong, '1234563219')}</td>" in page
    uploaded = client.post("/walidator/", {"plik": SimpleUploadedFile("karta.json", JSON)})
    assert "Karta jest poprawna" in uploaded.content.decode()
    assert not pasted.cookies
    assert not uploaded.cookies


@pytest.mark.django_db
def test_the_page_refuses_nothing_and_too_much(client: Client) -> None:
    assert client.post("/walidator/", {"tresc": " "}).status_code == 400
    big = client.post("/walidator/", {"plik": SimpleUploadedFile("karta.xml", b"<" * (LARGEST + 200_000))})
    assert big.status_code == 400
    assert "To za dużo naraz" in big.content.decode()
    assert "<script>" not in client.post("/walidator/", {"tresc": "<script>alert(1)</script>"}).content.decode()


@pytest.mark.django_db
def test_the_api_answers_with_lines(client: Client) -> None:
    right = client.post("/api/v1/validate/card", JSON, content_type="application/json")
    assert right.json() == {"valid": True, "kind": "json", "errors": []}
    wrong = client.post("/api/v1/validate/card", b"<a>\n<b></a>", content_type="application/xml").json()
    assert (wrong["valid"], wrong["errors"][0]["line"]) == (False, 2)
    assert client.post("/api/v1/validate/card", b"", content_type="application/xml").status_code == 400
    large = client.post("/api/v1/validate/card", b"<" * (LARGEST + 1), content_type="application/xml")
    assert large.status_code == 413
    assert client.post("/api/v1/validate/card?x=1", JSON, content_type="application/json").status_code == 422
    assert client.get("/api/v1/validate/card").status_code == 405


@pytest.mark.django_db
def test_the_types_of_offices_come_from_the_register(client: Client) -> None:
    record_small_catalogue()
    card = json.loads(JSON) | {"office_type": {"code": "ZZ", "name": "zły"}}
    answer = client.post("/api/v1/validate/card", json.dumps(card), content_type="application/json").json()
    (fault,) = answer["errors"]
    assert fault["sentence"] == "office_type.code: nie ma typu urzędu „ZZ”; w rejestrze są: UW"
    page = client.post("/walidator/", {"tresc": json.dumps(card)}).content.decode()
    assert "nie ma typu urzędu „ZZ”" in page
