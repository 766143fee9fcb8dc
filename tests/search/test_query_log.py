from __future__ import annotations

import datetime
import io
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from django.core import signing
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from search.masking import masked
from search.models import SearchedPhrase, SynonymEntry
from search.query_log import note, phrase_of, take_over
from search.result_links import SALT
from tests.search import catalogue

DAY = datetime.date(2026, 5, 4)


@pytest.fixture(autouse=True)
def own_directory(settings: Settings, tmp_path: Path) -> Path:
    """The file of the log belongs to one test."""
    settings.DATA_DIRECTORY = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pesel 44051401359 zaginął", "[PESEL] zaginął"),
        ("4 4 0 5 1 4 0 1 3 5 9", "[PESEL]"),
        ("mój nip 123-456-32-18", "mój [NIP]"),
        ("konto 12 1140 2004 0000 3002 0135 5387", "konto [konto]"),
        ("PL61109010140000071219812874 przelew", "[konto] przelew"),
        ("dzwońcie +48 601 234 567", "dzwońcie [telefon]"),
        ("601-234-567", "[telefon]"),
        ("0048 22 123 45 67", "[telefon]"),
        ("jan.kowalski@wp.pl zmiana", "[e-mail] zmiana"),
        ("jan (at) wp.pl", "[e-mail]"),
        ("dowód ABC 123456", "dowód [dokument]"),
        ("٤٤٠٥١٤٠١٣٥٩", "[PESEL]"),
    ],
)
def test_what_may_name_a_person_is_masked(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@pytest.mark.parametrize("typed", ["PIT-37 za 2025 i 800+", "12 000 zł 2024", "art. 15 ust. 2", "KWP-POZ-001", "sd-z2"])
def test_codes_years_and_amounts_stay(typed: str) -> None:
    assert masked(typed) == typed


@given(st.text(max_size=300), st.integers(min_value=10**10, max_value=10**11 - 1))
def test_a_pesel_never_gets_through(around: str, pesel: int) -> None:
    """Beside other digits it may be taken for another number; it is masked all the same."""
    assert str(pesel) not in masked(f"{around} {pesel}")
    assert masked(phrase_of(f"{around} {pesel}")) == phrase_of(f"{around} {pesel}")


@pytest.mark.parametrize("piece", ["1", "1 ", "1..", "a", "a@", "+", "pl", "ab1", "nip ", "12345678x", "(at) "])
def test_masking_takes_hundred_kilobytes_in_less_than_two_seconds(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    masked(text)
    assert time.process_time() - started < 2


@pytest.mark.django_db
def test_lines_are_added_to_the_day_and_the_file_is_gone(own_directory: Path) -> None:
    for _ in range(3):
        note("Paszport  dla DZIECKA", "asked", source="strona", day=DAY)
    note("paszport dla dziecka", "opened", source="strona", day=DAY)
    note("giwera 44051401359", "asked", "without_result", source="API", day=DAY)

    assert take_over(on=DAY) == 5
    note("paszport dla dziecka", "asked", source="strona", day=DAY)
    assert take_over(on=DAY) == 1
    assert take_over(on=DAY) == 0

    rows = SearchedPhrase.objects.order_by("text").values_list("source", "text", "asked", "without_result", "opened")
    assert list(rows) == [("API", "giwera [PESEL]", 1, 1, 0), ("strona", "paszport dla dziecka", 4, 0, 1)]
    assert not (own_directory / "search_log" / "taken").exists()


@pytest.mark.django_db
def test_a_cut_line_and_a_file_left_by_a_killed_scheduler_are_borne(own_directory: Path) -> None:
    note("paszport", "asked", source="strona", day=DAY)
    pending = own_directory / "search_log" / "pending"
    taken = pending.rename(own_directory / "search_log" / "taken")
    taken.write_bytes(taken.read_bytes() + b'["2026-05-04","stro')
    note("podatki", "asked", source="strona", day=DAY)

    assert take_over(on=DAY) == 1
    assert take_over(on=DAY) == 1
    assert set(SearchedPhrase.objects.values_list("text", flat=True)) == {"paszport", "podatki"}


@pytest.mark.django_db
def test_old_days_and_surplus_rows_are_forgotten(settings: Settings) -> None:
    settings.SEARCH_LOG_DAYS, settings.SEARCH_LOG_ROWS = 30, 2
    note("dawno", "asked", source="strona", day=DAY - datetime.timedelta(days=31))
    note("rzadko", "asked", source="strona", day=DAY)
    for text in ("często", "często", "zawsze", "zawsze"):
        note(text, "asked", source="strona", day=DAY)
    take_over(on=DAY)

    assert set(SearchedPhrase.objects.values_list("text", flat=True)) == {"często", "zawsze"}


def test_without_retention_nothing_is_written(settings: Settings, own_directory: Path) -> None:
    settings.SEARCH_LOG_DAYS = 0
    note("paszport", "asked", source="strona", day=DAY)

    assert not (own_directory / "search_log").exists()


@pytest.mark.usefixtures("indexed")
def test_a_search_is_noted_without_a_write_of_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, own_directory: Path
) -> None:
    client.get("/szukaj/", {"q": "paszport"})
    with django_assert_num_queries(1):  # the version of the registers
        client.get("/szukaj/", {"q": "paszport 601 234 567"}, REMOTE_ADDR="203.0.113.9")
    client.get("/szukaj/", {"q": "paszport", "page": "2"})
    client.get("/szukaj/", {"q": "paszport", "topic": "paszporty"})
    client.get("/api/v1/search", {"q": "qwertyuiop"})

    written = (own_directory / "search_log" / "pending").read_text(encoding="utf-8")
    assert [line.split(",", 1)[1] for line in written.splitlines()] == [
        '"strona","paszport",["asked"]]',
        '"strona","paszport [telefon]",["asked"]]',
        '"API","qwertyuiop",["asked","without_result"]]',
    ]
    assert "203.0.113.9" not in written


@pytest.mark.usefixtures("indexed")
def test_an_opened_result_is_counted_and_leads_to_the_card(client: Client) -> None:
    html = client.get("/szukaj/", {"q": "paszport dla dziecka"}).content.decode()
    address = unescape(re.findall(r'<li><a href="(/szukaj/karta/[^"]+)"', html)[0])
    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, "/karta/UW-PAS-002/")
    assert not answer.cookies
    take_over(on=DAY)
    row = SearchedPhrase.objects.get()
    assert (row.text, row.asked, row.opened) == ("paszport dla dziecka", 1, 1)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(lambda: "", id="empty"),
        pytest.param(lambda: "zmyślony", id="invented"),
        pytest.param(lambda: "x" * 3000, id="long"),
        pytest.param(lambda: signing.dumps("paszport", salt="other"), id="signed for something else"),
    ],
)
def test_a_mark_that_is_not_ours_leads_to_the_card_and_counts_nothing(
    client: Client, own_directory: Path, mark: Callable[[], str]
) -> None:
    answer = client.get("/szukaj/karta/UW-PAS-002/uw-rzeszow/", {"z": mark()})

    assert answer["Location"] == "/karta/UW-PAS-002/uw-rzeszow/"
    assert not (own_directory / "search_log").exists()


