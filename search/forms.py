"""The index of forms: from any inflected form, written without diacritics, to the lemmas that are indexed.

One segment is one file, memory-mapped: forms sorted by length and bytes, the same forms sorted by their reversed
bytes, the lemmas of each form, and one spelling with diacritics. Forms of one length lie side by side, so a range of
them is one slice. New lemmas make a new small segment; a rebuild makes one segment of all.

Layout (little endian, `uint32` unless said): magic, number of forms, number of lemmas, number of form-lemma pairs,
size of each text; then the tables in the order of `write_segment`; then the texts of forms, spellings and lemmas.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import analysis
from search.damage import IndexDamaged

MAGIC = 0x4F4B4632
HEADER = struct.Struct("<8I")
LONG_WORD = 8
"""Characters from which two typing errors are forgiven."""
SHORTEST_FUZZY = 4
"""Characters below which a typing error makes another word."""
MAXIMUM_FUZZY = 12
"""Forms kept for one mistyped word."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A form near a mistyped word: usual spelling, lemmas, number of edits (optimal string alignment)."""

    spelling: str
    lemmas: tuple[str, ...]
    distance: int


Entries = dict[bytes, tuple[str, tuple[str, ...]]]
"""Per folded form its usual spelling and its lemmas. Tuples: there are hundreds of thousands, nearly all of one lemma."""


def collect(lemmas: Iterable[str], surfaces: Iterable[str]) -> Entries:
    """The paradigms of `lemmas` and the `surfaces` met in texts; dictionary words met in texts give the spelling."""
    found: Entries = {}

    def add(form: str, lemma: str, alone: tuple[str, ...]) -> None:
        key = analysis.folded(form).encode()
        before = found.get(key)
        if before is None:
            found[key] = (form, alone)
        elif lemma not in before[1]:
            found[key] = (before[0], (*before[1], lemma))

    met = [analysis.word(surface) for surface in sorted(set(surfaces))]
    for word in sorted(met, key=lambda word: not word.known):
        for lemma in word.lemmas:
            add(word.surface, lemma, (lemma,))
    for lemma in sorted(set(lemmas)):
        alone = (lemma,)  # one object for all forms of the lemma
        add(lemma, lemma, alone)
        for form in analysis.paradigm(lemma):
            add(form, lemma, alone)
    return found


def merged(parts: Iterable[Entries]) -> Entries:
    """Several collections as one; the first spelling of a form stays."""
    found: Entries = {}
    for part in parts:
        for form, (spelling, lemmas) in part.items():
            first, known = found.get(form, (spelling, ()))
            found[form] = (first, tuple(dict.fromkeys((*known, *lemmas))))
    return found


def write_segment(path: Path, entries: Entries) -> None:
    """Write entries as one segment."""
    path.write_bytes(segment_bytes(entries))


def segment_bytes(entries: Entries) -> bytes:
    """Entries as one segment, to be written or kept in memory."""
    forms = sorted(entries, key=lambda form: (len(form), form))
    names = sorted({lemma for _, lemmas in entries.values() for lemma in lemmas})
    number = {name: position for position, name in enumerate(names)}
    pairs, starts = array("I"), array("I", [0])
    for form in forms:
        pairs.extend(sorted(number[lemma] for lemma in entries[form][1]))
        starts.append(len(pairs))
    backwards = array("I", sorted(range(len(forms)), key=lambda index: (len(forms[index]), forms[index][::-1])))
    form_text, offsets = _joined(forms)
    spelling_text, spelling_starts = _joined(entries[form][0].encode() for form in forms)
    lemma_text, lemma_starts = _joined(name.encode() for name in names)
    texts = form_text + spelling_text + lemma_text
    tables = b"".join(table.tobytes() for table in (offsets, starts, spelling_starts, lemma_starts, pairs, backwards))
    header = HEADER.pack(
        MAGIC, len(forms), len(names), len(pairs), len(form_text), len(spelling_text), len(lemma_text), 0
    )
    return header + tables + texts


