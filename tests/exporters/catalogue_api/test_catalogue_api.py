from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

import msgspec
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from exporters.catalogue_api.changes import cause_kind
from exporters.catalogue_api.schemas import stored_answer
from publication.canonical import canonical_json
from publication.models import EditionKind, EditionState
from publication.recording import Proposal, record
from service_catalog.published import keys
from service_catalog.published.card import Card
from service_catalog.published.register import OfficeType
from tests.public_site import catalogue

pytestmark = pytest.mark.usefixtures("published")

API = "/api/v1/"
CARD = f"{API}cards/UW-CUD-001/uw-rzeszow"
STORED = [
    (CARD, catalogue.RZESZOW_CARD),
    (f"{API}cards/UW-CUD-001", catalogue.MODEL),
    (f"{API}offices/uw-rzeszow", catalogue.RZESZOW_OFFICE),
    (f"{API}life-events/LE-12", catalogue.ARRIVAL),
    (f"{API}topics", catalogue.TREE),
]
LISTS = {
    f"{API}cards": ["office", "office_type", "topic", "life_event", "kind", "on", "limit", "cursor"],
    f"{API}offices": ["office_type", "voivodeship", "on", "limit", "cursor"],
    f"{API}life-events": ["on", "limit", "cursor"],
    f"{API}changes": ["since", "limit"],
}


