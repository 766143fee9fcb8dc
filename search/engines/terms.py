"""What both engines index and ask for: the analysed fields of a document, and the weighted terms of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from search.analysis import Word, folded
from search.documents import TEXT_FIELDS, SearchDocument, TextField
from search.planner import Clause, EvidenceKind

KINDS: tuple[EvidenceKind, ...] = ("lemma", "exact", "folded")
BOOSTS: dict[TextField, float] = {"title": 4.0, "keywords": 4.0, "summary": 1.5, "body": 0.5, "local": 0.3}
TIE_BREAKER: Final = 0.3
"""Share of the weaker evidence of a clause that is added to the strongest."""
LEVELS: Final = "0123456789AB"
"""Levels of suggestions by weight, the best first."""
LEVEL_OF_SYMBOLS: Final = "S"
SUGGESTED_FIRST: Final = f"{LEVELS[:8]}{LEVEL_OF_SYMBOLS}{LEVELS[8:]}"
WEIGHT_OF_BEGINNING: Final = 3
"""Added where the first word begins with what was typed."""
MOST_FACET_VALUES: Final = 10_000
"""More than any facet has: Poland has some four thousand offices of this kind."""


def weighted_terms(clause: Clause) -> Iterator[tuple[str, str, float]]:
    """Field, term and boost of everything that counts as finding the clause."""
    for item in clause.evidence:
        for name in TEXT_FIELDS:
            yield f"{name}_{item.kind}", item.term, item.weight * BOOSTS[name]


def analysed(document: SearchDocument) -> dict[str, str]:
    """The texts of a document as terms divided by spaces, by field and kind of evidence."""
    fields: dict[str, str] = {}
    for name, words in document.texts.items():
        fields[f"{name}_lemma"] = " ".join(_lemmas(words))
        fields[f"{name}_exact"] = " ".join(word.surface for word in words)
        fields[f"{name}_folded"] = " ".join(word.folded for word in words)
    return fields


def suggestion_terms(document: SearchDocument, separator: str) -> Iterator[str]:
    """Each name is found from the beginning of each of its words; the symbol with hyphens and with spaces.

    A term begins with its level, so that the best are read first; the text itself follows the separator.
    """
    for suggestion in document.suggestions:
        words = folded(suggestion.text).split()
        for start in range(len(words)):
            level = LEVELS[-1 - suggestion.weight - (0 if start else WEIGHT_OF_BEGINNING)]
            yield f"{level}{' '.join(words[start:])}{separator}{suggestion.text}"
    symbol = folded(document.key)
    for written in dict.fromkeys((symbol, symbol.replace("-", " "))):
        yield f"{LEVEL_OF_SYMBOLS}{written}{separator}{document.key} {document.suggestions[0].text}"


def _lemmas(words: Iterable[Word]) -> Iterator[str]:
    for word in words:
        yield from word.lemmas