def test_a_link_leads_nowhere_but_to_a_card(client: Client) -> None:
    mark = signing.dumps("paszport", salt=SALT)
    assert client.get("/szukaj/karta///evil.example/", {"z": mark}).status_code == 404


def somebody(client: Client, *permissions: str) -> None:
    """Log in a user of the editor's screen with these permissions."""
    user = User.objects.create_user(username="redakcja", password=None)
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    client.force_login(user)


def phrases(*rows: tuple[str, str, int, int, int]) -> None:
    SearchedPhrase.objects.bulk_create(
        SearchedPhrase(day=DAY, source=source, text=text, asked=asked, without_result=empty, opened=opened)
        for source, text, asked, empty, opened in rows
    )


ROWS = (
    ("strona", "=cmd|calc", 5, 5, 0),
    ("strona", "paszport", 9, 0, 4),
    ("strona", "papier", 7, 0, 0),
    ("API", "api bez wyniku", 2, 2, 0),
)


@pytest.mark.django_db
def test_the_reports_show_what_found_nothing_and_what_nobody_opened(client: Client) -> None:
    phrases(*ROWS)
    somebody(client, "add_synonymentry")

    empty = client.get("/admin/search-reports/without-result/").content.decode()
    assert "=cmd|calc" in empty
    assert "api bez wyniku" in empty
    assert "papier" not in empty
    unopened = client.get("/admin/search-reports/without-opening/").content.decode()
    assert "papier" in unopened
    assert "=cmd|calc" not in unopened
    filtered = client.get("/admin/search-reports/without-result/", {"source": "API"}).content.decode()
    assert "=cmd|calc" not in filtered
    later = client.get("/admin/search-reports/without-result/results/", {"day_from": "2026-05-05"}).content.decode()
    assert "api bez wyniku" not in later


