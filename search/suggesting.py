"""What is suggested while a query is typed: names of services, what others asked and found, offices and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search import analysis, past_queries
from search.analysis import folded
from search.engines.protocol import EmbeddedEngine
from search.phrases import CompiledPhrase
from search.places import Directory
from search.synonyms import Vocabulary

FEWEST_PAST_QUERIES = 2
"""Places for what others asked, when there are such phrases, however many titles fit."""
FEWEST_OTHERS = 3
"""Places for offices and hints, however many titles fit."""


@dataclass(frozen=True, slots=True)
class Other:
    """A suggestion that is no name of a service, and its folded words, by which it is found."""

    text: str
    folded: str


class Suggester:
    """Suggests from one state of the index. Names of offices and hints are prepared once for each version of the registers."""

    def __init__(self, engine: EmbeddedEngine, directory: Directory) -> None:
        self._engine = engine
        self._directory = directory
        self._prepared: tuple[Vocabulary | None, tuple[Other, ...]] = (None, ())

    def suggest(self, prefix: str, limit: int, vocabulary: Vocabulary) -> list[str]:
        """Suggestions for what was typed, without its first words that say nothing when nothing begins with them."""
        found = self._suggested(" ".join(prefix.split()), limit, vocabulary)
        rest = "" if found else _telling_part(prefix, vocabulary)
        return self._suggested(rest, limit, vocabulary) if rest else found

    def _suggested(self, prefix: str, limit: int, vocabulary: Vocabulary) -> list[str]:
        wanted = folded(prefix)
        if not wanted:
            return []
        names = _unlike(self._engine.suggest(prefix, limit), ())
        others = _unlike(_beginning(wanted, self._others(vocabulary)), names)
        others = others[: max(limit - len(names), FEWEST_OTHERS)]
        asked = past_queries.beginning_with(prefix, occurs=self._engine.occurs, limit=limit)
        asked = _unlike(asked, [*names, *others])[: max(limit - len(names) - len(others), FEWEST_PAST_QUERIES)]
        kept = names[: max(0, limit - len(others) - len(asked))]
        return [*kept, *others, *asked][:limit]

    def _others(self, vocabulary: Vocabulary) -> tuple[Other, ...]:
        known, others = self._prepared
        if known is not vocabulary:
            others = tuple(Other(text, folded(text)) for text in dict.fromkeys(_texts(vocabulary, self._directory)))
            self._prepared = (vocabulary, others)
        return others


def _texts(vocabulary: Vocabulary, directory: Directory) -> Iterator[str]:
    """Types of offices, their nicknames, phrases of hints, names of offices."""
    yield from directory.names.get("office_type", {}).values()
    for phrases in vocabulary.phrases.values():
        yield from (each.phrase for each in phrases if _is_nickname(each))
    for remarks in vocabulary.remarks.by_phrase.values():
        yield from (remark.phrase for remark in remarks if remark.kind == "podpowiedź")
    yield from (office.name for office in directory.offices.values())


def _is_nickname(phrase: CompiledPhrase) -> bool:
    """Whether the phrase names offices, and not in another case of a word ("sanepidu")."""
    first = analysis.words(phrase.phrase)[0]
    return first.surface in first.lemmas and any(target.kind == "typ urzędu" for target in phrase.targets)


def _beginning(wanted: str, others: Iterable[Other]) -> list[str]:
    """Those that begin with what was typed, then those in which another word does."""
    inside = f" {wanted}"
    found = [other for other in others if other.folded.startswith(wanted) or inside in other.folded]
    return [other.text for other in sorted(found, key=lambda other: not other.folded.startswith(wanted))]


def _unlike(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Texts that differ from each other and from the others by more than case and diacritics."""
    seen, kept = {folded(text) for text in others}, []
    for text in texts:
        if folded(text) not in seen:
            seen.add(folded(text))
            kept.append(text)
    return kept


def _telling_part(prefix: str, vocabulary: Vocabulary) -> str:
    """What was typed without the words at its beginning that say nothing about the matter; empty when there are none."""
    words = analysis.words(prefix)
    stopped = vocabulary.stopped(words)
    told = [place for place, word in enumerate(words) if place not in stopped and not word.is_function_word]
    return " ".join(word.surface for word in words[told[0] :]) if told and told[0] else ""
