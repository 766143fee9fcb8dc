"""What the registers have to say beside the results: hints for a phrase, and official words explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from search import analysis
from search.phrases import CompiledPhrase, Reading, compiled_phrase, standing_in

RemarkKind = Literal["podpowiedź", "termin"]
MOST_REMARKS = 3
"""Remarks of one kind beside one query; more would hide the results."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A hint (sentence, perhaps with an address) or a glossary term (meaning, perhaps with an example).

    `outside` says that the matter of a hint is not in the catalogue.
    """

    kind: RemarkKind
    phrase: str
    sentence: str
    address: str = ""
    example: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Remarks:
    """Hints and glossary of one version of the registers, ready to be found in queries."""

    phrases: Mapping[str, tuple[CompiledPhrase, ...]] = field(default_factory=dict)
    by_phrase: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)

    def standing_in(self, readings: Sequence[Reading]) -> tuple[Remark, ...]:
        """Remarks on phrases that stand among the words of a query, those on longer phrases first."""
        found: list[Remark] = []
        for item in standing_in(self.phrases, readings):
            for remark in self.by_phrase[item.phrase.phrase]:
                alike = [other for other in found if other.kind == remark.kind]
                if remark not in found and len(alike) < MOST_REMARKS:
                    found.append(remark)
        return tuple(found)


def compiled(remarks: Iterable[Remark]) -> Remarks:
    """Compile remarks by the lemmas of their phrases."""
    by_phrase: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_phrase.setdefault(" ".join(analysis.tokens(remark.phrase)), []).append(remark)
    by_lemma: dict[str, list[CompiledPhrase]] = {}
    for phrase in by_phrase:
        entry = compiled_phrase(phrase)
        if entry is None:
            continue
        for lemma in entry.words[0]:
            by_lemma.setdefault(lemma, []).append(entry)
    return Remarks(
        {lemma: tuple(entries) for lemma, entries in by_lemma.items()},
        {phrase: tuple(found) for phrase, found in by_phrase.items()},
    )
