"""Atom feeds: complete by RFC 4287, newest first, with tombstones, and nothing that only consultants read."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from django.test import Client
from lxml import etree

from exporters.atom.feeds import Entry, Feed, atom
from publication.models import Edition
from publication.recording import record
from tests.exporters.cards_for_tests import office_reference
from tests.exporters.published_catalogue import RECORDED_AT, SECRET, card_proposal, small_catalogue, withdrawal

OFFICE = office_reference().code
ATOM = "{http://www.w3.org/2005/Atom}"


def read(content: bytes) -> list[tuple[str, str]]:
    """Titles and summaries, after checking what the standard wants of every feed and entry."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        assert all(str(link.get("href")).startswith("http") for link in element.findall(f"{ATOM}link"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    return [
        (entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}summary", ""))
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_a_card_has_a_feed_of_its_changes_that_outlives_it(published: list[Edition], client: Client) -> None:
    card = small_catalogue()[2]
    record([card_proposal(msgspec.structs.replace(card, title="Paszport", pickup="sala 2"))], recorded_at=RECORDED_AT)
    record([withdrawal(card, valid_from=datetime.date(2026, 5, 1))], recorded_at=RECORDED_AT)
    response = client.get(f"/atom/karty/UW-PAS-001/{OFFICE}.xml")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    entries = read(response.content)
    assert [summary for _, summary in entries] == [
        "Karta została wycofana. Od 2026-05-01.",
        "Zmienione pola: pickup, title. Obowiązuje od 2026-01-01.",
        "Nowa karta. Obowiązuje od 2026-01-01.",
    ]
    assert entries[1][0] == f"Paszport – {card.office.name if card.office else ''}"
    assert SECRET.encode() not in response.content
    assert (
        client.get(f"/atom/karty/UW-PAS-001/{OFFICE}.xml", headers={"if-none-match": response["ETag"]}).status_code
        == 304
    )


def test_an_office_has_a_feed_of_its_cards(published: list[Edition], client: Client) -> None:
    entries = read(client.get(f"/atom/urzedy/{OFFICE}.xml").content)
    assert [title.partition(" – ")[0] for title, _ in entries] == [card.title for card in small_catalogue()[:1:-1]]


@pytest.mark.parametrize("path", ["karty/UW-NIE-001", f"karty/UW-PAS-009/{OFFICE}", "urzedy/nie-ma", "dzialy/nie-ma"])
def test_what_does_not_exist_is_not_found(published: list[Edition], client: Client, path: str) -> None:
    assert client.get(f"/atom/{path}.xml").status_code == 404


def test_no_text_breaks_the_document() -> None:
    entry = Entry(sequence=1, key="A", title='<b>&"\x00\u2028', office="", state="published", recorded_at=RECORDED_AT,
                  valid_from=datetime.date(2026, 1, 1), changed=[])  # fmt: skip
    feed = Feed(site="https://katalog.example", path="/atom/a.xml", page="/", title="A & B")
    assert read(atom(feed, [entry], empty_since=RECORDED_AT))[0][0] == '<b>&"\u2028'
    assert read(atom(feed, [], empty_since=RECORDED_AT)) == []