def got(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"{API}{path}", query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def card_keys(client: Client, **query: Any) -> list[str]:
    return [item["key"] for item in got(client, "cards", **query)["items"]]


@pytest.mark.parametrize(("address", "value"), STORED)
def test_stored_bytes_are_sent_as_they_are_with_their_hash_as_etag(
    client: Client, address: str, value: msgspec.Struct
) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.content == canonical_json(value)
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Content-Type"].startswith("application/json")
    assert response["Last-Modified"] == "Mon, 04 May 2026 12:00:00 GMT"


@pytest.mark.parametrize(("address", "value"), STORED)
def test_one_query_reads_a_stored_answer(
    client: Client, address: str, value: msgspec.Struct, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_known_hash_gets_304_without_reading_the_payload(
    client: Client, form: str, django_assert_num_queries: Any
) -> None:
    etag = client.get(CARD)["ETag"]
    with django_assert_num_queries(1) as captured:
        response = client.get(CARD, headers={"If-None-Match": form.format(etag)})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert '"payload"' not in captured.captured_queries[0]["sql"]
    assert '"restricted"' not in captured.captured_queries[0]["sql"]


def test_an_old_hash_gets_the_new_text(client: Client) -> None:
    response = client.get(CARD, headers={"If-None-Match": f'"{"0" * 64}"'})

    assert response.content == canonical_json(catalogue.RZESZOW_CARD)


def test_a_day_selects_the_text_of_that_day(client: Client) -> None:
    later = msgspec.structs.replace(catalogue.MODEL, title="Po zmianie")
    record([catalogue.card_proposal(later, valid_from=catalogue.FUTURE)], recorded_at=catalogue.NOON)

    assert got(client, "cards/UW-CUD-001")["title"] == catalogue.MODEL.title
    assert got(client, "cards/UW-CUD-001", on="2090-01-01")["title"] == "Po zmianie"
    assert client.get(f"{API}cards/UW-CUD-001?on=2019-12-31").status_code == 404


@pytest.mark.parametrize(("state", "status"), [(EditionState.WITHDRAWN, 410), (EditionState.SUSPENDED, 404)])
def test_a_tombstone_is_a_problem_document_without_the_text(client: Client, state: EditionState, status: int) -> None:
    etag = client.get(CARD)["ETag"]
    record(
        [catalogue.tombstone(catalogue.RZESZOW_CARD, state, valid_from=datetime.date(2026, 2, 1))],
        recorded_at=catalogue.NOON,
    )
    for headers in ({}, {"If-None-Match": etag}):
        response = client.get(CARD, headers=headers)
        assert response.status_code == status
        assert response["Content-Type"].startswith("application/problem+json")
        assert response.json()["status"] == status
        assert "2026-02-01" in response.json()["detail"]
        assert catalogue.MODEL.who not in response.content.decode()
    assert client.get(f"{CARD}?on=2026-01-31").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["cards/X-1", "cards/UW-CUD-001/nie", "offices/nie", "life-events/nie", "cards/dzialy", "cards/urzad/uw-rzeszow"],
)
def test_what_is_not_there_or_of_another_kind_is_a_problem_document(client: Client, path: str) -> None:
    response = client.get(f"{API}{path}")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")
    assert "Sprawdź kod i datę" in response.json()["detail"]


def test_a_list_of_cards_shows_teasers_with_addresses(client: Client) -> None:
    first = got(client, "cards", kind="office", office="uw-rzeszow")["items"]

    assert first == [
        {
            "key": "UW-CUD-001/uw-rzeszow",
            "symbol": "UW-CUD-001",
            "kind": "office",
            "title": catalogue.MODEL.title,
            "summary": catalogue.MODEL.summary,
            "office_type": {"code": "UW", "name": "urząd wojewódzki"},
            "office": {"code": "uw-rzeszow", "name": catalogue.RZESZOW.name},
            "topic": "Cudzoziemcy",
            "category": "Legalny pobyt",
            "group": "Pobyt czasowy",
            "life_events": ["LE-12"],
            "url": first[0]["url"],
            "pdf": f"{first[0]['url']}pdf",
        }
    ]
    assert first[0]["url"].endswith("/karta/UW-CUD-001/uw-rzeszow/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["UW-CUD-001", "UW-CUD-001/uw-gorzow", "UW-CUD-001/uw-rzeszow", "UW-LOK-001/uw-rzeszow"]),
        ({"kind": "model"}, ["UW-CUD-001"]),
        ({"kind": "office"}, ["UW-CUD-001/uw-gorzow", "UW-CUD-001/uw-rzeszow"]),
        ({"kind": "local"}, ["UW-LOK-001/uw-rzeszow"]),
        ({"office": "uw-rzeszow"}, ["UW-CUD-001/uw-rzeszow", "UW-LOK-001/uw-rzeszow"]),
        ({"topic": "cudzoziemcy", "office": "uw-gorzow"}, ["UW-CUD-001/uw-gorzow"]),
        ({"topic": "firma"}, []),
        ({"life_event": "LE-12"}, ["UW-CUD-001", "UW-CUD-001/uw-gorzow", "UW-CUD-001/uw-rzeszow"]),
        ({"office_type": "UW", "kind": "local"}, ["UW-LOK-001/uw-rzeszow"]),
        ({"on": "2019-12-31"}, []),
    ],
)
def test_filters_mean_the_service_of_the_card(client: Client, query: dict[str, str], expected: list[str]) -> None:
    assert card_keys(client, **query) == expected


def test_withdrawn_cards_leave_the_list(client: Client) -> None:
    record(
        [catalogue.tombstone(catalogue.GORZOW_CARD, EditionState.WITHDRAWN, valid_from=datetime.date(2026, 2, 1))],
        recorded_at=catalogue.NOON,
    )

    assert "UW-CUD-001/uw-gorzow" not in card_keys(client)
    assert "UW-CUD-001/uw-gorzow" in card_keys(client, on="2026-01-31")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
@pytest.mark.parametrize(("path", "name"), [("cards", "key"), ("offices", "code"), ("life-events", "code")])
def test_pages_join_to_the_whole_list(client: Client, limit: int, path: str, name: str) -> None:
    whole = [item[name] for item in got(client, path, limit=100)["items"]]
    joined: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = got(client, path, limit=limit, cursor=cursor)
        assert len(page["items"]) <= limit
        joined += [item[name] for item in page["items"]]
        cursor = page["next"]

    assert joined == whole
    assert whole


