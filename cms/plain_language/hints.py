"""What a rule reads and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cms.plain_language.morphology import Morphology
from cms.plain_language.sentences import Passage

Level = Literal["hint", "warning", "block"]
"""`hint`: think it over; `warning`: better change it; `block`: change it before the card is sent on."""

Role = Literal["text", "step", "title"]
"""What a text is on the card. `step` is a list of what the client does, one step in a line; `title` a name of a card."""


class Finding(NamedTuple):
    """A place found by a rule; `level` only when it differs from that of the rule."""

    start: int
    end: int
    message: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class RuleInput:
    """A passage as the rules read it. `explained` are abbreviations explained elsewhere on the card."""

    passage: Passage
    role: Role
    explained: frozenset[str]
    morphology: Morphology


Finder = Callable[[RuleInput], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what the author reads about it: a name, why it matters, and an example before and after."""

    identifier: str
    level: Level
    name: str
    explanation: str
    instead_of: str
    better: str
    finder: Finder


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint at a place of the text. The explanation and the example are those of `rules.RULES[rule]`."""

    rule: str
    level: Level
    start: int
    end: int
    quotation: str
    message: str
