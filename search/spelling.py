"""What a word stands for that neither the dictionary nor the catalogue has as it was typed.

In this order: a misspelling that the register names, a case of an abbreviation ("pitem"), a Polish word without its diacritics,
another case of a word that only the catalogue has, two words typed as one. Only what is left may be a typing error, and among
the nearest forms the one that sounds alike wins, then the one that stands beside the other words of the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from search import analysis
from search.analysis import Word
from search.forms import FormIndex, Neighbour
from search.synonyms import Vocabulary

SHORTEST_STEM = 3
LONGEST_ABBREVIATION = 6
SHORTEST_COMMON_STEM = 5
SHORTEST_PART = 4
"""Letters of each of two words that were typed as one."""
LONGEST_RESTORED = 20
"""Letters of a word in which diacritics are looked for."""
MOST_RESTORED = 2
"""Diacritics that are put back into one word."""
ENDINGS_OF_ABBREVIATIONS = ("owi", "ami", "ach", "em", "ie", "om", "ow", "u", "a", "y", "e")
"""Endings, folded, that abbreviations and foreign names get: PIT-u, NIP-em, SMS-y."""
# fmt: off
ENDINGS_OF_CASES = frozenset((
    "a", "e", "i", "o", "u", "y", "ach", "ami", "ego", "em", "emu", "ie", "iego", "iemu", "im", "imi", "iej", "ej", "ich", "om",
    "owi", "ow", "ych", "ym", "ymi", "ia", "iach", "iami", "iem", "io", "iom", "iu", "iow",
))
# fmt: on
"""Endings, folded, of Polish nouns and adjectives."""
DIACRITICS = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}
VOWELS = frozenset("aeioy")
"""Without "u": "zadośćuczynienie"."""
NEVER_BEFORE_VOWELS = frozenset("ąćęńóśź")
"""Polish writes "ci", "ni", "si" and "zi" there, and no nasal vowel or "ó" stands before another vowel."""
NEVER_FIRST = frozenset("ąęń")
SOUNDS = (("ch", "h"), ("rz", "ż"), ("ó", "u"))
"""Letters that Polish says alike."""
DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Speller:
    """Reads words against one state of the index and of the registers.

    `together` counts the documents that have both lemmas in their names.
    """

    forms: FormIndex
    vocabulary: Vocabulary
    frequency: Callable[[str], int]
    occurs: Callable[[str], bool]
    together: Callable[[str, str], int]
    looked_up: dict[str, list[Neighbour]] = field(default_factory=dict)
    """Near forms of the words asked about: finding them is the most expensive part of a plan."""

    def read(self, words: Sequence[Word]) -> tuple[list[Word], dict[str, str]]:
        """The words with what they stand for, and corrections by the surface that was typed."""
        found: list[Word] = []
        corrections: dict[str, str] = {}
        for word in words:
            spellings = self.vocabulary.spellings
            right = spellings.get(word.surface) or (None if word.known else spellings.get(word.folded))
            parts = [analysis.word(right)] if right else self._parts(word)
            found += parts
            if right or len(parts) > 1:
                corrections[word.surface] = " ".join(part.surface for part in parts)
        return found, corrections

    def knows(self, lemma: str) -> bool:
        """Whether a card or a synonym has the lemma."""
        return bool(self.frequency(lemma)) or lemma in self.vocabulary.lemmas

    def neighbours(self, word: Word) -> list[Neighbour]:
        """Forms near a mistyped word that lead to a card or to a synonym; of a dictionary word only the nearest."""
        if word.folded not in self.looked_up:
            near = [*self.forms.neighbours(word.folded), *self.vocabulary.forms.neighbours(word.folded)]
            self.looked_up[word.folded] = [each for each in near if self.used(each)]
        return [each for each in self.looked_up[word.folded] if each.distance == 1 or not word.known]

    def used(self, near: Neighbour) -> int:
        """How many documents the form leads to; 0 when its words stand only in documents that were removed."""
        frequency = max((self.frequency(lemma) for lemma in near.lemmas if self.occurs(lemma)), default=0)
        return frequency or int(not self.vocabulary.lemmas.isdisjoint(near.lemmas))

    def correction(self, word: Word, nearest: Iterable[Neighbour], others: Iterable[Word]) -> str:
        """The spelling of the form that was most likely meant; empty for a word of the dictionary."""
        if word.known:
            return ""
        beside = [lemma for other in others for lemma in other.lemmas if other is not word and self.frequency(lemma)]
        sound = _sound(word.surface)

        def likelihood(near: Neighbour) -> tuple[int, bool, int, int, int]:
            pairs = sum(max((self.together(lemma, other) for lemma in near.lemmas), default=0) for other in beside)
            longer = abs(len(near.spelling) - len(word.surface))
            return -near.distance, _sound(near.spelling) == sound, pairs, self.used(near), -longer

        best = max(nearest, key=likelihood, default=None)
        return best.spelling if best else ""

    def _understood(self, word: Word) -> bool:
        """Whether the word needs no help: the dictionary has it, or a card or synonym does."""
        return word.known or any(map(self.knows, word.lemmas))

    def _parts(self, word: Word) -> list[Word]:
        """The word as another word's form, or as two words; alone and unchanged when it is neither."""
        if self._understood(word) or self._is_form(word.folded):
            return [word]
        lemmas = self._of_abbreviation(word) or _with_diacritics(word.folded) or self._in_another_case(word)
        if lemmas:
            return [replace(word, lemmas=lemmas, known=True)]
        return self._two_words(word) or [word]

    def _is_form(self, folded: str) -> bool:
        return bool(self.forms.lemmas(folded) or self.vocabulary.forms.lemmas(folded))

    def _of_abbreviation(self, word: Word) -> tuple[str, ...]:
        """The lemma of which the word is a case: "pit" for "pitem"."""
        for ending in ENDINGS_OF_ABBREVIATIONS:
            stem = word.folded.removesuffix(ending)
            if SHORTEST_STEM <= len(stem) <= min(LONGEST_ABBREVIATION, len(word.folded) - 1) and self.knows(stem):
                return (stem,)
        return ()

    def _in_another_case(self, word: Word) -> tuple[str, ...]:
        """Lemmas of a near form that differs only in its ending: "sanepidowska" for "sanepidowskie"."""
        for near in self.neighbours(word):
            form = analysis.folded(near.spelling)
            common = _common_beginning(form, word.folded)
            rests = {form[common:], word.folded[common:]}
            if common >= SHORTEST_COMMON_STEM and rests <= ENDINGS_OF_CASES and not analysis.word(near.spelling).known:
                return near.lemmas
        return ()

    def _two_words(self, word: Word) -> list[Word]:
        """The two catalogue words that make the typed one, the rarer word longest first; empty when there are none."""
        text = word.surface
        if len(text) < 2 * SHORTEST_PART or not text.isalpha() or self.neighbours(word):
            return []
        for cut in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1):
            parts = [analysis.word(text[:cut]), analysis.word(text[cut:])]
            if all(any(map(self.knows, part.lemmas)) or self._is_form(part.folded) for part in parts):
                return parts
        return []


