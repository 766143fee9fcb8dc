"""Families of words: lemmas that share a stem, such as "podatek" and "podatkowy".

Morfeusz gives one lemma to all forms of a word, gerunds and participles included, but not to words derived from it.
The stem is what is left of the folded lemma without its ending, at least four letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import folded

SHORTEST_STEM = 4
MOST_RELATIVES = 8

# fmt: off
ENDINGS = tuple(sorted((
    "a", "e", "i", "o", "y", "ek", "ka", "ko", "ki", "ny", "na", "ne", "owy", "owa", "owe", "owac", "owanie", "ywac",
    "iwac", "ac", "ec", "ic", "yc", "uc", "nac", "anie", "enie", "cie", "acja", "ycja", "cja", "acyjny", "cyjny",
    "ator", "arz", "arka", "nik", "niczy", "iczny", "yczny", "czny", "alny", "elny", "ijny", "yjny", "ista", "osc",
    "stwo", "ctwo", "ski", "cki", "any", "ony", "ty", "iec", "ica", "ec", "owiec", "owski", "owca", "ac", "iac",
    "ienie", "ianie", "iowy", "eczny", "ik", "yk", "owicz", "anin", "anka", "czyk", "izm",
), key=len, reverse=True))
# fmt: on


@lru_cache(maxsize=4_000)
def stem(lemma: str) -> str:
    """The stem of a lemma, empty when it is too short or not a word."""
    plain = folded(lemma)
    if not plain.isalpha():
        return ""
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain if len(plain) >= SHORTEST_STEM else ""


@dataclass(frozen=True)
class Families:
    """The lemmas of an index by stem."""

    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def joined_by(self, lemmas: Iterable[str]) -> Families:
        """These families with more lemmas among them; the same object when there are none."""
        groups: dict[str, set[str]] = {}
        for lemma in lemmas:
            if root := stem(lemma):
                groups.setdefault(root, set()).add(lemma)
        if not groups:
            return self
        grown = {root: tuple(sorted(found.union(self.members.get(root, ())))) for root, found in groups.items()}
        return Families({**self.members, **grown})

    def of(self, lemmas: Mapping[str, float]) -> dict[str, float]:
        """Relatives of weighted lemmas that are not among them, with the weight of the lemma they belong to."""
        found: dict[str, float] = {}
        for lemma, weight in lemmas.items():
            for relative in self.members.get(stem(lemma), ())[:MOST_RELATIVES]:
                if relative not in lemmas:
                    found[relative] = max(found.get(relative, 0.0), weight)
        return found
