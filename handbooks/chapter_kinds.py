"""The chapters of a handbook as data: which there are, how they are called and on which side of the cards they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChapterKind:
    """A chapter that every handbook has. `code` is its name in files and anchors."""

    code: str
    title: str
    after: bool


HANDBOOK_CHAPTERS = (
    ChapterKind("cel", "Po co jest ten podręcznik", False),
    ChapterKind("grupy-klientow", "Grupy klientów", False),
    ChapterKind("jak-pisac-karte", "Jak pisać kartę", False),
    ChapterKind("slownik", "Słownik", True),
    ChapterKind("wykluczenie", "Klient zagrożony wykluczeniem", True),
    ChapterKind("dobre-praktyki", "Dobre praktyki", True),
    ChapterKind("wzory", "Wzory", True),
)
COLLECTION_CHAPTERS = (
    ChapterKind("cel", "Po co jest ten zbiór", False),
    ChapterKind("jak-wprowadzic", "Jak wprowadzić dobrą praktykę", True),
)
OTHER = "inny"
"""Kind of a further chapter that editors add."""
CHOICES = [
    *dict.fromkeys((kind.code, kind.title) for kind in HANDBOOK_CHAPTERS),
    ("jak-wprowadzic", "Jak wprowadzić dobrą praktykę"),
    (OTHER, "Inny rozdział"),
]