def _with_diacritics(folded: str) -> tuple[str, ...]:
    """Lemmas of the dictionary words that the word is without its diacritics; those with the fewest of them."""
    if len(folded) > LONGEST_RESTORED or not folded.isalpha():
        return ()
    for count in range(1, MOST_RESTORED + 1):
        found = {lemma for form in restored(folded, count) for lemma in analysis.dictionary_lemmas(form)}
        if found:
            return tuple(sorted(found))
    return ()


def restored(folded: str, count: int) -> Iterator[str]:
    """The word with diacritics on as many of its letters."""
    letters = {place: letters for place in range(len(folded)) if (letters := _possible(folded, place))}
    for chosen in combinations(letters, count):
        written = [folded]
        for place in chosen:
            written = [f"{form[:place]}{letter}{form[place + 1 :]}" for form in written for letter in letters[place]]
        yield from written


def _possible(folded: str, place: int) -> str:
    """Letters with diacritics that may stand for a letter of a word without them; half of them spelling rules out."""
    letters = DIACRITICS.get(folded[place], "")
    if folded[place + 1 : place + 2] in VOWELS:
        letters = "".join(letter for letter in letters if letter not in NEVER_BEFORE_VOWELS)
    return "" if place == 0 and letters in NEVER_FIRST else letters


def _common_beginning(first: str, second: str) -> int:
    """Number of equal letters at the beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _sound(spelling: str) -> str:
    """The word as it sounds: "dohod" for "dochód"."""
    for written, said in SOUNDS:
        spelling = spelling.replace(written, said)
    return DOUBLED.sub(r"\1", analysis.folded(spelling))
