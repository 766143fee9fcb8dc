"""Sizes of a card beyond which it is not printed: rendering must end in a bounded time, and a page of print has its limits too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from service_catalog.published.card import Card

LONGEST_TEXT = 100_000
"""Characters of one text: some thirty pages."""
LONGEST_WORD = 1_000
"""Characters without a space between them: breaking a longer one costs time with its square."""
LONGEST_LIST = 500
"""Entries of one list or rows of one table."""
LARGEST_CARD = 400_000
"""Characters of a whole card."""


class OversizedCard(ValueError):
    """A card is too large to be printed; the message names the card and the field."""


def refuse_oversized(card: Card) -> None:
    """Check the sizes. Raises `OversizedCard`."""
    total = 0
    for field, value in _values(card, ""):
        if isinstance(value, str):
            total += len(value)
            if len(value) > LONGEST_TEXT:
                raise OversizedCard(
                    f"Karta {card.symbol}: pole „{field}” ma {len(value)} znaków, a drukujemy najwyżej {LONGEST_TEXT}. Skróć tekst."
                )
            longest = max(map(len, value.split()), default=0)
            if longest > LONGEST_WORD:
                raise OversizedCard(
                    f"Karta {card.symbol}: pole „{field}” ma {longest} znaków bez spacji, a drukujemy najwyżej {LONGEST_WORD}. "
                    "Rozdziel je."
                )
        elif len(value) > LONGEST_LIST:
            raise OversizedCard(
                f"Karta {card.symbol}: pole „{field}” ma {len(value)} pozycji, a drukujemy najwyżej {LONGEST_LIST}. Skróć listę."
            )
    if total > LARGEST_CARD:
        raise OversizedCard(
            f"Karta {card.symbol} ma {total} znaków, a drukujemy najwyżej {LARGEST_CARD}. Podziel ją na kilka kart."
        )


def _values(value: Any, field: str) -> Iterator[tuple[str, Any]]:
    """All texts and lists below a value with their field."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple):
        yield field, value
        for place, entry in enumerate(value, start=1):
            yield from _values(entry, f"{field}[{place}]")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _values(getattr(value, name), f"{field}.{name}" if field else name)
