"""A book from fragments: one tagged document, page numbers filled in, fonts embedded once. WeasyPrint is not needed here.

Two passes. The first reads the heads: how many pages, where anchors are. The second takes one fragment after another, fills its
object numbers in and writes it, so that only one fragment is in memory at a time. Equal fragments give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import msgspec

from exporters.pdf.archive import Attachment, write_archive
from exporters.pdf.book_data import BookData
from exporters.pdf.embedding import FONT_OBJECTS, font_objects
from exporters.pdf.fragment import DOCUMENT, PAGE_TREE, RESOURCES, STRUCTURE, FragmentSource, Head, Link
from exporters.pdf.late import A4_LAYOUT, LateGlyphs, LatePage, Layout, Printed, Thumb
from exporters.pdf.metadata import information, xmp
from exporters.pdf.navigation import OutlineEntry, destination_tree, outline
from exporters.pdf.objects import numbers, reference, stream, text_string
from exporters.pdf.output import BookFile, Sink

CATALOG, PARENT_TREE, INFORMATION, METADATA, OUTLINES, DESTINATIONS = 1, 5, 7, 8, 9, 10
FIXED = 10
"""Objects with the same number in every book; the rest of them is in `fragment`."""


class BrokenLink(RuntimeError):
    """A link leads to something that is not in the book, and has no address to lead to instead."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A fragment in its place in a book.

    `shift` is added to the level of its headings and bookmarks. `scope` distinguishes equal anchors of several parts: links look
    for their own scope first.
    """

    source: FragmentSource
    name: str
    shift: int = 0
    scope: str = ""
    thumb: Thumb | None = None


@dataclass
class _Placed:
    """A part with its first page (from 1) and its first object number."""

    part: Part
    head: Head
    first_page: int
    base: int = 0

    def page_object(self, page: int) -> int:
        """Number of the page object of a page of this fragment (from 0)."""
        return self.base + self.head.page_node + 1 + page


@dataclass
class Assembler:
    """Puts one book together."""

    data: BookData
    parts: Sequence[Part]
    font_cache: Path | None = None
    outline_depth: int = 3
    layout: Layout = A4_LAYOUT
    attachments: Sequence[Attachment] | None = None
    """Files to carry along in a PDF/A-3b; None for a plain PDF/UA."""
    _placed: list[_Placed] = field(default_factory=list)
    _pages_of: dict[str, int] = field(default_factory=dict)
    _glyphs: dict[str, dict[int, str]] = field(default_factory=dict)
    _states: dict[str, bytes] = field(default_factory=dict)
    _late: LateGlyphs = field(default_factory=LateGlyphs)
    _pictures: dict[str, int] = field(default_factory=dict)
    _missing: list[str] = field(default_factory=list)
    pages: int = 0

    def missing(self) -> tuple[str, ...]:
        """Sentences about characters that no font could print, after the book was written."""
        return tuple(dict.fromkeys(self._missing))

    def write(self, out: BinaryIO | Sink) -> None:
        """Write the book. Raises `BrokenLink`."""
        self._place()
        file = BookFile(out, FIXED)
        for placed in self._placed:
            self._write_part(file, placed)
        fonts = self._write_fonts(file)
        self._write_ends(file, fonts)
        file.finish(root=CATALOG, information=INFORMATION)

    def _place(self) -> None:
        """The first pass."""
        page = 1
        for part in self.parts:
            head = part.source.head()
            self._placed.append(_Placed(part, msgspec.structs.replace(head, glyphs={}, states={}), page))
            for anchor in head.anchors:
                self._pages_of.setdefault(scoped(anchor.name, part.scope), page + anchor.page)
            for name, glyphs in head.glyphs.items():
                known = self._glyphs.setdefault(name, {})
                for glyph in glyphs.keys() - known.keys():
                    known[glyph] = glyphs[glyph]
            self._states |= head.states
            self._missing += [
                f"{part.name}: znak „{sign}” (U+{ord(sign):04X}) nie ma kroju w czcionce; wydrukowano jego kod."
                for sign in head.missing
            ]
            page += head.pages
        self.pages = page - 1

    def _name_of(self, target: str, scope: str) -> str:
        """Name of the destination a link means; empty when it is not in the book."""
        own = scoped(target, scope)
        return own if own in self._pages_of else target if target in self._pages_of else ""

    def _write_part(self, file: BookFile, placed: _Placed) -> None:
        head, body = placed.head, placed.part.source.body()
        base = placed.base = file.take(head.objects)
        for page, content in enumerate(body.contents, start=1):
            file.put(base + page, content)
        for name, content in body.pictures.items():
            if name not in self._pictures:
                self._pictures[name] = file.take(1)
                file.put(self._pictures[name], content)
        printed = self._write_late(file, placed)
        text = body.relocated(base, placed.part.shift)
        first = base + head.page_node
        offsets = list(body.offsets)
        links = [self._link(placed, link, number, printed) for number, link in enumerate(head.links)]
        offset = len(text) + 1
        for link in links:
            offsets.append(offset)
            offset += len(link) + 1
        whole = b"\n".join((text, *links))
        file.put_packed(base, range(first, base + head.objects), offsets, whole, level=1)

    def _write_late(self, file: BookFile, placed: _Placed) -> list[Printed]:
        """Late streams of the pages of a part; returns where the text of each slot stands."""
        head, scope = placed.head, placed.part.scope
        printed: list[Printed] = []
        slots = {page: list(found) for page, found in groupby(head.slots, key=lambda slot: slot.page)}
        for page in range(head.pages):
            late = LatePage(self._late, self.layout)
            printed += late.slots(slots.get(page, ()), lambda target: self._pages_of.get(self._name_of(target, scope)))
            if head.running[page]:
                number = placed.first_page + page
                late.footer(number, self.pages, head.size[0])
                if placed.part.thumb:
                    late.thumb(placed.part.thumb, number, head.size)
            file.put(placed.base + head.pages + 1 + page, stream(late.content()))
        return printed

    def _link(self, placed: _Placed, link: Link, number: int, printed: list[Printed]) -> bytes:
        left, bottom, right, top = link.rectangle
        if link.slot >= 0:
            left, right = printed[link.slot].left, printed[link.slot].right
        name = self._name_of(link.target, placed.part.scope) if link.target else ""
        if name:
            action = b"/Dest" + text_string(name)
        elif link.address:
            action = b"/A<</S/URI/URI%b>>" % text_string(link.address)
        else:
            raise BrokenLink(
                f"{placed.part.name}: odsyłacz „{link.contents}” prowadzi do „{link.target}”, czego nie ma w tej publikacji."
            )
        own = placed.base + placed.head.leaf + 1 + number
        return b"<</Type/Annot/Subtype/Link/F 4/Rect[%b]/Border[0 0 0]/Contents%b/StructParent %d%b>>" % (
            numbers((left, bottom, right, top)),
            text_string(link.contents or name or link.address),
            own,
            action,
        )

    def _write_fonts(self, file: BookFile) -> dict[str, int]:
        for name, late in self._late.used.items():
            known = self._glyphs.setdefault(name, {})
            for glyph in sorted(late):
                known.setdefault(glyph, "")
        written = {}
        for name in sorted(self._glyphs):
            first = written[name] = file.take(FONT_OBJECTS)
            for place, content in enumerate(font_objects(name, self._glyphs[name], first, cache=self.font_cache)):
                file.put(first + place, content)
        return written

    def _write_ends(self, file: BookFile, fonts: dict[str, int]) -> None:
        """Everything that speaks of the whole book."""
        described = {
            "title": self.data.title,
            "subject": self.data.subject,
            "published_on": self.data.published_on,
        }
        outline(file, OUTLINES, self._outline_entries())
        destination_tree(file, DESTINATIONS, self._destinations())
        parts = [(placed.base, placed.head) for placed in self._placed]
        kids = b" ".join(reference(base + head.page_node) for base, head in parts)
        file.put(PAGE_TREE, b"<</Type/Pages/Count %d/Kids[%b]>>" % (self.pages, kids))
        roots = b" ".join(reference(base + root) for base, head in parts for root in head.roots)
        file.put(DOCUMENT, b"<</S/Document/P %b/K[%b]>>" % (reference(STRUCTURE), roots))
        leaves = b" ".join(reference(base + head.leaf) for base, head in parts)
        file.put(PARENT_TREE, b"<</Kids[%b]>>" % leaves)
        file.put(
            STRUCTURE,
            b"<</Type/StructTreeRoot/K[%b]/ParentTree %b/ParentTreeNextKey %d%b>>"
            % (reference(DOCUMENT), reference(PARENT_TREE), file.next_number, self._identifiers()),
        )
        file.put(RESOURCES, self._resources(fonts))
        file.put(INFORMATION, information(**described))
        catalog_entries, names = b"", b""
        if self.attachments is not None:
            catalog_entries, names = write_archive(file, self.attachments, published_on=self.data.published_on)
        packet = xmp(**described, digest=self.data.digest, archive=self.attachments is not None)
        file.put(METADATA, b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(packet), packet))
        file.put(
            CATALOG,
            b"<</Type/Catalog/Pages %b/StructTreeRoot %b/MarkInfo<</Marked true>>/Lang(pl)/Metadata %b/Outlines %b"
            b"/Names<</Dests %b%b>>/PageMode/UseOutlines/ViewerPreferences<</DisplayDocTitle true>>%b>>"
            % (*map(reference, (PAGE_TREE, STRUCTURE, METADATA, OUTLINES, DESTINATIONS)), names, catalog_entries),
        )

    def _identifiers(self) -> bytes:
        """The tree of named structure elements: footnotes. Empty when the book has none."""
        named = {name: placed.base + number for placed in self._placed for name, number in placed.head.identifiers}
        if not named:
            return b""
        ordered = sorted(named, key=text_string)
        pairs = b" ".join(text_string(name) + reference(named[name]) for name in ordered)
        return b"/IDTree<</Limits[%b%b]/Names[%b]>>" % (text_string(ordered[0]), text_string(ordered[-1]), pairs)

    def _resources(self, fonts: dict[str, int]) -> bytes:
        font_entries = b"".join(b"/%b %b" % (name.encode(), reference(number)) for name, number in fonts.items())
        state_entries = b"".join(b"/%b %b" % (name.encode(), self._states[name]) for name in sorted(self._states))
        pictures = b"".join(b"/%b %b" % (name.encode(), reference(number)) for name, number in self._pictures.items())
        return b"<</Font<<%b>>/ExtGState<<%b>>/XObject<<%b>>>>" % (font_entries, state_entries, pictures)

    def _outline_entries(self) -> list[OutlineEntry]:
        entries = []
        for placed in self._placed:
            for mark in placed.head.bookmarks:
                level = mark.level + placed.part.shift
                if level <= self.outline_depth:
                    entries.append(OutlineEntry(level, mark.label, placed.page_object(mark.page), mark.x, mark.y))
        return entries

    def _destinations(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for placed in self._placed:
            for anchor in placed.head.anchors:
                place = b"[%b /XYZ %b 0]" % (reference(placed.page_object(anchor.page)), numbers((anchor.x, anchor.y)))
                found.setdefault(scoped(anchor.name, placed.part.scope), place)
        return found


def scoped(anchor: str, scope: str) -> str:
    """Name of an anchor in a book."""
    return f"{anchor}.{scope}" if scope else anchor
