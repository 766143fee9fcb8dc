from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from search.finding import finder
from search.models import Hint, StopPhrase, SynonymEntry

pytestmark = pytest.mark.usefixtures("indexed")


@pytest.fixture(autouse=True)
def own_directory(settings: Settings, tmp_path: Path) -> None:
    """Without phrases that other tests have left."""
    settings.DATA_DIRECTORY = tmp_path


def suggested(client: Client, prefix: str) -> list[str]:
    found: list[str] = client.get("/api/v1/suggest", {"q": prefix}).json()["suggestions"]
    return found


def test_the_general_card_comes_first_and_titles_that_begin_so_before_others(client: Client) -> None:
    found = suggested(client, "pasz")

    assert found[:2] == ["Paszport dla osoby dorosłej", "Paszport dla dziecka"]
    assert found.index("Zgubiony albo skradziony paszport – zgłoś") > 1


@pytest.mark.parametrize("typed", ["UW-P", "uw-pas", "uw pas 00"])
def test_symbols_are_suggested_in_their_order_with_titles(client: Client, typed: str) -> None:
    assert suggested(client, typed) == [
        "UW-PAS-001 Paszport dla osoby dorosłej",
        "UW-PAS-002 Paszport dla dziecka",
        "UW-PAS-004 Zgubiony albo skradziony paszport – zgłoś",
    ]


def test_a_suggested_symbol_finds_its_card(client: Client) -> None:
    (text, *_) = suggested(client, "UW-PAS-004")
    assert client.get("/api/v1/search", {"q": text}).json()["hits"][0]["symbol"] == "UW-PAS-004"


def test_types_of_offices_their_nicknames_and_offices_are_suggested(client: Client) -> None:
    assert "urząd wojewódzki" in suggested(client, "urz")
    assert "Urząd Skarbowy w Boguchwale" in suggested(client, "boguch")
    assert "fiskus" not in suggested(client, "fisk")
    SynonymEntry.objects.create(phrase="fiskus", target_kind="typ urzędu", target="US")
    SynonymEntry.objects.create(phrase="fiskusa", target_kind="typ urzędu", target="US")
    assert suggested(client, "fisk") == ["fiskus"]


def test_a_matter_outside_the_catalogue_is_suggested_so_that_its_hint_is_read(client: Client) -> None:
    assert suggested(client, "prawo j") == []
    Hint.objects.create(phrase="prawo jazdy", sentence="Wydaje je starosta.", outside_catalogue=True)
    assert suggested(client, "prawo j") == ["prawo jazdy"]


def test_words_that_say_nothing_are_left_out_when_nothing_begins_with_them(client: Client) -> None:
    assert suggested(client, "wniosek o pasz") == []
    StopPhrase.objects.create(phrase="wniosek o")
    assert suggested(client, "wniosek o pasz") == suggested(client, "pasz")
    assert suggested(client, "dziecka pasz") == []


def test_never_more_than_asked_for_and_nothing_twice() -> None:
    ready = finder()
    assert ready is not None
    for prefix in ("", "p", "z", "u", "paszport", "zaswiadczenie"):
        found = ready.suggest(prefix, 3)
        assert len(found) <= 3
        assert len({text.casefold() for text in found}) == len(found)
