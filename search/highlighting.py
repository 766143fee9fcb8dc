"""Snippets with the found words marked. The plan knows the lemmas and forms, so no engine is asked.

The output is HTML: the text is escaped, and `<mark>` is the only element in it.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator

from search import analysis
from search.planner import Plan

SNIPPET = 240
"""Characters of text in a snippet, without marks."""
LEAD = 60
"""Characters shown before the first found word when the beginning is cut."""
ELLIPSIS = "…"


class Highlighter:
    """Marks the words of one plan in any number of texts."""

    def __init__(self, plan: Plan) -> None:
        self._lemmas = frozenset(lemma for clause in plan.clauses for lemma in clause.lemmas())
        self._folded = frozenset(analysis.folded(clause.word) for clause in plan.clauses)
        self._decided: dict[str, tuple[tuple[int, int], ...]] = {}

    def marked(self, text: str) -> str:
        """The whole text with found words marked."""
        text = unicodedata.normalize("NFC", text)
        return self._with_marks(text, list(self._found(text)))

    def snippet(self, text: str) -> str:
        """About `SNIPPET` characters around the first found word; the beginning when none is found."""
        text = unicodedata.normalize("NFC", text)
        found = list(self._found(text))
        if len(text) <= SNIPPET:
            return self._with_marks(text, found)
        first = found[0][0] if found else 0
        start = 0 if first < SNIPPET - LEAD else _word_start(text, first - LEAD)
        end = _word_end(text, start + SNIPPET)
        inside = [(begin - start, stop - start) for begin, stop in found if begin >= start and stop <= end]
        before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(text) else ""
        return f"{before}{self._with_marks(text[start:end], inside)}{after}"

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        lowered = text.lower()
        if len(lowered) != len(text):
            return  # a letter whose lower case has another length: places would not agree, so nothing is marked
        decided = self._decided
        for match in analysis.TOKEN.finditer(lowered):
            token = match[0]
            places = decided.get(token)
            if places is None:
                places = decided[token] = self._places(token)
            if places:
                start = match.start()
                for begin, end in places:
                    yield start + begin, start + end

    def _places(self, token: str) -> tuple[tuple[int, int], ...]:
        """The parts of a token that the plan looks for; the same words stand in many cards, so it is decided once."""
        if token.isalpha() and len(token) <= analysis.LONGEST_TOKEN:  # nearly all of them
            return ((0, len(token)),) if self._wanted(token) else ()
        return tuple((start, end) for start, end, surface in analysis.spans(token) if self._wanted(surface))

    def _wanted(self, surface: str) -> bool:
        word = analysis.word(surface)
        return word.folded in self._folded or not self._lemmas.isdisjoint(word.lemmas)

    @staticmethod
    def _with_marks(text: str, found: list[tuple[int, int]]) -> str:
        parts, position = [], 0
        for start, end in found:
            parts += [html.escape(text[position:start]), "<mark>", html.escape(text[start:end]), "</mark>"]
            position = end
        return "".join([*parts, html.escape(text[position:])])


def _word_start(text: str, position: int) -> int:
    """The beginning of the first whole word from a position on."""
    space = text.find(" ", max(0, position - 1))
    return space + 1 if 0 <= space < position + LEAD else position


def _word_end(text: str, position: int) -> int:
    """The end of the last whole word before a position."""
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", 0, position)
    return space if space > 0 else position