def _joined(texts: Iterable[bytes]) -> tuple[bytes, array[int]]:
    """Texts end to end, and where each begins."""
    joined = list(texts)
    starts = array("I", [0])
    for text in joined:
        starts.append(starts[-1] + len(text))
    return b"".join(joined), starts


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class FormSegment:
    """One segment: a mapped file, which costs no memory of its own, or `data` in memory that `path` only names."""

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.path = path
        self._data: mmap.mmap | bytes
        try:
            self._data = _mapped(path) if data is None else data
            magic, self.count, names, pairs, *sizes, _ = HEADER.unpack_from(self._data)
        except (OSError, ValueError, struct.error) as error:
            raise IndexDamaged(path.name, str(error)) from error
        lengths = (self.count + 1, self.count + 1, self.count + 1, names + 1, pairs, self.count)
        if magic != MAGIC or len(self._data) != HEADER.size + 4 * sum(lengths) + sum(sizes):
            raise IndexDamaged(path.name, "plik jest ucięty albo nie jest indeksem form")
        position, view, tables = HEADER.size, memoryview(self._data), []
        for length in lengths:
            tables.append(view[position : position + 4 * length].cast("I"))
            position += 4 * length
        self._offsets, self._starts, self._spellings, self._lemmas, self._pairs, self._backwards = tables
        self._form_text = position
        self._spelling_text = position + sizes[0]
        self._lemma_text = position + sizes[0] + sizes[1]
        self._ranges: dict[int, tuple[int, int]] = {}

    def form(self, index: int) -> bytes:
        """The folded form at an index."""
        return self._data[self._form_text + self._offsets[index] : self._form_text + self._offsets[index + 1]]

    def spelling(self, index: int) -> str:
        """The usual spelling of the form, with diacritics."""
        start = self._spelling_text
        return self._data[start + self._spellings[index] : start + self._spellings[index + 1]].decode()

    def lemmas(self, index: int) -> tuple[str, ...]:
        """The lemmas of the form."""
        start = self._lemma_text
        return tuple(
            self._data[start + self._lemmas[lemma] : start + self._lemmas[lemma + 1]].decode()
            for lemma in self._pairs[self._starts[index] : self._starts[index + 1]]
        )

    def all_lemmas(self) -> Iterator[str]:
        """The lemmas of the segment in their order."""
        start, places = self._lemma_text, self._lemmas
        return (self._data[start + low : start + high].decode() for low, high in pairwise(places))

    def entries(self) -> Entries:
        """Everything in the segment: what a merged segment is written from."""
        return {self.form(index): (self.spelling(index), self.lemmas(index)) for index in range(self.count)}

    def find(self, form: bytes) -> int | None:
        """Index of a folded form, or None."""
        index = self._lower_bound(len(form), form)
        return index if index < self.count and self.form(index) == form else None

    def near(self, form: bytes, limit: int) -> Iterator[tuple[int, int]]:
        """Index and distance of forms at most `limit` edits away that share the first or the last part of the word."""
        share = max(1, len(form) // 2 - 1) if limit == 1 else len(form) // 3
        candidates: dict[int, bytes] = {}
        data, text, offsets = self._data, self._form_text, self._offsets
        for length in range(max(1, len(form) - limit), len(form) + limit + 1):
            for index in self._starting(length, form[:share]):
                start = text + offsets[index]
                candidates[index] = data[start : start + length]
            for index in self._ending(length, form[-share:]):
                start = text + offsets[index]
                candidates[index] = data[start : start + length]
        for _, distance, index in process.extract(
            form, candidates, scorer=OSA.distance, score_cutoff=limit, limit=None, processor=None
        ):
            yield index, int(distance)

    def _starting(self, length: int, beginning: bytes) -> range:
        low = self._lower_bound(length, beginning)
        return range(low, self._lower_bound(length, beginning + b"\xff"))

    def _ending(self, length: int, ending: bytes) -> Iterator[int]:
        low = self._lower_bound_backwards(length, ending[::-1])
        high = self._lower_bound_backwards(length, ending[::-1] + b"\xff")
        return iter(self._backwards[low:high])

    def _of_length(self, length: int) -> tuple[int, int]:
        """The first index of forms of a length, and the one after their last."""
        found = self._ranges.get(length)
        if found is None:
            offsets, indexes = self._offsets, range(self.count)
            found = self._ranges[length] = (
                bisect_left(indexes, length, key=lambda index: offsets[index + 1] - offsets[index]),
                bisect_right(indexes, length, key=lambda index: offsets[index + 1] - offsets[index]),
            )
        return found

    def _lower_bound(self, length: int, form: bytes) -> int:
        low, high = self._of_length(length)
        data, text, offsets = self._data, self._form_text, self._offsets

        def found(index: int) -> bytes:
            start = text + offsets[index]
            return data[start : start + length]

        return bisect_left(range(self.count), form, low, high, key=found)

    def _lower_bound_backwards(self, length: int, reversed_form: bytes) -> int:
        low, high = self._of_length(length)
        data, text, offsets, backwards = self._data, self._form_text, self._offsets, self._backwards

        def found(place: int) -> bytes:
            start = text + offsets[backwards[place]]
            return data[start : start + length][::-1]

        return bisect_left(range(self.count), reversed_form, low, high, key=found)


class FormIndex:
    """All segments of an index, asked as one."""

    def __init__(self, paths: Iterable[Path], *, opened: FormIndex | None = None) -> None:
        """Open the segments, but take those that `opened` has open already."""
        known = {segment.path: segment for segment in opened.segments} if opened else {}
        self.segments: tuple[FormSegment, ...] = tuple(known.get(path) or FormSegment(path) for path in paths)

    @classmethod
    def of(cls, segments: Iterable[FormSegment]) -> FormIndex:
        """An index of segments that are already open."""
        index = cls(())
        index.segments = tuple(segments)
        return index

    def all_lemmas(self, *, without: FormIndex | None = None) -> Iterator[str]:
        """Every lemma of every segment, some of them more than once; of segments that `without` lacks, when it is given."""
        left_out = without.segments if without else ()
        for segment in self.segments:
            if segment not in left_out:
                yield from segment.all_lemmas()

    def knows(self, folded_form: str, lemmas: Iterable[str]) -> bool:
        """Whether the form leads to all these lemmas. The first segment, which has nearly every word, is asked first."""
        missing, key = set(lemmas), folded_form.encode()
        for segment in self.segments:
            index = segment.find(key)
            if index is not None:
                missing.difference_update(segment.lemmas(index))
            if not missing:
                return True
        return False

    def lemmas(self, folded_form: str) -> tuple[str, ...]:
        """Indexed lemmas that have this form when diacritics are dropped; empty when none has."""
        key = folded_form.encode()
        found: dict[str, None] = {}
        for segment in self.segments:
            index = segment.find(key)
            if index is not None:
                found.update(dict.fromkeys(segment.lemmas(index)))
        return tuple(found)

    def neighbours(self, folded_form: str) -> list[Neighbour]:
        """The nearest forms of a mistyped word: one edit, or two for long words; the nearest first."""
        if len(folded_form) < SHORTEST_FUZZY:
            return []
        key = folded_form.encode()
        for limit in (1, 2) if len(folded_form) >= LONG_WORD else (1,):
            found = [
                Neighbour(segment.spelling(index), segment.lemmas(index), distance)
                for segment in self.segments
                for index, distance in segment.near(key, limit)
                if distance
            ]
            if found:
                return sorted(found, key=lambda near: (near.distance, near.spelling))[:MAXIMUM_FUZZY]
        return []
