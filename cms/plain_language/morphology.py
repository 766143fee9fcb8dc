"""Base forms and kinds of Polish words: Morfeusz 2 where it can be imported, else simplemma, which knows base forms only."""

from __future__ import annotations

import importlib.util
import re
import threading
from abc import ABC, abstractmethod
from functools import cache, lru_cache
from typing import NamedTuple

from cms.plain_language.syllables import is_hard

LONGEST_LOOKED_UP = 60
"""Characters; Morfeusz crashes the process on a "word" of some ten thousand characters."""
VERBAL_NOUN_ENDING = re.compile(r"(?:ni|ci)(?:a|u|em|om|ami|ach)$")
PARTICIPLE_ENDING = re.compile(r"(?<=[ntc])(?:iego|iemu|ego|emu|ymi|imi|ym|im|ych|ich|ej|a|ą|e|y|i)$")


class Reading(NamedTuple):
    """One reading of a word: base form in lower case and tag of the Morfeusz tag set ("" when not known)."""

    base: str
    tag: str

    @property
    def kind(self) -> str:
        """The part of speech, the first part of the tag."""
        return self.tag.split(":", 1)[0]


class Morphology(ABC):
    """Source of readings. Safe to call from several threads; remembers what it has read."""

    name: str
    has_tags: bool

    def __init__(self) -> None:
        self._remembered = lru_cache(maxsize=65_536)(self._read)

    def readings(self, word: str) -> tuple[Reading, ...]:
        """All readings of a lower-case word; empty when it is unknown or longer than any word."""
        return self._remembered(word) if len(word) <= LONGEST_LOOKED_UP else ()

    @abstractmethod
    def _read(self, word: str) -> tuple[Reading, ...]:
        """The readings, looked up."""


class MorfeuszMorphology(Morphology):
    """Morfeusz 2 with the SGJP dictionary."""

    name = "morfeusz2"
    has_tags = True

    def __init__(self) -> None:
        import morfeusz2

        super().__init__()
        self._morfeusz = morfeusz2.Morfeusz(
            praet="composite", case_handling=morfeusz2.IGNORE_CASE, generate=False, expand_tags=False
        )
        self._one_at_a_time = threading.Lock()

    def _read(self, word: str) -> tuple[Reading, ...]:
        with self._one_at_a_time:
            edges = [edge for edge in self._morfeusz.analyse(word) if edge[0] == 0 and edge[2][2] != "ign"]
        longest = max((edge[1] for edge in edges), default=0)
        return tuple(
            dict.fromkeys(
                Reading(edge[2][1].split(":", 1)[0].lower() or word, edge[2][2]) for edge in edges if edge[1] == longest
            )
        )


class SimplemmaMorphology(Morphology):
    """The fallback: one base form per word and no tags."""

    name = "simplemma"
    has_tags = False

    def _read(self, word: str) -> tuple[Reading, ...]:
        import simplemma

        if not simplemma.is_known(word, lang="pl"):
            return ()
        return (Reading(simplemma.lemmatize(word, lang="pl").lower(), ""),)


@cache
def default_morphology() -> Morphology:
    """The best source that this machine has; loading takes about 0.2 s, once."""
    if importlib.util.find_spec("morfeusz2") is not None:
        return MorfeuszMorphology()
    return SimplemmaMorphology()


def is_hard_by_base_form(word: str, morphology: Morphology) -> bool:
    """Whether a word is hard in the strict sense: every base form it may have is hard.

    A word with inner hyphens is hard by the base form of its last part together with the parts before it. An unknown word
    is its own base form.
    """
    lower = word.lower()
    head, hyphen, last = lower.rpartition("-")
    forms = {base_form(last, reading) for reading in morphology.readings(last)} or {last}
    return all(is_hard(head + hyphen + form) for form in forms)


def base_form(word: str, reading: Reading) -> str:
    """The dictionary form: of a noun made from a verb its first case, of a participle its masculine form.

    Morfeusz gives the verb for both ("złożyć" for "niezłożenia" and for "złożona"), which a reader does not think of.
    """
    if reading.kind == "ger":
        return VERBAL_NOUN_ENDING.sub(lambda match: match[0][:2] + "e", word)
    if reading.kind in {"ppas", "pact"}:
        return PARTICIPLE_ENDING.sub("y", word)
    return reading.base
