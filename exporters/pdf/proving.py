"""The proof of a fragment: all checks of a book on the fragment alone, made once, when it is laid out.

The fragment is looked at as a book of one part, in which everything that only a finished book has is put in as it will be: fonts
that print exactly the glyphs which the fragment says it needs, a place for every target, a page number in every slot. The checks
are those of `checking`. What they find does not depend on object numbers, so it holds in every book that holds the same bytes with
other numbers and whose fonts print the same glyphs as the same text; `proven_books` looks at exactly that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from exporters.pdf.checking import UNREADABLE, BookCheck
from exporters.pdf.faces import face
from exporters.pdf.fragment import DOCUMENT, PAGE_TREE, RESOURCES, STRUCTURE, Fragment
from exporters.pdf.page_text import FontTexts
from exporters.pdf.reading import Name, Ref, StreamObject, parse, read_object
from exporters.pdf.refusals import FaultyBook

CATALOG, PARENT_TREE, OUTLINES, DESTINATIONS, DESTINATION_LEAF, BASE = 1, 5, 7, 8, 9, 10
SLOT_FONT = "number"
PAGE_NUMBER = "\ufffc"
"""Stands for the number in a slot. No printed text holds it, so none is found across a slot."""


@dataclass(frozen=True)
class _OnlyPart:
    """The part of a book of one part."""

    name: str
    wanted: tuple[str, ...]
    proven: str
    shift: int = 0

    def texts(self) -> Iterable[str]:
        """The texts that must be there whole."""
        return self.wanted

    def proof(self) -> str:
        """What is to be proven."""
        return self.proven


def proven(fragment: Fragment, *, name: str, texts: Iterable[str], proof: str) -> Fragment:
    """The fragment with its proof; without any when a check fails: then the check of the finished book says what is wrong."""
    part = _OnlyPart(name, tuple(texts), proof)
    try:
        BookCheck(_BookOfOnePart(fragment), [part], _known_font).run()
    except (FaultyBook, RecursionError, *UNREADABLE):
        proof = ""
    return Fragment(msgspec.structs.replace(fragment.head, proof=proof), fragment.body)


def _known_font(file: Any, name: str) -> FontTexts:
    """A font that prints exactly the glyphs of the fragment, or the number in a slot."""
    if name == SLOT_FONT:
        return FontTexts({b"0001": PAGE_NUMBER}, embedded=True)
    known = face(name).texts
    used = file.fragment.head.glyphs[name]
    return FontTexts({b"%04x" % glyph: text or known.get(glyph, "") for glyph, text in used.items()}, embedded=True)


class _BookOfOnePart:
    """The objects of a book that is made of one fragment; see `reading.Objects`."""

    def __init__(self, fragment: Fragment) -> None:
        self.fragment = fragment
        self.trailer = {"Root": Ref(CATALOG)}
        head = fragment.head
        self._text = fragment.body.relocated(BASE, 0)
        self._first = BASE + head.page_node
        self._known: dict[int, Any] = {
            CATALOG: {
                "Pages": Ref(PAGE_TREE),
                "StructTreeRoot": Ref(STRUCTURE),
                "Outlines": Ref(OUTLINES),
                "Names": {"Dests": Ref(DESTINATIONS)},
            },
            PAGE_TREE: {"Kids": [Ref(self._first)]},
            STRUCTURE: {"K": [Ref(DOCUMENT)], "ParentTree": Ref(PARENT_TREE)},
            DOCUMENT: {"S": Name("Document"), "P": Ref(STRUCTURE), "K": [Ref(BASE + root) for root in head.roots]},
            PARENT_TREE: {"Kids": [Ref(BASE + head.leaf)]},
            RESOURCES: {
                "Font": {name: name for name in (*head.glyphs, SLOT_FONT)},
                "ExtGState": head.states,
                "XObject": {name: read_object(content) for name, content in fragment.body.pictures.items()},
            },
            OUTLINES: {},
            DESTINATIONS: {"Kids": [Ref(DESTINATION_LEAF)]},
            DESTINATION_LEAF: {"Names": self._places()},
        }
        for page in range(head.pages):
            self._known[BASE + 1 + page] = read_object(fragment.body.contents[page])
            self._known[BASE + 1 + head.pages + page] = StreamObject({}, self._slots(page))
        for number, link in enumerate(head.links, start=BASE + head.leaf + 1):
            leading = {"Dest": link.target} if link.target else {"A": {"URI": link.address}}
            self._known[number] = {"StructParent": number, "Contents": link.contents or link.target, **leading}

    def get(self, value: Any) -> Any:
        """The value itself, or the object it refers to."""
        return self.object(value.number) if isinstance(value, Ref) else value

    def object(self, number: int) -> Any:
        """The object with this number. Raises `KeyError` and `IndexError`."""
        if number in self._known:
            return self._known[number]
        place = number - self._first
        if place < 0:
            raise KeyError(number)
        return parse(self._text, self.fragment.body.offsets[place])[0]

    def _places(self) -> list[Any]:
        """Every target leads to the first page."""
        first_page = [Ref(self._first + 1)]
        targets = sorted({link.target for link in self.fragment.head.links if link.target})
        return [value for target in targets for value in (target, first_page)]

    def _slots(self, page: int) -> bytes:
        """The late stream of a page: a number in each slot."""
        return b"\n".join(
            b"/Span <</MCID %d>> BDC /%b 1 Tf <0001> Tj EMC" % (slot.mcid, SLOT_FONT.encode())
            for slot in self.fragment.head.slots
            if slot.page == page
        )
