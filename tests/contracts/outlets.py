"""Everything the system says to the outside about some cards and offices: pages, API, files, commands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from exporters.formats import CARD_FORMATS, COLLECTIONS
from publication.models import Edition
from publication.reading import head_sequence
from tests.contracts.test_isolation import text_of

PAGES = (
    "/", "/dzialy/", "/urzedy/", "/zdarzenia/", "/o-serwisie/", "/deklaracja-dostepnosci/", "/sitemap.xml", "/sitemap-1.xml",
    "/sitemap-2.xml", "/robots.txt", "/nie-ma/", "/api/v1/nie-ma", "/api/v1/openapi.json", "/api/v1/topics", "/api/v1/life-events",
)  # fmt: skip


@dataclass(frozen=True)
class Crawled:
    """One answer: where it came from and what it says."""

    source: str
    text: str


def crawl(
    cards: Sequence[tuple[str, str]], offices: Sequence[str], words: Sequence[str], folder: Path
) -> Iterator[Crawled]:
    """Ask every outlet. `cards` are pairs of symbol and office code ("" for the general card), `words` are searched."""
    client = Client(raise_request_exception=False)
    for address in (*PAGES, *_card_addresses(cards), *_office_addresses(offices), *_searches(words)):
        yield Crawled(address, text_of(client.get(address)))
    yield from _pdfs(client, cards)
    yield from _formats(client, cards, offices)
    yield from _commands(cards, offices, folder)


def _card_addresses(cards: Sequence[tuple[str, str]]) -> Iterator[str]:
    for symbol, office in cards:
        path = f"{symbol}/{office}" if office else symbol
        yield from (f"/karta/{path}/", f"/karta/{path}/xml", f"/api/v1/cards/{path}", f"/karta/{path}/nie-ma")
        yield from (f"/karta/{path}/?na-dzien=2031-01-01", f"/api/v1/cards/{path}?on=2031-01-01")


def _office_addresses(offices: Sequence[str]) -> Iterator[str]:
    for code in offices:
        yield from (f"/urzedy/{code}/", f"/api/v1/offices/{code}", f"/api/v1/cards?office={code}&limit=100")
    yield from ("/api/v1/offices?limit=100", "/api/v1/cards?limit=100&kind=model&office_type=UW")
    yield f"/api/v1/changes?since={max(0, head_sequence() - 100)}&limit=100"


def _searches(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from (f"/szukaj/?q={word}", f"/api/v1/search?q={word}", f"/api/v1/suggest?q={word}")


def _pdfs(client: Client, cards: Sequence[tuple[str, str]]) -> Iterator[Crawled]:
    for symbol, office in cards:
        address = f"/karta/{symbol}/{office}/pdf" if office else f"/karta/{symbol}/pdf"
        response = client.get(address)
        if response.status_code == 200:
            pages = PdfReader(io.BytesIO(response.content)).pages
            yield Crawled(address, " ".join(page.extract_text() for page in pages))
        else:
            yield Crawled(address, text_of(response))


def _formats(client: Client, cards: Sequence[tuple[str, str]], offices: Sequence[str]) -> Iterator[Crawled]:
    """Every machine format of every card, and every public collection of the offices, unpacked when it is an archive."""
    segments = [segment for segment in CARD_FORMATS if segment != "pdf"]
    for symbol, office in cards:
        path = f"{symbol}/{office}" if office else symbol
        yield from (_unpacked(client, f"/karta/{path}/{segment}") for segment in segments)
    for segment, chosen in COLLECTIONS.items():
        queries = (
            [f"?od-wydania={max(0, head_sequence() - 100)}"] if chosen.whole else [f"?urzad={code}" for code in offices]
        )
        yield from (_unpacked(client, f"/katalog/{segment}{query}") for query in queries)


def _unpacked(client: Client, address: str) -> Crawled:
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return Crawled(address, content.decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Crawled(address, " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()))


def _commands(cards: Sequence[tuple[str, str]], offices: Sequence[str], folder: Path) -> Iterator[Crawled]:
    """What the commands print and write."""
    for arguments in (["log", "--since", str(max(0, head_sequence() - 50))], ["log", "--limit", "50", "--json"]):
        yield Crawled(f"editions {arguments}", _printed("editions", *arguments))
    for symbol, office in cards:
        key = f"{symbol}/{office}" if office else symbol
        if Edition.objects.filter(key=key).exists():
            yield Crawled(f"editions show {key}", _printed("editions", "show", key))
    for code in offices:
        _printed("export", "epuap", "--out", str(folder), "--office", code)
    for path in sorted(folder.rglob("*.xml")):
        yield Crawled(path.name, path.read_text(encoding="utf-8"))


def _printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()
