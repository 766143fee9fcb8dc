"""The lists at the end of a book: everyday words by which clients look for a card, and the legal acts that cards cite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service_catalog.published.card import ActCitation, Card

_ALPHABET = "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
MOST_WORDS = 4
"""Everyday words shown beside an official name; all of them stand in the index."""
_RANKS = {letter: rank for rank, letter in enumerate(_ALPHABET)}


@dataclass(frozen=True)
class IndexEntry:
    """One everyday phrase and the anchors of the cards it leads to."""

    words: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class IndexSection:
    """The entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class CitedAct:
    """A legal act, where its text in force is published, and the anchors of the cards that cite it."""

    title: str
    published: str
    targets: tuple[str, ...]


def polish_order(text: str) -> tuple[tuple[int, ...], str]:
    """Sort key of the Polish alphabet; signs that are no letters do not count."""
    return tuple(_RANKS[letter] for letter in text.lower() if letter in _RANKS), text


def word_index(cards: Iterable[tuple[str, Card]]) -> tuple[IndexSection, ...]:
    """All everyday words of the cards (with their anchors) in alphabetical order, by first letter."""
    targets: dict[str, dict[str, None]] = {}
    for anchor, card in cards:
        for item in card.keywords.everyday:
            targets.setdefault(item.text.strip(), {})[anchor] = None
    sections: dict[str, list[IndexEntry]] = {}
    for words in sorted(filter(None, targets), key=polish_order):
        sections.setdefault(words[0].upper(), []).append(IndexEntry(words, tuple(targets[words])))
    return tuple(IndexSection(letter, tuple(entries)) for letter, entries in sections.items())


@dataclass(frozen=True)
class NamedMatter:
    """What an office calls a matter, what clients call it, and the anchor of its card."""

    official: str
    everyday: tuple[str, ...]
    target: str


def glossary(cards: Iterable[tuple[str, Card]]) -> tuple[NamedMatter, ...]:
    """Official names of matters with the first everyday words for them, in alphabetical order."""
    found = [
        NamedMatter(card.official_name, tuple(item.text for item in card.keywords.everyday[:MOST_WORDS]), anchor)
        for anchor, card in cards
        if card.keywords.everyday
    ]
    return tuple(sorted(found, key=lambda entry: polish_order(entry.official)))


def cited_acts(cards: Iterable[tuple[str, Card]]) -> tuple[CitedAct, ...]:
    """The acts of the legal basis of the cards, by title; one entry per act."""
    acts: dict[str, ActCitation] = {}
    targets: dict[str, dict[str, None]] = {}
    for anchor, card in cards:
        for act in card.legal_basis:
            acts.setdefault(act.act, act)
            targets.setdefault(act.act, {})[anchor] = None
    ordered = sorted(acts.values(), key=lambda act: polish_order(act.title))
    return tuple(CitedAct(act.title, act.consolidated or act.display, tuple(targets[act.act])) for act in ordered)
