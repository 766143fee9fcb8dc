"""Polish text as search terms: tokens, lemmas of each token, and forms without diacritics.

Every lemma of a token stands at the position of the token. Where Morfeusz has no wheel, simplemma takes its place;
which one is used is part of `ANALYSIS_VERSION`, and an index of another version has to be built again.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

RULES_VERSION = 1
"""Raised by hand whenever tokens, folding or lemma rules change."""

LONGEST_TOKEN = 60
"""Characters; what is longer is not a word and is cut."""

REMEMBERED_WORDS = 20_000
"""Words whose analysis is kept in memory: about 8 MB."""

REMEMBERED_PARADIGMS = 3_000
"""Lemmas whose forms are kept in memory, so that a changed register is compiled quickly: about 2 MB."""

TOKEN = re.compile(r"\d+\+|[^\W_]+(?:-[^\W_]+)*")
AMOUNT_PLUS = re.compile(r"\b(\d{3,4}) ?(?:\+|plus\b)")
POLISH_LETTERS = str.maketrans("ąćęłńóśźżđøħŧ", "acelnoszzdoht")

# fmt: off
FUNCTION_WORDS = frozenset((
    "a", "aby", "albo", "ale", "am", "bez", "bo", "by", "byc", "być", "chce", "chcę", "co", "czy", "dla", "do",
    "gdy", "gdzie", "i", "ich", "ile", "im", "ja", "jak", "jaka", "jaki", "jakie", "jakies", "jakiś", "jest",
    "juz", "już", "kiedy", "kto", "ktora", "która", "ktore", "które", "ktory", "który", "ktos", "ktoś", "lub",
    "ma", "mam", "mi", "mnie", "moge", "mogę", "moj", "moja", "moje", "mój", "musze", "muszę", "na", "nad", "nam",
    "nas", "nie", "o", "od", "on", "ona", "oraz", "po", "pod", "przed", "przez", "przy", "sa", "są", "sie", "się",
    "skad", "skąd", "ta", "tam", "te", "tego", "ten", "to", "tu", "u", "w", "we", "z", "za", "zeby", "ze", "że",
    "żeby",
))
# fmt: on
"""Words that say nothing about the matter; a query made only of them is still searched."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token. `surface` is lower case, `folded` has no diacritics; an unknown word is its own lemma."""

    surface: str
    lemmas: tuple[str, ...]
    folded: str
    known: bool

    @property
    def is_function_word(self) -> bool:
        """Whether the word carries no meaning for a search."""
        return self.surface in FUNCTION_WORDS


class Lemmatiser(Protocol):
    """Source of lemmas and paradigms. Implementations are safe to call from several threads."""

    name: str

    def lemmas(self, word: str) -> tuple[str, ...]:
        """All lemmas of a lower-case word, sorted; empty when the word is unknown."""

    def forms(self, lemma: str) -> tuple[str, ...]:
        """All inflected forms of a lemma, sorted; empty when they are not known."""


class MorfeuszLemmatiser:
    """Morfeusz 2 with the SGJP dictionary: all lemmas, full paradigms."""

    name = "morfeusz2"

    def __init__(self) -> None:
        import morfeusz2

        self._morfeusz = morfeusz2.Morfeusz(praet="composite", case_handling=morfeusz2.IGNORE_CASE)
        self._one_at_a_time = threading.Lock()

    def lemmas(self, word: str) -> tuple[str, ...]:
        """All lemmas of readings that begin with the word; readings of the whole word go before readings of a part."""
        with self._one_at_a_time:
            readings = [edge for edge in self._morfeusz.analyse(word) if edge[0] == 0 and edge[2][2] != "ign"]
        longest = max((edge[1] for edge in readings), default=0)
        return tuple(sorted({_plain(edge[2][1]) for edge in readings if edge[1] == longest}))

    def forms(self, lemma: str) -> tuple[str, ...]:
        """The paradigm of a lemma; negated gerunds and participles included."""
        with self._one_at_a_time:
            generated = self._morfeusz.generate(lemma)
        return tuple(sorted({reading[0].lower() for reading in generated if reading[2] != "ign"}))