def test_offices_are_filtered_by_voivodeship_and_type(client: Client) -> None:
    assert [item["code"] for item in got(client, "offices", voivodeship="18", office_type="UW")["items"]] == [
        "uw-rzeszow"
    ]
    assert got(client, "offices", voivodeship="24", office_type="UW")["items"] == []


def test_changes_come_in_order_without_gaps_and_with_tombstones(client: Client) -> None:
    record(
        [catalogue.tombstone(catalogue.GORZOW_CARD, EditionState.WITHDRAWN, valid_from=datetime.date(2026, 2, 1))],
        recorded_at=catalogue.NOON,
    )
    rows: list[dict[str, Any]] = []
    since = 0
    while True:
        page = got(client, "changes", since=since, limit=2)
        rows += page["items"]
        since = page["next"]
        if since == page["last"]:
            break

    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1] == {
        "sequence": 9,
        "kind": "card",
        "key": "UW-CUD-001/uw-gorzow",
        "state": "withdrawn",
        "sha256": rows[-1]["sha256"],
        "valid_from": "2026-02-01",
        "valid_to": None,
        "recorded_at": "2026-05-04T12:00:00Z",
        "cause": "card",
        "changed": ["state"],
    }
    assert got(client, "changes", since=since) == {"items": [], "next": since, "last": since}


def test_changes_name_no_person_and_carry_no_text(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3) as captured:
        text = client.get(f"{API}changes?limit=100").content.decode()

    for word in ("Jan Redaktor", "pierwsza publikacja", catalogue.SECRET, catalogue.MODEL.who):
        assert word not in text
    for query in captured.captured_queries:
        assert '"payload"' not in query["sql"]
        assert '"restricted"' not in query["sql"]


@pytest.mark.parametrize(
    "cause", [{}, {"kind": "Jan Kowalski"}, {"kind": "card\n"}, {"kind": ""}, {"who": "card"}, None, [], {"kind": 5}]
)
def test_a_cause_that_is_no_plain_code_is_not_told(cause: object) -> None:
    assert cause_kind(cause) == "other"


@pytest.mark.parametrize("address", [*LISTS, *(address for address, _ in STORED)])
def test_no_answer_reads_or_sends_what_is_restricted(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3) as captured:
        response = client.get(address)

    assert catalogue.SECRET not in response.content.decode()
    assert not any('"restricted"' in query["sql"] for query in captured.captured_queries)
    assert not response.cookies


@pytest.mark.parametrize("address", [*LISTS, *(address for address, _ in STORED)])
def test_unknown_parameters_are_refused_by_name(client: Client, address: str) -> None:
    response = client.get(f"{address}?limt=5&%22=x")

    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    assert "„limt”" in response.json()["detail"]


@pytest.mark.parametrize(
    "day", ["31.02.2026", "2026-02-31", "0000-01-01", "10000-01-01", "1", "-1", "2026-01-01T00:00:00", "{x}", '"', ""]
)
@pytest.mark.parametrize("address", [*(a for a in LISTS if "on" in LISTS[a]), *(address for address, _ in STORED)])
def test_a_wrong_day_is_refused_in_polish(client: Client, address: str, day: str) -> None:
    response = client.get(address, {"on": day})

    assert response.status_code in {400, 422}
    assert "Wpisz ją w postaci RRRR-MM-DD" in json.dumps(response.json(), ensure_ascii=False)


@pytest.mark.parametrize("limit", ["0", "501", "-1", "abc", "1e2", "9" * 30, "", "１"])
@pytest.mark.parametrize("address", list(LISTS))
def test_a_limit_out_of_bounds_is_refused_in_polish(client: Client, address: str, limit: str) -> None:
    response = client.get(address, {"limit": limit})

    assert response.status_code in {400, 422}
    most = 500 if address.endswith("changes") else 100
    assert f"Wpisz liczbę całkowitą od 1 do {most}." in json.dumps(response.json(), ensure_ascii=False)


