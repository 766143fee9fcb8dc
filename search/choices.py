"""What a phrase of the query may mean ("Chodzi o: A / B / C?"), with names to show and where each leads.

Only what leads somewhere is offered: a term that cards have, a service in force, a type of offices in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.analysis import folded, words
from search.phrases import TargetKind, telling
from search.planner import Ambiguity, Meaning

MOST_CHOICES = 2
"""Phrases of one query that are asked about."""
MOST_OPTIONS = 6


@dataclass(frozen=True, kw_only=True)
class Option:
    """One meaning: its name, the query that looks for it, and for a service the address of its card."""

    kind: TargetKind
    value: str
    name: str
    query: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A phrase that was typed, and at least two things it may mean."""

    phrase: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Namer:
    """Knows what the index holds: whether any card has a lemma, titles of services and names of types of offices."""

    occurs: Callable[[str], bool]
    title: Callable[[str], str]
    office_type: Callable[[str], str]

    def option(self, meaning: Meaning) -> Option | None:
        """The meaning as an option; None when it leads nowhere."""
        if meaning.kind == "usługa":
            name = self.title(meaning.value)
            url = f"/karta/{meaning.value}/"
            return Option(kind=meaning.kind, value=meaning.value, name=name, query=name, url=url) if name else None
        if meaning.kind == "typ urzędu":
            name = self.office_type(meaning.value)
            return Option(kind=meaning.kind, value=meaning.value, name=name, query=name) if name else None
        if not any(self.occurs(lemma) for word in telling(words(meaning.value)) for lemma in word.lemmas):
            return None
        return Option(kind=meaning.kind, value=meaning.value, name=meaning.value, query=meaning.query)


def choices(ambiguities: Iterable[Ambiguity], namer: Namer) -> tuple[Choice, ...]:
    """The phrases to ask about, each with its options; equal options of two phrases are asked once."""
    asked: dict[tuple[str, ...], Choice] = {}
    for ambiguity in ambiguities:
        options = tuple(_different(ambiguity.meanings, namer))[:MOST_OPTIONS]
        if len(options) > 1:
            names = tuple(sorted(folded(option.name) for option in options))
            asked.setdefault(names, Choice(phrase=ambiguity.phrase, options=options))
    return tuple(asked.values())[:MOST_CHOICES]


def _different(meanings: Iterable[Meaning], namer: Namer) -> Iterator[Option]:
    """Options with different names: a type of offices and its full name are one."""
    seen: set[str] = set()
    for meaning in meanings:
        option = namer.option(meaning)
        if option is not None and folded(option.name) not in seen:
            seen.add(folded(option.name))
            yield option
