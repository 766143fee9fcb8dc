"""Card lists as CSV: semicolons, CRLF and a byte order mark, as Polish spreadsheet programs open it (RFC 4180 otherwise)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from exporters.tables.columns import heading, row
from service_catalog.published.card import Card

SCHEMA = "RFC 4180"
_BATCH = 100


def card_list(cards: Iterable[Card]) -> Iterator[bytes]:
    """The list in pieces, in the order given."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(heading())
    for position, card in enumerate(cards, start=1):
        writer.writerow(row(card))
        if position % _BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
