"""Swaps of official words for everyday ones, found in any inflected form.

The list is an argument, so that an editable register can supply it; `standing_swaps()` is the one that comes with the
program (`data/word_swaps.tsv`: phrase, proposal, remark). In a phrase `*` stands for any one word and `#` for any number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from cms.plain_language.morphology import Morphology, default_morphology
from cms.plain_language.sentences import WORD, Passage, Sentence, Word, read_passage

STANDING_LIST = Path(__file__).parent / "data" / "word_swaps.tsv"
COLUMNS = ["zwrot", "propozycja", "uwaga"]
LONGEST_PHRASE = 12
"""Words."""
ANY_WORD, ANY_NUMBER = "*", "#"


class SwapListError(ValueError):
    """A list of swaps cannot be read; the message says in which line and what to do."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A phrase to avoid and what to write. An empty proposal means: leave it out."""

    phrase: str
    proposal: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A swap found at a place of the text. `proposal` is in its basic form; the author inflects it."""

    start: int
    end: int
    quotation: str
    swap: Swap
    proposal: str

    @property
    def message(self) -> str:
        """The proposal as a sentence for the author."""
        advice = f"napisz „{self.proposal}”" if self.proposal else "pomiń"
        remark = f" ({self.swap.remark})" if self.swap.remark else ""
        return f"Zamiast „{self.quotation}” {advice}{remark}."


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A swap ready to match: for each word of the phrase the forms it may be recognised by."""

    swap: Swap
    parts: tuple[frozenset[str], ...]


@cache
def standing_swaps() -> tuple[Swap, ...]:
    """The list that comes with the program."""
    return read_swaps(STANDING_LIST.read_text(encoding="utf-8"))


def read_swaps(table: str) -> tuple[Swap, ...]:
    """Swaps of a table with tabs and a heading. Raises `SwapListError` for a line that does not fit."""
    rows = list(csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != COLUMNS:
        raise SwapListError("Lista zamian nie ma nagłówka „zwrot, propozycja, uwaga”. Dodaj go w pierwszym wierszu.")
    swaps: dict[str, Swap] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(COLUMNS):
            raise SwapListError(
                f"Wiersz {number} listy zamian ma {len(row)} kolumn. Potrzebne są trzy: {', '.join(COLUMNS)}."
            )
        phrase, proposal, remark = (cell.strip() for cell in row)
        if not words_of(phrase) or len(words_of(phrase)) > LONGEST_PHRASE:
            raise SwapListError(
                f"Wiersz {number} listy zamian: zwrot musi mieć od 1 do {LONGEST_PHRASE} słów. Popraw zwrot."
            )
        if phrase.lower() in swaps:
            raise SwapListError(f"Wiersz {number} listy zamian: zwrot „{phrase}” już jest na liście. Usuń powtórzenie.")
        swaps[phrase.lower()] = Swap(phrase, proposal, remark)
    return tuple(swaps.values())


def find_swaps(
    text: str, *, swaps: Iterable[Swap] | None = None, morphology: Morphology | None = None
) -> list[Proposal]:
    """Proposals for a text in the order of their places; of phrases that begin at one word the longest is proposed."""
    return find_swaps_in(read_passage(text), swaps=swaps, morphology=morphology)


def find_swaps_in(
    passage: Passage, *, swaps: Iterable[Swap] | None = None, morphology: Morphology | None = None
) -> list[Proposal]:
    """Proposals for a text already split."""
    chosen = morphology or default_morphology()
    patterns = _by_first_form(standing_swaps() if swaps is None else tuple(swaps), chosen)
    found: list[Proposal] = []
    for sentence in passage.sentences:
        found.extend(_in_sentence(passage.text, sentence, patterns, chosen))
    return found


def _in_sentence(
    text: str, sentence: Sentence, patterns: dict[str, tuple[_Pattern, ...]], morphology: Morphology
) -> list[Proposal]:
    found: list[Proposal] = []
    position = 0
    while position < len(sentence.words):
        candidates = {
            id(pattern): pattern
            for form in (*_forms(sentence.words[position].lower, morphology), ANY_WORD)
            for pattern in patterns.get(form, ())
        }
        fitting = [pattern for pattern in candidates.values() if _fits(pattern, sentence.words, position, morphology)]
        if not fitting:
            position += 1
            continue
        best = max(fitting, key=lambda pattern: (len(pattern.parts), pattern.swap.phrase))
        words = sentence.words[position : position + len(best.parts)]
        found.append(_proposal(text, words, best.swap))
        position += len(best.parts)
    return found


def _proposal(text: str, words: tuple[Word, ...], swap: Swap) -> Proposal:
    number = next((word.text for word in words if word.text.isdigit()), "")
    start, end = words[0].start, words[-1].end
    return Proposal(start, end, text[start:end], swap, swap.proposal.replace(ANY_NUMBER, number or ANY_NUMBER))


def _fits(pattern: _Pattern, words: tuple[Word, ...], position: int, morphology: Morphology) -> bool:
    if position + len(pattern.parts) > len(words):
        return False
    return all(
        _is_one_of(words[position + offset].lower, part, morphology) for offset, part in enumerate(pattern.parts)
    )


def _is_one_of(word: str, part: frozenset[str], morphology: Morphology) -> bool:
    if ANY_WORD in part:
        return True
    if ANY_NUMBER in part:
        return word.isdigit()
    return not part.isdisjoint(_forms(word, morphology))


@lru_cache(maxsize=65_536)
def _forms(word: str, morphology: Morphology) -> frozenset[str]:
    """What a word may be recognised by: itself and its base forms."""
    return frozenset((word, *(reading.base for reading in morphology.readings(word))))


def words_of(phrase: str) -> list[str]:
    """Words and signs (`*`, `#`) of a phrase in lower case."""
    found: list[str] = []
    for part in phrase.lower().split():
        found.extend([part] if part in {ANY_WORD, ANY_NUMBER} else WORD.findall(part))
    return found


@lru_cache(maxsize=8)
def _by_first_form(swaps: tuple[Swap, ...], morphology: Morphology) -> dict[str, tuple[_Pattern, ...]]:
    """Patterns by every form of their first word. The base forms of the phrase's words are computed once per list."""
    table: dict[str, tuple[_Pattern, ...]] = {}
    for swap in swaps:
        parts = tuple(_recognised_by(part, morphology) for part in words_of(swap.phrase))
        if not parts:
            continue
        for form in parts[0]:
            table[form] = (*table.get(form, ()), _Pattern(swap, parts))
    return table


def _recognised_by(part: str, morphology: Morphology) -> frozenset[str]:
    """Forms of a word of a phrase: the base forms of its commonest reading, so that "jest" does not find "jeść"."""
    if part in {ANY_WORD, ANY_NUMBER}:
        return frozenset((part,))
    bases = [reading.base for reading in morphology.readings(part)]
    return frozenset((part, part if part in bases or not bases else bases[0]))
