"""The index of everyday words at the end of a handbook: the words by which clients look for a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service_catalog.published.card import Card

_ALPHABET = "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANKS = {letter: rank for rank, letter in enumerate(_ALPHABET)}


@dataclass(frozen=True)
class IndexEntry:
    """One everyday phrase and the symbols of the cards it leads to."""

    words: str
    symbols: tuple[str, ...]


@dataclass(frozen=True)
class IndexSection:
    """The entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


def polish_order(text: str) -> tuple[tuple[int, ...], str]:
    """Sort key of the Polish alphabet; signs that are no letters do not count."""
    return tuple(_RANKS[letter] for letter in text.lower() if letter in _RANKS), text


def word_index(cards: Iterable[Card]) -> tuple[IndexSection, ...]:
    """All everyday words of the cards in alphabetical order, by first letter."""
    symbols: dict[str, list[str]] = {}
    for card in cards:
        for words in dict.fromkeys(item.text.strip() for item in card.keywords.everyday):
            symbols.setdefault(words, []).append(card.symbol)
    sections: dict[str, list[IndexEntry]] = {}
    for words in sorted(filter(None, symbols), key=polish_order):
        sections.setdefault(words[0].upper(), []).append(IndexEntry(words, tuple(sorted(symbols[words]))))
    return tuple(IndexSection(letter, tuple(entries)) for letter, entries in sections.items())
