"""Syllables of Polish words, counted by letters so that anybody can check the result with a pencil.

Vowels are a ą e ę i o ó u y. An "i" before another vowel only softens the letter before it and is no syllable of its own;
"au" and "eu" at the beginning of a word are one syllable ("Europa" 3), inside a word two ("nauka" 3).
"""

from __future__ import annotations

import re
from functools import lru_cache

HARD_FROM = 4
"""A word of this many syllables or more is hard (index FOG in its Polish variant)."""

VOWEL = re.compile(r"i(?![aąeęioóuy])|[aąeęoóuy]")
DIGIT = re.compile(r"\d")


@lru_cache(maxsize=65_536)
def syllables(word: str) -> int:
    """Number of syllables of one word, upper or lower case; 0 for a word without a vowel ("w", "PKP")."""
    lower = word.lower()
    count = len(VOWEL.findall(lower))
    return count - 1 if lower.startswith(("au", "eu")) else count


@lru_cache(maxsize=65_536)
def is_hard(word: str) -> bool:
    """Whether the word has four or more syllables. What contains a digit is a number or a code and is never hard."""
    return syllables(word) >= HARD_FROM and not DIGIT.search(word)
