"""The check of a finished book whose parts are proven: what a proof covers is compared, what only the book has is read.

A proof (see `proving`) says that a fragment passes all checks, whatever its object numbers. It holds for a part of the book when

- the bytes of the part are those of the fragment with other numbers: content streams, pages, structure, its leaf of the parent
  tree, and their lines in the cross-reference stream;
- the fonts of the book print each glyph of the fragment as the same text, and its graphic states and pictures are there;
- the texts that the part must print are those that the proof is about.

Written when the book is put together, so read here: links, page numbers and other late streams, fonts, the tops of the page,
structure and parent trees, destinations and bookmarks. Anything that is not as expected only means that the whole book has to be
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from exporters.pdf.faces import face
from exporters.pdf.fragment import DOCUMENT, PAGE_TREE, RESOURCES, STRUCTURE, Fragment, FragmentSource, Head
from exporters.pdf.objects import MOST_OBJECTS
from exporters.pdf.output import packed_entries, packed_index
from exporters.pdf.page_text import Resources, read_page, read_resources
from exporters.pdf.reading import Name, PdfFile, Ref, text_value

_STRING = rb"\((?:\\.|[^\\()])*\)|<[0-9a-f]*>"
_LINK = re.compile(
    rb"\n<</Type/Annot/Subtype/Link/F 4/Rect\[[-.0-9 ]+\]/Border\[0 0 0\]/Contents(?P<contents>%b)"
    rb"/StructParent (?P<parent>\d+)(?:/Dest(?P<name>%b)|/A<</S/URI/URI(?P<address>%b)>>)>>"
    % (_STRING, _STRING, _STRING),
    re.DOTALL,
)
"""A link as `assembly` writes it: large books have tens of thousands. A book with a link written differently is read whole."""


class ProvenPart(Protocol):
    """What is known of a part: how much lower its headings are in the book, and what its fragment must be proven to print."""

    @property
    def shift(self) -> int:
        """What is added to the level of its headings."""

    def proof(self) -> str:
        """The proof that its fragment must carry."""


@dataclass
class _Tops:
    """What the tops of the trees of the book must hold: nodes of the page tree, pages, roots of the structure, leaves."""

    nodes: list[int] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    roots: list[int] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)

    def take(self, base: int, head: Head) -> None:
        """Add a part that begins at object `base`."""
        self.nodes.append(base + head.page_node)
        self.pages.update(range(base + head.page_node + 1, base + head.page_node + 1 + head.pages))
        self.roots += [base + root for root in head.roots]
        self.leaves.append(base + head.leaf)


class ProvenBook:
    """A finished book beside the fragments that it was made of."""

    def __init__(self, file: PdfFile, parts: Sequence[ProvenPart], fragments: Sequence[FragmentSource]) -> None:
        self._file = file
        self._parts = parts
        self._fragments = fragments
        self._catalog = file.get(file.trailer["Root"])
        self._resources = read_resources(file, RESOURCES)
        self._pictures: dict[str, Ref] = file.object(RESOURCES)["XObject"]
        self._plain = _plain_glyphs(self._resources)
        self._names = dict(self._destinations())

    def holds(self) -> bool:
        """Whether every part is its proven fragment and the rest of the book is whole. Raises what reading a broken file raises,
        and `store.DamagedFragment`.
        """
        kids = self._file.object(PAGE_TREE)["Kids"]
        if len(kids) != len(self._parts) or not self._fits():
            return False
        tops = _Tops()
        for part, source, kid in zip(self._parts, self._fragments, kids, strict=True):
            fragment = source.whole()
            base = kid.number - fragment.head.page_node
            if not self._is_proven(part, fragment, base):
                return False
            tops.take(base, fragment.head)
        return self._trees_hold(tops) and self._places_hold(tops.pages)

    def _fits(self) -> bool:
        """Whether the numbers of objects have the width that segments leave for them, and all fonts are embedded."""
        return self._file.size <= MOST_OBJECTS and all(font.embedded for font in self._resources.fonts.values())

    def _is_proven(self, part: ProvenPart, fragment: Fragment, base: int) -> bool:
        head = fragment.head
        return (
            head.proof == part.proof()
            and self._prints(head)
            and self._is_same(fragment, base, part.shift)
            and self._late_streams_hold(head, base)
        )

    def _prints(self, head: Head) -> bool:
        """Whether the fonts of the book print each glyph of the fragment as the text that was proven."""
        for name, glyphs in head.glyphs.items():
            if name not in self._plain:
                return False
            special = {glyph for glyph, text in glyphs.items() if text}
            texts = self._resources.fonts[name].texts
            if any(texts.get(b"%04x" % glyph) != glyphs[glyph] for glyph in special):
                return False
            if not self._plain[name].issuperset(glyphs.keys() - special):
                return False
        return self._resources.states.issuperset(head.states) and self._resources.pictures.issuperset(head.pictures)

    def _is_same(self, fragment: Fragment, base: int, shift: int) -> bool:
        """Whether the objects of the part are those of the fragment, and its links are whole."""
        head, body = fragment.head, fragment.body
        packed = range(base + head.page_node, base + head.objects)
        if self._file.rows(packed) != packed_entries(base, len(packed)):
            return False
        pictures = {self._pictures[name].number: content for name, content in body.pictures.items()}
        own = pictures | {base + page: content for page, content in enumerate(body.contents, start=1)}
        if not all(self._file.holds(number, content) for number, content in own.items()):
            return False
        stream = self._file.object(base)
        first, text = stream.entries["First"], body.relocated(base, shift)
        if stream.content[first : first + len(text)] != text:
            return False
        offsets = [*body.offsets, *self._links(stream.content[first:], len(text), base + head.leaf + 1)]
        return len(offsets) == len(packed) and stream.content[:first] == packed_index(packed, offsets)

    def _links(self, text: bytes, end: int, number: int) -> Iterable[int]:
        """Where the whole links begin that follow the proven objects; `number` is that of the first one."""
        while end < len(text):
            link = _LINK.match(text, end)
            if link is None or int(link["parent"]) != number or not text_value(link["contents"]):
                return
            if not (text_value(link["name"]) in self._names if link["name"] else text_value(link["address"])):
                return
            yield end + 1
            number, end = number + 1, link.end()

    def _late_streams_hold(self, head: Head, base: int) -> bool:
        """Whether the late streams hold the marks of the slots of their pages and nothing unmarked or unprintable."""
        wanted: list[list[int]] = [[] for _ in range(head.pages)]
        for slot in head.slots:
            wanted[slot.page].append(slot.mcid)
        for page, slots in enumerate(wanted, start=1):
            late = read_page(self._file.object(base + head.pages + page).content, self._resources)
            if late.faults or sorted(late.marks) != sorted(slots):
                return False
        return True

    def _trees_hold(self, tops: _Tops) -> bool:
        """Whether the page tree, the structure and the parent tree are made of the parts and of nothing else."""
        file, catalog = self._file, self._catalog
        structure, document = file.object(STRUCTURE), file.object(DOCUMENT)
        return bool(
            catalog["Pages"] == Ref(PAGE_TREE)
            and catalog["StructTreeRoot"] == Ref(STRUCTURE)
            and structure["K"] == [Ref(DOCUMENT)]
            and document["S"] == Name("Document")
            and document["P"] == Ref(STRUCTURE)
            and document["K"] == _references(tops.roots)
            and file.get(structure["ParentTree"])["Kids"] == _references(tops.leaves)
            and file.object(PAGE_TREE)["Kids"] == _references(tops.nodes)
            and all(node < following for node, following in pairwise(tops.nodes))
        )

    def _places_hold(self, pages: set[int]) -> bool:
        """Whether all destinations and bookmarks lie on pages of the book, and the bookmarks have names."""
        places = list(self._names.values())
        top = self._file.get(self._catalog["Outlines"])
        waiting = [self._file.get(top["First"])] if "First" in top else []
        while waiting:
            entry = waiting.pop()
            if not entry.get("Title"):
                return False
            places.append(entry["Dest"])
            waiting += [self._file.get(entry[name]) for name in ("First", "Next") if name in entry]
        return all(place[0].number in pages for place in places)

    def _destinations(self) -> Iterable[tuple[str, Any]]:
        for leaf in self._file.get(self._catalog["Names"]["Dests"])["Kids"]:
            pairs = self._file.get(leaf)["Names"]
            yield from zip(pairs[::2], pairs[1::2], strict=True)


def _plain_glyphs(resources: Resources) -> dict[str, frozenset[int]]:
    """Per font the glyphs that it prints as the text which the face itself gives."""
    found = {}
    for name, font in resources.fonts.items():
        known = face(name).texts
        codes = ((int(code, 16), text) for code, text in font.texts.items())
        found[name] = frozenset(glyph for glyph, text in codes if text == known.get(glyph, ""))
    return found


def _references(numbers: Iterable[int]) -> list[Ref]:
    return [Ref(number) for number in numbers]
