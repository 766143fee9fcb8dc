"""From the HTML of one part to its fragment: layout and drawing by WeasyPrint, everything after that by us."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import ReplacedBox

from exporters.pdf.fragment import Anchor, Bookmark, Fragment, Head, Link
from exporters.pdf.fragment_writer import FragmentWriter
from exporters.pdf.painting import POINTS_PER_PIXEL, SLOT, UsedFonts, WatchedStream, new_resources, states
from exporters.pdf.structure import Node, StructureTree, bounding_box

ADDRESS = "data-address"
PLAIN = "data-plain"
"""Attribute of an element whose pages carry no page number: covers."""


class FragmentMaker:
    """Makes one fragment of one laid out document."""

    def __init__(self, document: Any, root_element: Any) -> None:
        self._pages = document.pages
        self._root = root_element
        self._tree = StructureTree(root_element, root_element.attrib.get("lang", "pl"))
        self._fonts = UsedFonts()
        self._resources = new_resources()
        self._streams: list[WatchedStream] = []
        self._links: list[Link] = []
        self._link_nodes: list[Node] = []

    def make(self, missing: tuple[str, ...] = ()) -> Fragment:
        """Draw the pages and write the records."""
        for page_number, page in enumerate(self._pages):
            self._paint(page_number, page)
        for page_number, page in enumerate(self._pages):
            self._collect_links(page_number, page)
        self._tree.finish()
        writer = FragmentWriter(self._tree, self._streams, self._sizes(), self._links, self._link_nodes)
        pictures = {name: content for stream in self._streams for name, content in sorted(stream.pictures.items())}
        body = writer.write([stream.content() for stream in self._streams], pictures)
        plain = any(PLAIN in element.attrib for element in self._root.iter())
        head = Head(
            pages=len(self._pages),
            size=self._sizes()[0],
            objects=writer.objects,
            running=tuple(not plain for _ in self._pages),
            anchors=tuple(self._anchors()),
            bookmarks=tuple(self._bookmarks()),
            slots=tuple(slot for stream in self._streams for slot in stream.slots),
            links=tuple(self._links),
            roots=tuple(writer.roots),
            leaf=writer.leaf,
            glyphs=self._fonts.glyphs(),
            states=states(self._resources),
            missing=missing,
            identifiers=tuple(writer.identifiers()),
            pictures=tuple(pictures),
        )
        return Fragment(head, body)

    def _sizes(self) -> list[tuple[float, float]]:
        return [(page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL) for page in self._pages]

    def _paint(self, page_number: int, page: Any) -> None:
        rectangle = (0, 0, page.width, page.height)
        stream = WatchedStream(page_number, self._fonts, rectangle, self._resources, {}, {}, {}, None)
        stream.transform(d=-1, f=page.height * POINTS_PER_PIXEL)
        page.paint(stream, POINTS_PER_PIXEL)
        self._streams.append(stream)
        for mark in stream.marks:
            if not self._tree.place(mark.box, page_number, mark.mcid):
                stream.make_artifact(mark)
            elif isinstance(mark.box, ReplacedBox):
                self._measure(mark.box, page)

    def _measure(self, box: Any, page: Any) -> None:
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, top + box.height, left + box.width, top)
        self._tree.node(box.element).attributes["A"] = bounding_box(*_points(page, *corners))

    def _collect_links(self, page_number: int, page: Any) -> None:
        slot_boxes = {mark.mcid: mark.box for mark in self._streams[page_number].marks if mark.start < 0}
        first = sum(len(stream.slots) for stream in self._streams[:page_number])
        for kind, target, rectangle, box in page.links:
            if box.element is None or box.element.tag != "a" or "::" in (box.element_tag or ""):
                continue
            slot = -1
            if SLOT in box.element.attrib:
                places = [
                    place
                    for place, entry in enumerate(self._streams[page_number].slots)
                    if slot_boxes[entry.mcid].element is box.element
                ]
                slot = first + places[0] if places else -1
            left, top, right, bottom = rectangle
            node = self._tree.node(box.element)
            node.kids.append(len(self._links))
            self._link_nodes.append(node)
            internal = kind == "internal"
            self._links.append(
                Link(
                    page=page_number,
                    rectangle=_points(page, left, bottom, right, top),
                    target=target if internal else "",
                    address=box.element.attrib.get(ADDRESS, "") if internal else target,
                    contents=box.element.attrib.get("title") or " ".join("".join(box.element.itertext()).split()),
                    slot=slot,
                )
            )

    def _anchors(self) -> Any:
        seen = set()
        for page_number, page in enumerate(self._pages):
            for name, (left, top, *_) in page.anchors.items():
                if name not in seen:
                    seen.add(name)
                    x, y = _points(page, left, top)
                    yield Anchor(name, page_number, x, y)

    def _bookmarks(self) -> Any:
        for page_number, page in enumerate(self._pages):
            for level, label, (left, top), _ in page.bookmarks:
                x, y = _points(page, left, top)
                yield Bookmark(level, " ".join(label.split()), page_number, x, y)


def _points(page: Any, *pixels: float) -> Any:
    """Pairs of CSS pixels from the top left corner as points from the bottom left corner."""
    converted = []
    for place, value in enumerate(pixels):
        upwards = page.height - value if place % 2 else value
        converted.append(round(upwards * POINTS_PER_PIXEL, 3))
    return tuple(converted)
