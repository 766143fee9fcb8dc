"""Places, registers, chosen fields, origins, compression, CORS and the extended feed of changes."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from typing import Any

import jsonschema
import msgspec
import pytest
import zstandard
from django.test import Client
from django.utils.http import http_date

from exporters.catalogue_api import examples
from exporters.catalogue_api.by_place import competent
from exporters.catalogue_api.schemas import stored_answer
from exporters.http_answers import preferred
from life_events.published.life_event import LifeEvent
from publication.calendar import WARSAW, today
from publication.canonical import canonical_json
from publication.models import EditionKind, EditionState
from publication.recording import Proposal, record
from search.models import GlossaryTerm
from service_catalog.published import keys
from service_catalog.published.card import Card
from service_catalog.published.office import JurisdictionArea, Office
from service_catalog.published.register import FormFamily, FormVersion, LegalAct, TopicTree
from tests.public_site import catalogue

pytestmark = pytest.mark.usefixtures("published")
CARD = "/api/v1/cards/UW-CUD-001/uw-rzeszow"


def got(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def test_a_place_gives_the_card_of_its_office(client: Client) -> None:
    response = client.get("/api/v1/cards/UW-CUD-001?place=1863011")
    assert response.content == canonical_json(catalogue.RZESZOW_CARD)
    assert response["Content-Location"] == CARD
    far = client.get("/api/v1/cards/UW-CUD-001?place=3064011")
    assert far.status_code == 404
    assert "uw-rzeszow" in far.json()["detail"]
    assert client.get("/api/v1/cards/UW-CUD-001?place=18630").status_code == 422


def office_with(code: str, *areas: tuple[str, bool]) -> Office:
    area = tuple(JurisdictionArea(prefix=prefix, include=include) for prefix, include in areas)
    return msgspec.structs.replace(catalogue.RZESZOW_OFFICE, code=code, jurisdiction=area)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("1863011", ("miasto",)),
        ("1816034", ("powiat",)),
        ("1801011", ("wojewodztwo",)),
        ("18", ("miasto", "powiat", "wojewodztwo")),
        ("0201011", ()),
    ],
)
def test_the_nearest_area_decides(place: str, expected: tuple[str, ...]) -> None:
    offices = [
        office_with("wojewodztwo", ("18", True)),
        office_with("powiat", ("1816", True), ("1863", True), ("1863011", False)),
        office_with("miasto", ("1863011", True)),
    ]
    assert competent(offices, place) == expected


def test_chosen_fields_are_sent_with_an_etag_of_their_own(client: Client) -> None:
    response = client.get(f"{CARD}?fields=title,pickup,valid_to")
    assert response.json() == {"title": catalogue.RZESZOW_CARD.title, "pickup": "w tym samym punkcie"}
    assert response["ETag"] != client.get(CARD)["ETag"]
    known = {"if-none-match": response["ETag"]}
    assert client.get(f"{CARD}?fields=valid_to,pickup,title", headers=known).status_code == 304
    assert client.get(f"{CARD}?fields=title", headers=known).status_code == 200


@pytest.mark.parametrize("fields", ["tytul", "title,,who", "Title", ",".join(f"a{n}" for n in range(31)), "title;drop"])
def test_unknown_and_too_many_fields_are_refused(client: Client, fields: str) -> None:
    response = client.get(CARD, {"fields": fields})
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")


def test_the_origin_of_every_field_is_told(client: Client) -> None:
    found = got(client, "cards/UW-CUD-001/uw-rzeszow/origins")
    assert found["sha256"] == hashlib.sha256(canonical_json(catalogue.RZESZOW_CARD)).hexdigest()
    origins = found["origins"]
    assert (origins["pickup"], origins["place"], origins["title"]) == ("office", "office_record", "model")
    assert set(origins) == set(Card.__struct_fields__) - {"origins"}
    assert set(got(client, "cards/UW-LOK-001/uw-rzeszow/origins")["origins"].values()) <= {"office", "office_record"}
    assert client.get("/api/v1/cards/UW-NIE-001/uw-rzeszow/origins").status_code == 404


def test_registers_are_listed_and_read(client: Client) -> None:
    act = LegalAct(code="KPA", title="Kodeks postępowania administracyjnego", eli="DU/1960/168")
    forms = [
        FormFamily(code=code, title=f"Formularz {code}", versions=(FormVersion(version="1"),)) for code in ("A", "B/S")
    ]
    entries = [("act", keys.act_key("KPA"), act), *(("form", keys.form_key(form.code), form) for form in forms)]
    record(
        [
            Proposal(kind=EditionKind.REGISTER, key=key, payload=canonical_json(value), valid_from=catalogue.BEGINNING,
                     labels=frozenset({("register", name)}))
            for name, key, value in entries
        ],
        recorded_at=catalogue.NOON,
    )  # fmt: skip
    assert {"code": "KPA", "title": act.title, "eli": "DU/1960/168"} in got(client, "acts", limit=100)["items"]
    assert client.get("/api/v1/acts/KPA").content == canonical_json(act)
    first = got(client, "forms", limit=1)
    assert (first["items"][0]["code"], first["next"]) == ("A", "A")
    assert [form["code"] for form in got(client, "forms", cursor="A")["items"]] == ["B/S"]
    assert client.get("/api/v1/forms/B%2FS").content == canonical_json(forms[1])
    assert client.get("/api/v1/acts/NIC").status_code == 404


def test_the_glossary_is_paged(client: Client) -> None:
    for term in ("adres", "decyzja", "wniosek"):
        GlossaryTerm.objects.create(term=term, definition=f"Co to jest {term}.")
    first = got(client, "glossary", limit=2)
    rest = got(client, "glossary", cursor=first["next"])
    assert [item["term"] for item in first["items"] + rest["items"]] == ["adres", "decyzja", "wniosek"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("shape", "example"),
    [
        (Card, examples.CARD),
        (Office, examples.OFFICE),
        (LifeEvent, examples.LIFE_EVENT),
        (TopicTree, examples.TOPICS),
        (LegalAct, examples.ACT),
        (FormFamily, examples.FORM),
    ],
)
def test_examples_fit_their_schemas(shape: Any, example: dict[str, Any]) -> None:
    described = stored_answer(shape, "x", example)["responses"][200]["content"]["application/json"]
    jsonschema.validate(described["example"], described["schema"])
    assert json.loads(canonical_json(msgspec.convert(example, shape))) == example


def test_changes_name_the_fields_and_tombstones(client: Client) -> None:
    last = got(client, "changes", limit=500)["last"]
    changed = msgspec.structs.replace(catalogue.RZESZOW_CARD, pickup="sala 2", fees=())
    key, day = changed.key, datetime.date(2026, 5, 5)

    def proposal(card: Card, state: str) -> Proposal:
        return Proposal(kind=EditionKind.CARD, key=key, payload=canonical_json(card), valid_from=day, state=state)

    record([proposal(changed, EditionState.PUBLISHED)], recorded_at=catalogue.NOON)
    record([proposal(changed, EditionState.WITHDRAWN)], recorded_at=catalogue.NOON)
    rows = got(client, "changes", since=last, limit=500)["items"]
    assert [(row["state"], row["changed"]) for row in rows] == [
        ("published", ["fees", "pickup"]), ("withdrawn", ["state"]),
    ]  # fmt: skip
    assert got(client, "changes", limit=1)["items"][0]["changed"] is None


def test_a_sequence_beyond_the_end_is_refused(client: Client) -> None:
    last = got(client, "changes")["last"]
    assert got(client, "changes", since=last)["items"] == []
    response = client.get(f"/api/v1/changes?since={last + 1}")
    assert response.status_code == 404
    assert str(last) in response.json()["detail"]


def test_answers_are_compressed_as_asked(client: Client) -> None:
    plain = client.get(CARD)
    assert plain["Vary"] == "Accept-Encoding"
    zipped = client.get(CARD, headers={"accept-encoding": "gzip, deflate"})
    assert (zipped["Content-Encoding"], gzip.decompress(zipped.content)) == ("gzip", plain.content)
    squeezed = client.get(CARD, headers={"accept-encoding": "gzip, zstd"})
    assert squeezed["Content-Encoding"] == "zstd"
    assert zstandard.ZstdDecompressor().decompress(squeezed.content) == plain.content
    assert squeezed["ETag"] == f"W/{plain['ETag']}"
    assert client.get(CARD, headers={"if-none-match": squeezed["ETag"]}).status_code == 304
    assert not client.get("/", headers={"accept-encoding": "gzip"}).has_header("Content-Encoding")


def test_a_catalogue_file_is_compressed_as_it_streams(client: Client) -> None:
    plain = b"".join(client.get("/katalog/csv").streaming_content)  # type: ignore[attr-defined]
    for encoding in ("gzip", "zstd"):
        response = client.get("/katalog/csv", headers={"accept-encoding": encoding})
        body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        opened = (
            gzip.decompress(body)
            if encoding == "gzip"
            else zstandard.ZstdDecompressor().decompressobj().decompress(body)
        )
        assert opened == plain
        assert not response.has_header("Content-Length")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("br", ""), ("gzip", "gzip"), ("zstd;q=0, gzip", "gzip"), ("GZIP;q=0.5", "gzip"), ("zstd", "zstd")],
)
def test_the_header_decides(accepted: str, encoding: str) -> None:
    assert preferred(accepted) == encoding


def test_other_sites_may_read_but_not_as_somebody(client: Client) -> None:
    for path in (CARD, "/api/v1/cards", "/karta/UW-CUD-001/xml", "/api/v1/nie-ma"):
        response = client.get(path, headers={"origin": "https://inny.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.has_header("Access-Control-Allow-Credentials")
    preflight = client.options(CARD, headers={"origin": "https://inny.example", "access-control-request-method": "GET"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" not in preflight["Access-Control-Allow-Headers"]
    assert not client.get("/").has_header("Access-Control-Allow-Origin")
    assert not client.get("/admin/login/").has_header("Access-Control-Allow-Origin")


def test_lists_have_validators(client: Client) -> None:
    response = client.get("/api/v1/cards")
    assert client.get("/api/v1/cards", headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.get("/api/v1/cards?limit=1", headers={"if-none-match": response["ETag"]}).status_code == 200
    assert client.get("/karta/UW-CUD-001/xml")["Last-Modified"] == "Mon, 04 May 2026 12:00:00 GMT"


def test_a_list_says_when_it_changed_last(client: Client) -> None:
    """Nothing was recorded since the day began; the glossary is no part of the log, so nobody knows."""
    begun = datetime.datetime.combine(today(), datetime.time(), tzinfo=WARSAW)
    assert client.get("/api/v1/offices")["Last-Modified"] == http_date(begun.timestamp())
    assert not client.get("/api/v1/glossary").has_header("Last-Modified")
    moment = begun + datetime.timedelta(hours=30)
    changed = canonical_json(msgspec.structs.replace(catalogue.RZESZOW_CARD, pickup="sala 3"))
    proposal = Proposal(kind=EditionKind.CARD, key=catalogue.RZESZOW_CARD.key, payload=changed, valid_from=today())
    record([proposal], recorded_at=moment)
    assert client.get("/api/v1/offices")["Last-Modified"] == http_date(moment.timestamp())


def test_a_topic_has_a_feed_with_its_cards_at_offices(client: Client) -> None:
    slug = catalogue.MODEL.topic.topic_slug
    response = client.get(f"/atom/dzialy/{slug}.xml")
    assert response.status_code == 200
    assert f"/karta/{catalogue.RZESZOW_CARD.key}/" in response.content.decode()
    assert catalogue.SECRET not in response.content.decode()
