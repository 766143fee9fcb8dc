"""Measures of how hard a text is to read: FOG-PL in two variants, Pisarek in two variants, LIX, length of sentences.

All come from six counts, and counts of texts can be added, so the measures of a card are those of its fields together.

Sources: index FOG in its Polish form (hard = four syllables or more; bands by years of school); formulas of Walery Pisarek;
LIX with words longer than eight letters. Values of a text under 100 words jump with single words: see `Counts.unstable`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from cms.plain_language.morphology import Morphology, default_morphology, is_hard_by_base_form
from cms.plain_language.sentences import Passage, Sentence, Word, read_passage
from cms.plain_language.syllables import is_hard, syllables

Band = Literal["zielony", "bursztynowy", "czerwony"]
GREEN_UP_TO = 9.0
AMBER_UP_TO = 12.0
STABLE_FROM = 100
"""Words; measures of a shorter text are only a hint."""
LONG_WORD_OVER = 8
"""Letters; longer words count in LIX."""
LONG_SENTENCE_OVER = 20
TOO_LONG_SENTENCE_OVER = 30
"""Words; a sentence above this must be divided before a card is published."""
NO_BASE_FORM_HARD_BELOW = 2
"""Syllables; no word shorter than this has a base form of four syllables, so it need not be looked up."""

SCHOOL_LEVELS = (
    (6, "szkoła podstawowa"),
    (9, "gimnazjum"),
    (12, "szkoła średnia"),
    (15, "studia licencjackie"),
    (17, "studia magisterskie"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Six counts of a text and the measures that follow from them; every measure of an empty text is 0.

    `hard_by_base_form` counts by dictionary form (strict FOG); `hard_common` leaves out proper names (Pisarek).
    """

    words: int = 0
    sentences: int = 0
    hard: int = 0
    hard_by_base_form: int = 0
    hard_common: int = 0
    long_words: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.words + other.words,
            self.sentences + other.sentences,
            self.hard + other.hard,
            self.hard_by_base_form + other.hard_by_base_form,
            self.hard_common + other.hard_common,
            self.long_words + other.long_words,
        )

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.words - other.words,
            self.sentences - other.sentences,
            self.hard - other.hard,
            self.hard_by_base_form - other.hard_by_base_form,
            self.hard_common - other.hard_common,
            self.long_words - other.long_words,
        )

    def _percentage(self, part: int) -> float:
        return 100 * part / self.words if self.words else 0.0

    @property
    def average_sentence_length(self) -> float:
        """Words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def hard_percentage(self) -> float:
        """Hard words per 100 words."""
        return self._percentage(self.hard)

    @property
    def fog(self) -> float:
        """FOG-PL of the words as they stand: 0.4 × (words per sentence + hard words per 100)."""
        return 0.4 * (self.average_sentence_length + self.hard_percentage)

    @property
    def fog_strict(self) -> float:
        """FOG-PL of base forms."""
        return 0.4 * (self.average_sentence_length + self._percentage(self.hard_by_base_form))

    @property
    def pisarek_linear(self) -> float:
        """Pisarek: words per sentence / 3 + hard words per 100 / 3 + 1."""
        if not self.words:
            return 0.0
        return self.average_sentence_length / 3 + self._percentage(self.hard_common) / 3 + 1

    @property
    def pisarek_nonlinear(self) -> float:
        """Pisarek: half the root of the sum of both squares."""
        return math.hypot(self.average_sentence_length, self._percentage(self.hard_common)) / 2

    @property
    def lix(self) -> float:
        """LIX: words per sentence + words longer than eight letters per 100."""
        return self.average_sentence_length + self._percentage(self.long_words)

    @property
    def unstable(self) -> bool:
        """Whether the text is too short (under 100 words) for the measures to mean much."""
        return self.words < STABLE_FROM

    def gate_value(self, *, strict: bool = False) -> float:
        """The FOG that decides the band, to two places, so that a limit means what the screen shows."""
        return round(self.fog_strict if strict else self.fog, 2)

    def band(self, *, strict: bool = False) -> Band:
        """Green up to FOG 9, amber up to 12 (publish with a reason), red above."""
        return band_of(self.gate_value(strict=strict))


def band_of(fog: float) -> Band:
    """The band of a FOG value; the limits belong to the better band."""
    if fog <= GREEN_UP_TO:
        return "zielony"
    return "bursztynowy" if fog <= AMBER_UP_TO else "czerwony"


def school_level(fog: float) -> str:
    """The school after which a text of this FOG is easy to read, by the Polish table."""
    return next((name for limit, name in SCHOOL_LEVELS if round(fog) <= limit), "specjalista")


def words_in_polish(number: int) -> str:
    """A number of words as one says it: "1 słowo", "22 słowa", "25 słów"."""
    if number == 1:
        return "1 słowo"
    few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return f"{number} {'słowa' if few else 'słów'}"


def measure(text: str, *, excluding: bool = True, morphology: Morphology | None = None) -> Counts:
    """Counts of a text. With `excluding` false citations, addresses, form codes and tables count as text."""
    return measure_passage(read_passage(text, excluding=excluding), morphology=morphology)


def measure_passage(passage: Passage, *, morphology: Morphology | None = None) -> Counts:
    """Counts of a text already split."""
    chosen = morphology or default_morphology()
    return sum((measure_sentence(sentence, morphology=chosen) for sentence in passage.sentences), Counts())


def measure_sentence(sentence: Sentence, *, morphology: Morphology) -> Counts:
    """Counts of one sentence; one whose words are all left out (a citation) counts nothing."""
    words = hard = strict = common = long_words = 0
    for position, word in enumerate(sentence.words):
        if not word.measured:
            continue
        words += 1
        if is_hard(word.lower):
            hard += 1
            common += not (position > 0 and word.text[0].isupper())
        if syllables(word.lower) >= NO_BASE_FORM_HARD_BELOW and is_hard_by_base_form(word.lower, morphology):
            strict += 1
        long_words += _is_long(word)
    return Counts(words, 1 if words else 0, hard, strict, common, long_words)


def _is_long(word: Word) -> bool:
    return len(word.text) > LONG_WORD_OVER and sum(map(str.isalpha, word.text)) > LONG_WORD_OVER


def longest_sentences(passage: Passage, *, count: int = 5) -> list[Sentence]:
    """The longest sentences by measured words, longest first, earlier ones first among equals."""
    return sorted(passage.sentences, key=lambda sentence: -sentence.length)[:count]
