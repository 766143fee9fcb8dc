"""Synonyms as the planner uses them: phrases compiled to lemmas, and which of them stand in a query.

A synonym leads from an everyday phrase, abbreviation, former name, misspelling or regional word to terms of the
catalogue, to services or to types of offices.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from search import analysis
from search.analysis import Word
from search.forms import FormIndex, FormSegment, collect, segment_bytes
from search.phrases import CompiledPhrase, Found, Reading, Target, TargetKind, compiled_phrase, standing_in, telling
from search.remarks import Remark, Remarks
from search.remarks import compiled as compiled_remarks

DATA = Path(__file__).parent / "data"
SHIPPED_SYNONYMS = DATA / "synonyms.tsv"
SHIPPED_STOP_PHRASES = DATA / "stop_phrases.txt"
SHIPPED_GLOSSARY = DATA / "glossary.tsv"
SHIPPED_HINTS = DATA / "hints.tsv"

Kind = Literal["potoczne", "skrót", "dawna nazwa", "błąd pisowni", "regionalizm"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)


class UnusableSynonyms(ValueError):
    """A file of synonyms cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """One phrase with one target."""

    phrase: str
    kind: Kind
    target: Target


@dataclass(frozen=True)
class Vocabulary:
    """Synonyms and stop phrases of one version of the registers, ready for planning. Safe to share between threads."""

    phrases: Mapping[str, tuple[CompiledPhrase, ...]]
    stop_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """By their first words, folded."""
    forms: FormIndex
    lemmas: frozenset[str]
    remarks: Remarks
    spellings: Mapping[str, str] = field(default_factory=dict)
    """The right word by the misspelling that the register names, as it is written and without diacritics."""

    def find(self, readings: Sequence[Reading]) -> list[Found]:
        """Phrases that stand among the words, longest first."""
        return standing_in(self.phrases, readings)

    def stopped(self, words: Sequence[Word]) -> set[int]:
        """Positions of words that belong to a stop phrase, such as "co zrobić gdy"."""
        folded = [word.folded for word in words]
        found: set[int] = set()
        for start, first in enumerate(folded):
            for phrase in self.stop_phrases.get(first, ()):
                if tuple(folded[start : start + len(phrase)]) == phrase:
                    found.update(range(start, start + len(phrase)))
        return found


def compiled(synonyms: Iterable[Synonym], stop_phrases: Iterable[str], remarks: Iterable[Remark] = ()) -> Vocabulary:
    """Compile synonyms: phrases are analysed, their forms are collected for mistyped and undiacritised words."""
    targets: dict[str, list[Target]] = {}
    misspelt: dict[str, set[str]] = {}
    for synonym in synonyms:
        if synonym.kind == "błąd pisowni" and synonym.target.kind == "termin":
            misspelt.setdefault(synonym.phrase.lower(), set()).add(synonym.target.value.lower())
        targets.setdefault(" ".join(analysis.tokens(synonym.phrase)), []).append(synonym.target)
    by_lemma: dict[str, list[CompiledPhrase]] = {}
    lemmas: set[str] = set()
    surfaces: set[str] = set()
    for phrase, found in targets.items():
        entry = compiled_phrase(phrase, found)
        if entry is None:
            continue
        for lemma in entry.words[0]:
            by_lemma.setdefault(lemma, []).append(entry)
        lemmas.update(lemma for word in entry.words for lemma in word)
        surfaces.update(word.surface for word in telling(analysis.words(phrase)))
    remarks = list(remarks)
    for word in (
        word for each in remarks if each.kind == "podpowiedź" for word in telling(analysis.words(each.phrase))
    ):
        lemmas.update(word.lemmas)
        surfaces.add(word.surface)
    stops: dict[str, set[tuple[str, ...]]] = {}
    for text in stop_phrases:
        tokens = tuple(analysis.folded(token) for token in analysis.tokens(text))
        if tokens:
            stops.setdefault(tokens[0], set()).add(tokens)
    for lemma in lemmas:
        analysis.paradigm(lemma)  # what stays in memory comes first: between it, what is thrown away would leave holes
    segment = FormSegment(Path("synonimy"), segment_bytes(collect(lemmas, surfaces)))
    spellings = {wrong: right.pop() for wrong, right in misspelt.items() if len(right) == 1 and " " not in wrong}
    return Vocabulary(
        phrases={lemma: tuple(entries) for lemma, entries in by_lemma.items()},
        stop_phrases={first: tuple(sorted(found)) for first, found in stops.items()},
        forms=FormIndex.of([segment]),
        lemmas=frozenset(lemmas),
        remarks=compiled_remarks(remarks),
        spellings={analysis.folded(wrong): right for wrong, right in spellings.items()} | spellings,
    )


def read_synonyms(path: Path) -> list[Synonym]:
    """Synonyms of a TSV file with the columns fraza, rodzaj, cel, wartość. Raises `UnusableSynonyms` with the line."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            kind = next((known for known in KINDS if known == row.get("rodzaj")), None)
            target = next((known for known in TARGET_KINDS if known == row.get("cel")), None)
            phrase, value = row.get("fraza") or "", row.get("wartość") or ""
            if kind is None or target is None or not phrase or not value:
                raise UnusableSynonyms(
                    f"{path.name}, wiersz {number}: potrzebne są cztery pola: fraza, rodzaj ({', '.join(KINDS)}), "
                    f"cel ({', '.join(TARGET_KINDS)}) i wartość."
                )
            found.append(Synonym(phrase, kind, Target(target, value)))
    return found


def read_remarks(hints: Path, glossary: Path) -> list[Remark]:
    """Hints (fraza, zdanie, adres, spoza katalogu) and glossary terms (termin, znaczenie, przykład) of two TSV files."""

    def rows(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: value or "" for name, value in row.items()} for row in csv.DictReader(file, delimiter="\t")]

    found = [
        Remark("podpowiedź", row["fraza"], row["zdanie"], row["adres"], outside=row["spoza katalogu"] == "tak")
        for row in rows(hints)
    ]
    return found + [
        Remark("termin", row["termin"], row["znaczenie"], example=row["przykład"]) for row in rows(glossary)
    ]


def read_stop_phrases(path: Path) -> list[str]:
    """Stop phrases of a text file, one a line; lines that begin with # are remarks."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """The vocabulary that comes with the program, without the changes made in the registers."""
    return compiled(read_synonyms(SHIPPED_SYNONYMS), read_stop_phrases(SHIPPED_STOP_PHRASES))


@lru_cache(maxsize=1)
def empty() -> Vocabulary:
    """No synonyms and no stop phrases."""
    return compiled([], [])
