"""Three full cards in every outlet, as files that a person can read.

A wanted change shows here first: run the tests with `WRITE_GOLDENS=1`, then read the difference before committing it.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "goldens"
DAY = "2026-11-01"
Outlet = Callable[[Client, str], str]
CARDS = ("UW-CUD-001/uw-rzeszow", "PINB-KON-001", "AP-GEN-001/ap-plock")


def json_text(client: Client, key: str) -> str:
    """The stored payload, indented."""
    stored = client.get(f"/api/v1/cards/{key}", {"on": DAY})
    return json.dumps(json.loads(stored.content), ensure_ascii=False, indent=1, sort_keys=True)


def xml_text(client: Client, key: str) -> str:
    """The document as it is sent."""
    return client.get(f"/karta/{key}/xml", {"na-dzien": DAY}).content.decode()


def pdf_text(client: Client, key: str) -> str:
    """The words of the printed card, line by line."""
    response = client.get(f"/karta/{key}/pdf", {"na-dzien": DAY})
    pages = PdfReader(BytesIO(response.getvalue())).pages
    return "\n\f\n".join(page.extract_text() for page in pages)


def html_text(client: Client, key: str) -> str:
    """The words of the public page, one text per line."""
    page = html.fromstring(client.get(f"/karta/{key}/", {"na-dzien": DAY}).content.decode())
    main: Any = page.xpath("//main")
    texts: list[str] = list(main[0].itertext())
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def machine_text(segment: str) -> Outlet:
    """A reader of the document in a machine format, as it is sent."""

    def text(client: Client, key: str) -> str:
        return client.get(f"/karta/{key}/{segment}", {"na-dzien": DAY}).getvalue().decode()

    return text


def row_text(client: Client, key: str) -> str:
    """The row of the card in the list for officials, cell by cell under its heading."""
    symbol, _, office = key.partition("/")
    query = {"na-dzien": DAY, "symbol": symbol} | ({"urzad": office} if office else {})
    heading, *rows = csv.reader(
        io.StringIO(client.get("/katalog/csv", query).getvalue().decode("utf-8-sig"), newline=""), delimiter=";"
    )
    (row,) = (row for row in rows if row[0] == key)
    return "\n".join(f"{name}: {cell}" for name, cell in zip(heading, row, strict=True))


OUTLETS: dict[str, Outlet] = {
    "card.json": json_text,
    "card.xml": xml_text,
    "card.pdf.txt": pdf_text,
    "card.html.txt": html_text,
    "card.schema-org.json": machine_text("schema-org"),
    "card.cpsv-ap.json": machine_text("cpsv-ap"),
    "card.cpsv-ap.ttl": machine_text("cpsv-ap-ttl"),
    "card.hsds.json": machine_text("hsds"),
    "card.row.txt": row_text,
}


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("key", CARDS)
def test_a_card_looks_as_it_did(key: str, outlet: str, client: Client) -> None:
    path = HERE / key.replace("/", "_") / outlet
    shown = f"{OUTLETS[outlet](client, key).rstrip()}\n"
    if os.environ.get("WRITE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown


def test_all_outlets_say_the_same(client: Client) -> None:
    """The amounts and the legal-state date of a card are in each of its outlets."""
    for key in CARDS:
        stored = json.loads(json_text(client, key))
        amounts = [
            fee["amount"].removesuffix(".00") for fee in stored.get("fees", []) if fee["amount"] not in {None, "0.00"}
        ]
        for outlet in (xml_text, pdf_text, html_text):
            shown = outlet(client, key)
            missing = [amount for amount in amounts if amount not in shown and amount.replace(".", ",") not in shown]
            assert missing == [], (key, outlet.__name__)
