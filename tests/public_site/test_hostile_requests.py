from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from public_site import views
from public_site.days import UnreadableDay, parse_day
from public_site.middleware import ADMIN_CSP, PUBLIC_CSP, PublicHeaders, UnreadableAddresses

CARD = "/karta/UW-CUD-001/uw-rzeszow/"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "day",
    [
        "31.02.2026",
        "2026-02-31",
        "0000-01-01",
        "10000-01-01",
        "1989-12-31",
        "2101-01-01",
        "dziś",
        "2026-1-1",
        "２０２６-01-01",
        '"',
        "'",
        "-1",
        "20260101",
        "2026-01-01T00:00",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "/",
        CARD,
        "/karta/UW-CUD-001/",
        "/urzedy/",
        "/urzedy/uw-rzeszow/",
        "/dzialy/cudzoziemcy/",
        "/zdarzenia/LE-12/",
        "/o-serwisie/",
    ],
)
def test_a_day_that_is_none_gets_a_polish_400(client: Client, address: str, day: str) -> None:
    response = client.get(address, {"na-dzien": day})

    assert response.status_code == 400
    assert "Wpisz datę w postaci RRRR-MM-DD" in response.content.decode()
    assert 'name="q"' in response.content.decode()


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = parse_day(text)
    except UnreadableDay:
        return
    assert day.isoformat() == text


@pytest.mark.usefixtures("published")
def test_an_empty_day_and_unknown_parameters_are_ignored(client: Client) -> None:
    plain = client.get(CARD)

    assert client.get(f"{CARD}?na-dzien=&utm_source=x&x[]=%22&page=-1").content == plain.content


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/karta/UW%00CUD/", 400),
        ("/?q=%00", 400),
        ("/?x=a%00b", 400),
        ("/%ff/", 400),
        ("/karta/%C0%AF/", 400),
        ("/?q=%ff", 400),
        ("/?q=%ED%A0%80", 400),
        (f"/?q={'a' * 8_000}", 414),
        (f"/{'a' * 8_000}/", 414),
        ("/admin/?q=%00", 400),
    ],
)
def test_unreadable_addresses_get_a_polish_sentence_and_the_headers(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert response.content.decode().startswith("Adres ")
    assert response["Content-Security-Policy"] == PUBLIC_CSP
    assert response["X-Content-Type-Options"] == "nosniff"


def test_unreadable_addresses_of_the_api_get_a_problem_document() -> None:
    gate = UnreadableAddresses(lambda request: HttpResponse("przepuszczone"))
    response = gate(RequestFactory().get("/api/v1/cards?topic=%00"))

    assert isinstance(response, HttpResponse)
    assert response["Content-Type"].startswith("application/problem+json")
    assert json.loads(response.content)["status"] == 400


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "symbol",
    [
        '"',
        "'",
        "<script>",
        "../../etc/passwd",
        "%",
        "%25",
        "UW-CUD-001'--",
        "..",
        "-",
        "ł" * 59,
        "A" * 61,
        "UW CUD",
        "😀",
        "\u202e",
        "urzad",
        "dzialy",
        "UW-CUD-001 ",
        "a" * 3000,
    ],
)
def test_symbols_that_are_none_are_not_found(client: Client, symbol: str) -> None:
    for address in (f"/karta/{quote(symbol, safe='')}/", f"/karta/UW-CUD-001/{quote(symbol, safe='')}/"):
        response = client.get(address, follow=True)
        assert response.status_code in {400, 404}, address
        assert "<script>" not in response.content.decode()


@pytest.mark.usefixtures("published")
@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(
        [
            "/karta/{}/",
            "/karta/{}/{}/",
            "/urzedy/{}/",
            "/zdarzenia/{}/",
            "/dzialy/{}/",
            "/urzedy/?typ={}",
            "/karta/UW-CUD-001/?urzad={}",
            "/?na-dzien={}",
        ]
    ),
    piece=st.binary(max_size=30),
)
def test_no_bytes_break_the_site(client: Client, place: str, piece: bytes) -> None:
    response = client.get(place.replace("{}", quote(piece, safe="")), follow=True)

    assert response.status_code < 500


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_pages_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)(CARD).status_code == 405


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", ["/", CARD, "/nie/", "/?na-dzien=x", "/sitemap.xml", "/karta/uw-cud-001/"])
def test_no_public_answer_sets_a_cookie_or_depends_on_one(client: Client, address: str) -> None:
    anonymous = client.get(address)
    client.cookies["sessionid"] = "a" * 32
    client.cookies["csrftoken"] = "b" * 32
    known = client.get(address)

    for response in (anonymous, known):
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
        assert response["Content-Security-Policy"] == PUBLIC_CSP
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
    assert anonymous.content == known.content


def test_a_cookie_set_on_a_public_page_by_anyone_is_dropped_and_on_the_admin_kept() -> None:
    def view(request: object) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("sessionid", "x")
        response["Vary"] = "Accept-Encoding, Cookie"
        return response

    public = PublicHeaders(view)(RequestFactory().get("/karta/X/"))
    staff = PublicHeaders(view)(RequestFactory().get("/admin/"))

    assert (dict(public.cookies), public["Vary"]) == ({}, "Accept-Encoding")
    assert "sessionid" in staff.cookies
    assert staff["Vary"] == "Accept-Encoding, Cookie"
    assert staff["Content-Security-Policy"] == ADMIN_CSP


def test_a_public_view_sees_no_cookie_so_no_session_is_read_or_saved() -> None:
    seen: list[dict[str, str]] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(dict(request.COOKIES))
        return HttpResponse()

    for address in ("/karta/X/", "/admin/"):
        PublicHeaders(view)(RequestFactory(HTTP_COOKIE="sessionid=abc").get(address))

    assert seen == [{}, {"sessionid": "abc"}]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"'},
        {"If-None-Match": "*" * 5000},
        {"Accept": "\x7f"},
        {"X-Forwarded-For": "'"},
        {"Accept-Language": "de"},
    ],
)
def test_strange_headers_do_not_change_the_page(client: Client, headers: dict[str, str]) -> None:
    assert client.get(CARD, headers=headers).content == client.get(CARD).content


def test_error_pages_read_no_database() -> None:
    """Without the `db` mark any query would raise."""
    request = RequestFactory().get("/cos/")

    assert views.server_error(request).status_code == 500
    assert views.page_not_found(request, Exception()).status_code == 404
    assert views.permission_denied(request, Exception()).status_code == 403
    assert views.bad_request(request, BadRequest("szczegół wewnętrzny")).status_code == 400
    assert "szczegół wewnętrzny" not in views.bad_request(request, BadRequest("szczegół wewnętrzny")).content.decode()


def test_errors_of_the_api_are_problem_documents() -> None:
    response = views.page_not_found(RequestFactory().get("/api/v1/nie"), Exception())

    assert response["Content-Type"].startswith("application/problem+json")