@pytest.mark.parametrize("since", ["-1", "9223372036854775808", "abc", "1.5"])
def test_a_sequence_out_of_bounds_is_refused(client: Client, since: str) -> None:
    assert client.get(f"{API}changes", {"since": since}).status_code in {400, 422}


def test_a_list_longer_than_its_bound_is_refused(client: Client) -> None:
    assert client.get(f"{API}cards?limit=101").status_code == 422


def test_the_greatest_sequence_is_understood(client: Client) -> None:
    assert client.get(f"{API}changes?since={2**63 - 1}").status_code == 404


@effort(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(list(LISTS)),
    data=st.data(),
    value=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)
def test_any_value_of_a_known_parameter_is_answered(
    client: Client, address: str, data: st.DataObject, value: str
) -> None:
    name = data.draw(st.sampled_from(LISTS[address]))

    assert client.get(address, {name: value}).status_code in {200, 400, 422}


@pytest.mark.parametrize("code", ["%00", "%ff", "a" * 121, "%22", "%E2%80%AE", "..", "a" * 9000])
@pytest.mark.parametrize("path", ["cards/{}", "cards/UW-CUD-001/{}", "offices/{}", "life-events/{}"])
def test_strange_codes_get_a_4xx(client: Client, path: str, code: str) -> None:
    assert 400 <= client.get(f"{API}{path.format(code)}").status_code < 500


def test_the_description_of_a_card_has_no_loose_references() -> None:
    described = json.dumps(stored_answer(Card, "Karta"))

    assert "$ref" not in described
    for name in msgspec.structs.fields(Card):
        assert f'"{name.encode_name}"' in described


def test_every_operation_describes_its_parameters_answers_and_problems(client: Client) -> None:
    described = client.get(f"{API}openapi.json").json()["paths"]
    ours = [path for path in described if path.startswith((*LISTS, f"{API}topics")) and not path.endswith("/resolve")]
    operations = {path: described[path]["get"] for path in ours}

    assert len(operations) == 10
    for path, operation in operations.items():
        assert "application/problem+json" in operation["responses"]["422"]["content"], path
        assert operation["responses"]["200"]["content"]["application/json"]["schema"], path
        queries = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"]
        assert queries, path
        assert client.get(f"{path.replace('{', '').replace('}', '')}?nieznany=1").status_code == 422, path
        if path in LISTS:
            assert set(queries) == set(LISTS[path])


@pytest.mark.parametrize(
    ("path", "name", "value", "where"),
    [
        ("cards", "office", "nope", "Kody podaje /api/v1/offices."),
        ("cards", "topic", "nope", "Są: cudzoziemcy, firma."),
        ("cards", "office_type", "ZZ", "Są: UW."),
        ("cards", "life_event", "LE-99", "Kody podaje /api/v1/life-events."),
        ("offices", "office_type", "ZZ", "Są: UW."),
        ("offices", "voivodeship", "podkarpackie", "18 (podkarpackie)"),
        ("offices", "voivodeship", "99", "18 (podkarpackie)"),
    ],
)
def test_a_filter_value_that_does_not_exist_is_refused_by_name(
    client: Client, path: str, name: str, value: str, where: str
) -> None:
    register = OfficeType(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    record(
        [
            Proposal(
                kind=EditionKind.REGISTER,
                key=keys.office_type_key("UW"),
                payload=canonical_json(register),
                valid_from=catalogue.BEGINNING,
                labels=frozenset({("register", "office_type")}),
            )
        ],
        recorded_at=catalogue.NOON,
    )
    response = client.get(f"{API}{path}", {name: value})

    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["detail"].startswith(f"Parametr „{name}”: ")
    assert where in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("cards", {"topic": "firma"}),
        ("cards", {"office": "uw-gorzow", "life_event": "LE-12", "kind": "local"}),
        ("offices", {"voivodeship": "24"}),
    ],
)
def test_a_known_value_without_rows_is_an_empty_list(client: Client, path: str, query: dict[str, str]) -> None:
    assert got(client, path, **query) == {"items": [], "next": None}