class SimplemmaLemmatiser:
    """The fallback: one lemma per word and no paradigms."""

    name = "simplemma"

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The lemma of the word."""
        import simplemma

        if not simplemma.is_known(word, lang="pl"):
            return ()
        return (simplemma.lemmatize(word, lang="pl").lower(),)

    def forms(self, lemma: str) -> tuple[str, ...]:
        """Not known to simplemma."""
        return ()


def lemmatiser_class() -> type[MorfeuszLemmatiser] | type[SimplemmaLemmatiser]:
    """Morfeusz where it can be imported, else simplemma."""
    try:
        import morfeusz2  # noqa: F401
    except ImportError:
        return SimplemmaLemmatiser
    return MorfeuszLemmatiser


LEMMATISER = lemmatiser_class()
ANALYSIS_VERSION = f"{RULES_VERSION}-{LEMMATISER.name}"


@lru_cache(maxsize=1)
def _lemmatiser() -> Lemmatiser:
    """The one lemmatiser of the process; its dictionary is read at the first use."""
    return LEMMATISER()


def _plain(lemma: str) -> str:
    """A Morfeusz lemma without the number of its homonym ("zamek:s1")."""
    return lemma.split(":", 1)[0].lower() or lemma


def folded(text: str) -> str:
    """Lower case without diacritics: "Żądłówka" as "zadlowka"."""
    plain = text.lower().translate(POLISH_LETTERS)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def normalised(text: str) -> str:
    """NFC, lower case, and one spelling of programmes such as "800 plus"."""
    return AMOUNT_PLUS.sub(r"\1+ ", unicodedata.normalize("NFC", text).lower())


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and surface of each token of a text already in NFC and lower case.

    Form and act codes stay whole ("pit-37", "sd-z2", "800+"); other hyphenated words fall into their parts.
    """
    for match in TOKEN.finditer(text):
        whole = match.group()
        if "-" not in whole or any(character.isdigit() for character in whole):
            yield match.start(), match.end(), whole[:LONGEST_TOKEN]
            continue
        start = match.start()
        for part in whole.split("-"):
            yield start, start + len(part), part[:LONGEST_TOKEN]
            start += len(part) + 1


def tokens(text: str) -> list[str]:
    """Surfaces of the tokens of any text."""
    return [surface for _, _, surface in spans(normalised(text))]


@lru_cache(maxsize=REMEMBERED_WORDS)
def word(surface: str) -> Word:
    """Analyse one token."""
    if any(character.isdigit() for character in surface):
        return Word(surface, _code_lemmas(surface), folded(surface), known=True)
    lemmas = _lemmatiser().lemmas(surface)
    return Word(surface, lemmas or (surface,), folded(surface), known=bool(lemmas))


def dictionary_lemmas(surface: str) -> tuple[str, ...]:
    """Lemmas of a word as the dictionary has it, empty when it does not; not kept in memory."""
    return _lemmatiser().lemmas(surface)


def words(text: str) -> list[Word]:
    """The analysed tokens of any text."""
    return [word(surface) for surface in tokens(text)]


def paradigm(lemma: str) -> list[str]:
    """All forms of a lemma that the lemmatiser knows."""
    return _forms_in_lines(lemma).splitlines()


@lru_cache(maxsize=REMEMBERED_PARADIGMS)
def _forms_in_lines(lemma: str) -> str:
    """The forms of a lemma as one text: a paradigm has dozens of them, and each would be an object of its own."""
    return "\n".join(_lemmatiser().forms(lemma))


def _code_lemmas(surface: str) -> tuple[str, ...]:
    """A code is found with and without its hyphen and plus: "pit-37" as "pit37", "800+" as "800"."""
    return tuple(dict.fromkeys((surface, surface.replace("-", "").rstrip("+"))))
