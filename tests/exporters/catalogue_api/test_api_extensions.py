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
from handbooks.published.handbook import GoodPractice, Handbook, handbook_key, practice_key
from handbooks.published.reading import LABEL
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


def test_the_card_of_a_place_is_never_of_an_office_for_another_district(client: Client) -> None:
    office = msgspec.structs.replace(
        catalogue.RZESZOW_OFFICE,
        teryt="1465011",
        jurisdiction=(JurisdictionArea(prefix="1465"),),
        districts=("Mokotów",),
    )
    record(
        [
            Proposal(
                kind=EditionKind.OFFICE,
                key=keys.office_key(office.code),
                payload=canonical_json(office),
                valid_from=today(),
            )
        ],
        recorded_at=catalogue.NOON,
    )

    def answer(place: str) -> Any:
        return client.get("/api/v1/cards/UW-CUD-001", {"place": place})

    assert answer("1465058")["Content-Location"] == CARD
    assert answer("1465028").status_code == 404
    for place, part in (("1465011", "dzielnice Mokotów"), ("14", "jego część")):
        refused = answer(place)
        assert refused.status_code == 409
        assert f"obsługuje tylko: {part}" in refused.json()["detail"]


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
        (Handbook, examples.HANDBOOK),
        (GoodPractice, examples.GOOD_PRACTICE),
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


def test_handbooks_and_good_practices_are_answered_like_cards(client: Client) -> None:
    books = [Handbook(code=code, title=f"Podręcznik {code}", number=1, issued_on="2026-01-01") for code in ("AP", "UW")]
    practice = GoodPractice(code="DP-001", title="Komputer", category="obsługa", problem="Brak.", source="Urząd")
    start = datetime.date(2026, 1, 1)
    record(
        [
            *(
                Proposal(
                    kind=EditionKind.ARTICLE,
                    key=handbook_key(book.code),
                    payload=canonical_json(book),
                    valid_from=start,
                )
                for book in books
            ),
            Proposal(
                kind=EditionKind.REGISTER,
                key=practice_key(practice.code),
                payload=canonical_json(practice),
                valid_from=start,
                labels=frozenset({("register", LABEL)}),
            ),
        ],
        recorded_at=catalogue.NOON,
    )
    for path, stored in (("handbooks/UW", books[1]), ("good-practices/DP-001", practice)):
        answer = client.get(f"/api/v1/{path}")
        assert answer.content == canonical_json(stored)
        assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
        assert client.get(f"/api/v1/{path}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.get(f"/api/v1/{path}?on=2025-12-31").status_code == 404
    first = got(client, "handbooks", limit=1)
    assert ([book["code"] for book in first["items"]], first["next"]) == (["AP"], "AP")
    assert [book["title"] for book in got(client, "handbooks", cursor="AP")["items"]] == ["Podręcznik UW"]
    assert got(client, "handbooks/UW", fields="number") == {"number": 1}
    assert got(client, "good-practices")["items"] == [{"code": "DP-001", "title": "Komputer", "category": "obsługa"}]
    assert client.get("/api/v1/handbooks/NIC").status_code == 404


def since(moment: datetime.datetime) -> dict[str, str]:
    return {"if-modified-since": http_date(moment.timestamp())}


@pytest.mark.parametrize(
    "address", [CARD, f"{CARD}?fields=title", "/karta/UW-CUD-001/xml", "/karta/UW-CUD-001/uw-rzeszow/hsds"]
)
def test_a_text_that_did_not_change_since_a_day_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Last-Modified"] == http_date(catalogue.NOON.timestamp())
    for moment, status in ((catalogue.NOON, 304), (catalogue.NOON + datetime.timedelta(days=1), 304),
                           (catalogue.NOON - datetime.timedelta(seconds=1), 200)):  # fmt: skip
        answer = client.get(address, headers=since(moment))
        assert (answer.status_code, answer["ETag"]) == (status, first["ETag"])
    named = client.get(address, headers={"if-none-match": '"inny"', **since(catalogue.NOON)})
    assert named.status_code == 200, "a hash counts before a date"
    assert client.get(address, headers={"if-modified-since": "wczoraj"}).status_code == 200


def test_a_text_recorded_earlier_changes_on_the_day_it_takes_force(client: Client) -> None:
    yesterday = datetime.datetime.combine(today(), datetime.time(), tzinfo=WARSAW) - datetime.timedelta(hours=1)
    changed = msgspec.structs.replace(catalogue.RZESZOW_CARD, pickup="sala 9")
    record([catalogue.card_proposal(changed, valid_from=today())], recorded_at=catalogue.NOON)
    for address in (CARD, f"{CARD}?fields=pickup", "/karta/UW-CUD-001/uw-rzeszow/xml"):
        answer = client.get(address, headers=since(yesterday))
        assert (answer.status_code, "sala 9" in answer.content.decode()) == (200, True)


def test_a_card_chosen_by_place_is_not_judged_by_date(client: Client) -> None:
    """Another office may become competent without any card being changed."""
    answer = client.get("/api/v1/cards/UW-CUD-001?place=1863011", headers=since(catalogue.NOON))
    assert (answer.status_code, answer.has_header("Last-Modified")) == (200, False)
    assert (
        client.get("/api/v1/cards/UW-CUD-001?place=1863011", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )


def test_a_list_that_did_not_change_since_a_day_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/offices")
    again = client.get("/api/v1/offices", headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again["ETag"], again["Last-Modified"]) == (304, first["ETag"], first["Last-Modified"])
    assert client.get("/api/v1/offices", headers=since(catalogue.NOON)).status_code == 200


@pytest.mark.parametrize("path", ["cards", "cards/UW-CUD-001", "changes", "openapi.json", "nie-ma"])
def test_headers_alone_are_those_of_the_answer(client: Client, path: str) -> None:
    whole, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("Content-Type", "ETag", "Last-Modified", "Content-Length"):
        assert head.headers.get(name) == whole.headers.get(name)
    assert client.head(CARD, headers={"if-none-match": client.get(CARD)["ETag"]}).status_code == 304


@pytest.mark.parametrize(("method", "path", "allowed"), [("post", "cards", "GET, HEAD"), ("delete", "cards/X-1", "GET, HEAD"),
                                                         ("get", "validate/card", "POST")])  # fmt: skip
def test_a_wrong_method_is_a_problem_document(client: Client, method: str, path: str, allowed: str) -> None:
    answer = getattr(client, method)(f"/api/v1/{path}", headers={"origin": "https://inny.example"})
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["detail"] == f"Ten adres nie przyjmuje metody {method.upper()}. Użyj: {allowed}."
    assert answer["Access-Control-Allow-Origin"] == "*"
