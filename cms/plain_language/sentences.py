"""Words and sentences of a Polish text, by the counting rules of the language gate.

A word is a run of letters and digits with inner hyphens. Every line (so every item of a list) ends a sentence. A full stop
ends one unless it belongs to an abbreviation, an initial or an ordinal number ("24. miesiąc").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cms.plain_language.exclusions import excluded_spans

LONGEST_WORD = 60
"""Characters; of what is longer only the beginning is looked at, so that nobody can fill the memory with one "word"."""

WORD = re.compile(r"[^\W_]++(?:-[^\W_]++)*+")
STOP = re.compile(r"([.!?…])[\"”’»)\]]*+(?=\s)")
LINE_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]")
LIST_MARK = re.compile(
    r"[^\S\n]*+(?:[-–—•*·▪]++|\d{1,2}\.(?=[^\S\n]++[\"„(]?[A-ZĄĆĘŁŃÓŚŹŻ])|(?:\d{1,2}|[a-z])\))[^\S\n]++(?=\S)"
)

# fmt: off
NEVER_LAST = frozenset((
    "art", "ust", "pkt", "poz", "par", "lit", "zd", "nr", "np", "tj", "tzw", "tzn", "ul", "al", "pl", "os", "godz", "dz", "u", "ok",
    "pok", "tel", "wew", "im", "ww", "św", "ks", "gen", "płk", "prof", "dr", "mgr", "inż", "lek", "wet", "zob", "por", "ds", "dot",
    "m", "in", "woj", "pow", "gm", "min", "maks", "j", "p", "br", "zm", "sp", "pt", "str", "rys", "tab", "zał", "ws", "odp", "ur",
))
"""Abbreviations after which the sentence always goes on (as written before their full stop, in lower case)."""
MAY_BE_LAST = frozenset(("r", "w", "itd", "itp", "zł", "gr", "tys", "mln", "mld", "o", "wlkp", "maz", "śl"))
"""Abbreviations that may close a sentence: they do when no small letter follows."""
UNITS = frozenset(("os", "m", "min", "str", "p"))
"""Those of the first list that close a sentence after a number and before a capital letter ("trwa 30 min. Potem")."""
JOINED = frozenset(("u", "in", "o"))
"""Second halves of abbreviations written without a space: Dz.U., m.in., sp. z o.o."""
# fmt: on


class Word(NamedTuple):
    """A word: its place, its text, the same in lower case, and whether it counts towards the measures."""

    start: int
    end: int
    text: str
    lower: str
    measured: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with at least one word; `start` is its first word, `end` lies behind its closing mark."""

    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def length(self) -> int:
        """Number of measured words."""
        return sum(word.measured for word in self.words)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its sentences. `text` is what positions count in; `excluded` are the places that are not measured."""

    text: str
    sentences: tuple[Sentence, ...]
    excluded: tuple[tuple[int, int], ...]

    def line_of(self, position: int) -> int:
        """Number of the line of a position, from 1."""
        return self.text.count("\n", 0, position) + 1


def readable(text: str) -> str:
    """The text with composed letters, one kind of line break and no invisible characters. Idempotent."""
    plain = INVISIBLE.sub("", LINE_BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", plain)


def read_passage(text: str, *, excluding: bool = True) -> Passage:
    """Split a text. With `excluding` false also citations, addresses, form codes and tables count as text."""
    clean = readable(text)
    spans = excluded_spans(clean) if excluding else []
    covered = _Covering(spans)
    sentences = tuple(_sentences(clean, covered))
    return Passage(text=clean, sentences=sentences, excluded=tuple(spans))


class _Covering:
    """Answers, for growing positions, whether a word lies in an excluded span."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._next = 0

    def covers(self, start: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= start:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= start


def _sentences(text: str, covered: _Covering) -> Iterator[Sentence]:
    start = 0
    for line in text.split("\n"):
        yield from _sentences_of_line(text, start, start + len(line), covered)
        start += len(line) + 1


def _sentences_of_line(text: str, start: int, end: int, covered: _Covering) -> Iterator[Sentence]:
    mark = LIST_MARK.match(text, start, end)
    words = [
        Word(match.start(), match.end(), match[0], match[0][:LONGEST_WORD].lower(), not covered.covers(match.start()))
        for match in WORD.finditer(text, mark.end() if mark else start, end)
    ]
    first = 0
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        gap = text[word.end : following.start if following else end]
        if following is None:
            yield Sentence(words[first].start, word.end + len(gap.rstrip()), tuple(words[first:]))
        elif (stop := STOP.search(gap)) and _ends(text, gap, stop, _Beginning(words, first, index)):
            yield Sentence(words[first].start, word.end + stop.end(), tuple(words[first : index + 1]))
            first = index + 1


class _Beginning(NamedTuple):
    """Words of a line of which those from `first` to `last` begin a sentence; there is one more after them."""

    words: list[Word]
    first: int
    last: int

    @property
    def before(self) -> Word | None:
        """The last word but one."""
        return self.words[self.last - 1] if self.last > self.first else None


def _ends(text: str, gap: str, stop: re.Match[str], so_far: _Beginning) -> bool:
    """Whether the stop in the gap after the words `so_far` closes their sentence."""
    goes_on = so_far.words[so_far.last + 1].text[0].islower()
    if "!" in gap or "?" in gap:
        return True
    if "…" in gap or ".." in gap:
        return not goes_on
    word = so_far.words[so_far.last]
    if stop.start() > 0 or not (word.text[-1].isdigit() or _is_abbreviation(text, word)):
        return stop.start() > 0 or not _is_initial(so_far)
    if word.lower in NEVER_LAST:
        before = so_far.before
        return word.lower in UNITS and not goes_on and before is not None and before.text[-1].isdigit()
    return not goes_on


def _is_abbreviation(text: str, word: Word) -> bool:
    """Whether the word is a known abbreviation; the end of an address ("gov.pl.") or one capital letter is none."""
    if word.start and text[word.start - 1] == ".":
        return word.lower in JOINED
    if word.lower not in NEVER_LAST and word.lower not in MAY_BE_LAST:
        return False
    return len(word.text) > 1 or word.text.islower()


def _is_initial(so_far: _Beginning) -> bool:
    """Whether the last word is the initial of a name: one capital at the start, after another initial or a title."""
    word, before = so_far.words[so_far.last], so_far.before
    if len(word.text) != 1 or not word.text.isupper():
        return False
    return before is None or before.lower in NEVER_LAST or (len(before.text) == 1 and before.text.isupper())
