"""Past queries among the suggestions: only what many days and openings speak for, and only in words of the catalogue."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from search import past_queries
from search.models import SearchedPhrase
from tests.search import catalogue

pytestmark = pytest.mark.django_db
USEFUL = "wniosek o paszport dla dziecka"


@pytest.fixture(autouse=True)
def own_directory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path


def asked(text: str, *, days: int = past_queries.FEWEST_DAYS, opened: int = past_queries.FEWEST_OPENED) -> None:
    """Count a phrase on some days; all openings fall on the first."""
    for number in range(days):
        SearchedPhrase.objects.create(
            day=catalogue.TODAY - datetime.timedelta(days=number),
            source="strona",
            text=text,
            asked=20,
            opened=opened if number == 0 else 0,
        )


def suggested(client: Client, prefix: str) -> list[str]:
    found: list[str] = client.get("/api/v1/suggest", {"q": prefix}).json()["suggestions"]
    return found


def test_what_others_asked_and_found_is_suggested_after_titles(client: Client, indexed: None) -> None:
    titles = suggested(client, "paszp")
    asked(USEFUL)
    assert past_queries.write() == 1
    assert suggested(client, "paszp") == [*titles, USEFUL]
    assert suggested(client, "WNIOSEK O PASZ") == [USEFUL]
    assert suggested(client, "dziecka pasz") == []
    assert suggested(client, " ") == []


@pytest.mark.parametrize(
    ("text", "days", "opened"),
    [
        (USEFUL, past_queries.FEWEST_DAYS - 1, 1000),
        (USEFUL, 30, past_queries.FEWEST_OPENED - 1),
        ("paszport " * 7 + "dla dziecka", 30, 1000),
        ("paszport zenobiusz brzęczyszczykiewicz", 30, 1000),
        ("paszport [PESEL]", 30, 1000),
        ("paszport dla głupka", 30, 1000),
        ("do w na", 30, 1000),
    ],
)
def test_nobody_can_put_words_into_suggestions(
    client: Client, indexed: None, text: str, days: int, opened: int
) -> None:
    before = [suggested(client, prefix) for prefix in ("paszp", "wnios", "do")]
    asked(text, days=days, opened=opened)
    past_queries.write()
    assert [suggested(client, prefix) for prefix in ("paszp", "wnios", "do")] == before


def test_a_phrase_that_titles_say_already_is_not_repeated(client: Client, indexed: None) -> None:
    (title, *_) = suggested(client, "paszp")
    asked(title.upper())
    past_queries.write()
    assert [text.casefold() for text in suggested(client, "paszp")].count(title.casefold()) == 1


def test_a_damaged_file_costs_only_these_suggestions(client: Client, indexed: None, tmp_path: Path) -> None:
    titles = suggested(client, "paszp")
    (tmp_path / "search_log").mkdir(exist_ok=True)
    (tmp_path / "search_log" / past_queries.FILE).write_bytes(b"[1, 2")
    assert suggested(client, "paszp") == titles