@pytest.mark.django_db
def test_exports_hold_the_filtered_rows_with_formulas_neutralised(client: Client) -> None:
    phrases(*ROWS)
    somebody(client, "add_synonymentry")

    text = b"".join(client.get("/admin/search-reports/without-result/", {"export": "csv"})).decode()
    assert text.splitlines()[0] == "Fraza,Ile razy szukano,Bez wyniku,Otwarto wyników,Ostatnio"
    assert text.splitlines()[1] == "'=cmd|calc,5,5,0,2026-05-04"
    answer = client.get("/admin/search-reports/without-result/", {"export": "xlsx", "text": "cmd"})
    sheet: Any = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in rows[0][:2]] == ["'=cmd|calc", 5]
    assert rows[0][0].data_type == "s"
    assert len(rows) == 1


@pytest.mark.django_db
def test_one_click_makes_a_candidate_that_does_nothing_yet(client: Client) -> None:
    phrases(*ROWS)
    somebody(client, "add_synonymentry", "change_synonymentry")
    html = client.get("/admin/search-reports/without-result/").content.decode()
    assert 'action="/admin/search-reports/candidate/"' in html

    for _ in range(2):
        answer = client.post("/admin/search-reports/candidate/", {"phrase": "api bez wyniku", "back": "without_result"})
        assert answer["Location"] == "/admin/search-reports/without-result/"

    entry = SynonymEntry.objects.get()
    assert (entry.phrase, entry.target, entry.candidate) == ("api bez wyniku", "", True)
    assert "kandydat – wpisz cel" in client.get("/admin/search-reports/without-result/").content.decode()
    client.get(f"/admin/snippets/search/synonymentry/edit/{entry.pk}/")


@pytest.mark.usefixtures("indexed")
def test_a_candidate_works_as_soon_as_it_has_a_target(client: Client) -> None:
    entry = SynonymEntry.objects.create(phrase="giwera", candidate=True)
    assert client.get("/api/v1/search", {"q": "giwera"}).json()["total"] == 0

    entry.target, entry.candidate = "broń", False
    entry.full_clean()
    entry.save()
    assert client.get("/api/v1/search", {"q": "giwera"}).json()["hits"][0]["symbol"] == catalogue.GUN.symbol


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["without-result/", "without-result/results/", "without-opening/", "without-opening/results/"]
)
def test_only_those_who_keep_the_synonyms_read_the_reports(client: Client, address: str) -> None:
    phrases(*ROWS)
    somebody(client)

    for query in ("", "?export=csv", "?export=xlsx"):
        answer = client.get(f"/admin/search-reports/{address}{query}")
        assert answer.status_code in {302, 403}
    assert client.post(
        "/admin/search-reports/candidate/", {"phrase": "papier", "back": "without_result"}
    ).status_code in {
        302,
        403,
    }
    assert not SynonymEntry.objects.exists()
