"""How soon a publication is found: from the commit of an edition to its hit in `/api/v1/search` of the running system.

Measured for publications in a row without a pause, and for single ones, when the indexer has let go of the index before each.

Each publication gives a card a title with a word that no card had before, so that every part of the index changes: texts, forms and
suggestions. The search is asked over and over on one connection; a figure is at most one such question too long.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from itertools import islice, product
from urllib.parse import quote

import msgspec
from django.utils import timezone

from benchmarks.measuring import Measurement
from benchmarks.running import running_system
from publication.calendar import today
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.reading import editions
from publication.recording import Proposal, record
from search.quality import percentile
from service_catalog.published.reading import decode_card

PUBLICATIONS = 30
PAUSE_OF_SINGLE_ONES = 1.0
"""Seconds between single publications: longer than the indexer holds the index open."""
SYLLABLES = ("bru", "cza", "dżo", "fli", "gwe", "kło", "mży", "pszu", "skra", "trze")
PAUSE_BETWEEN_QUESTIONS = 0.01
LONGEST = 30.0
"""Seconds after which a publication counts as lost."""


def measurements() -> list[Measurement]:
    """Median and 95th percentile of the time until a publication is found, beside one question to the same server."""
    with running_system() as system:
        connection = system.connection()
        asking = percentile(sorted(_question(connection, "paszport") for _ in range(PUBLICATIONS)), 0.5)
        waited = {
            "jedna po drugiej": _waited(connection, number=0, pause=0.0),
            "pojedyncze": _waited(connection, number=1, pause=PAUSE_OF_SINGLE_ONES),
        }
        connection.close()
    return [
        Measurement(
            name=f"od publikacji do wyniku wyszukiwania, {how}, {name}",
            value=percentile(times, share),
            unit="ms",
            target=100.0,
            baseline="jedno pytanie do wyszukiwarki",
            baseline_value=asking,
        )
        for how, times in waited.items()
        for name, share in (("mediana", 0.5), ("p95", 0.95))
    ]


def _waited(connection: http.client.HTTPConnection, *, number: int, pause: float) -> list[float]:
    """Sorted times of one series of publications in milliseconds; `number` chooses its cards and words."""
    times = []
    for edition, word in _published(number):
        times.append(_until_found(connection, edition, word))
        time.sleep(pause)
    return sorted(times)


def _published(number: int) -> Iterator[tuple[Edition, str]]:
    """Publications of a series one after another, each with its new word; the next one only when this one was found."""
    cards = editions().of_kind(EditionKind.CARD).readable(on=today()).exclude(key__contains="/").order_by("key")
    words = ("".join(parts) for parts in product(SYLLABLES, repeat=3))
    chosen = slice(number * PUBLICATIONS, (number + 1) * PUBLICATIONS)
    for edition, word in zip(list(cards[chosen]), islice(words, chosen.start, chosen.stop), strict=True):
        card = decode_card(edition)
        proposal = Proposal(
            kind=EditionKind.CARD,
            key=edition.key,
            payload=canonical_json(msgspec.structs.replace(card, title=f"{card.title} {word}")),
            valid_from=today(),
            labels=frozenset({("symbol", card.symbol)}),
        )
        record([proposal], recorded_at=timezone.now())
        yield edition, word


def _until_found(connection: http.client.HTTPConnection, edition: Edition, word: str) -> float:
    """Milliseconds until the search finds the card by its new word. Raises `TimeoutError`."""
    started = time.perf_counter()
    while (waited := time.perf_counter() - started) < LONGEST:
        if edition.key in _symbols(connection, word):
            return (time.perf_counter() - started) * 1000
        time.sleep(PAUSE_BETWEEN_QUESTIONS)
    raise TimeoutError(f"Karty {edition.key} nie widać w wyszukiwarce po {waited:.0f} s.")


def _question(connection: http.client.HTTPConnection, text: str) -> float:
    """Milliseconds of one question."""
    started = time.perf_counter()
    _symbols(connection, text)
    return (time.perf_counter() - started) * 1000


def _symbols(connection: http.client.HTTPConnection, text: str) -> set[str]:
    connection.request("GET", f"/api/v1/search?limit=5&q={quote(text)}")
    response = connection.getresponse()
    body = json.loads(response.read())
    return {hit["symbol"] for hit in body["hits"]}
