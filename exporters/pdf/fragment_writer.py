"""Writes the objects of a fragment as one segment of bytes and relative object numbers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from exporters.pdf.fragment import DOCUMENT, PAGE_TREE, RESOURCES, Body, Link
from exporters.pdf.objects import Segment, numbers
from exporters.pdf.painting import WatchedStream
from exporters.pdf.structure import Node, StructureTree, nodes


class FragmentWriter:
    """Writes the objects of a fragment as one segment; see `fragment` for their order."""

    def __init__(
        self,
        tree: StructureTree,
        streams: list[WatchedStream],
        pages: list[tuple[float, float]],
        links: list[Link],
        link_nodes: list[Node],
    ) -> None:
        self._pages = pages
        self._links = links
        self._link_nodes = link_nodes
        self._nodes = list(nodes(tree.root))
        count = len(pages)
        self._page_node = 2 * count + 1
        self._first_page = self._page_node + 1
        self._first_node = self._first_page + count
        self._numbers = {node: self._first_node + place for place, node in enumerate(self._nodes)}
        self.leaf = self._first_node + len(self._nodes)
        self._first_link = self.leaf + 1
        self.objects = self._first_link + len(links)
        self.roots = [self._numbers[kid] for kid in tree.root.kids if isinstance(kid, Node)]
        self._marks = [sorted(stream.marks, key=lambda mark: mark.mcid) for stream in streams]
        self._owners = {kid: node for node in self._nodes for kid in node.kids if isinstance(kid, tuple)}
        self._out = Segment()
        self._offsets: list[int] = []
        self._headings: list[int] = []

    def identifiers(self) -> Iterator[tuple[str, int]]:
        """Names of structure elements with the numbers of their objects."""
        for node in self._nodes:
            if node.identifier:
                yield node.identifier, self._numbers[node]

    def write(self, contents: list[bytes], pictures: dict[str, bytes]) -> Body:
        """All objects but the links, which come last and are written when the book is put together."""
        self._write_page_tree()
        for place, page in enumerate(self._pages):
            self._write_page(place, page)
        for node in self._nodes:
            self._write_node(node)
        self._write_leaf()
        return Body(
            contents=tuple(contents),
            template=zlib.compress(self._out.template(), 6),
            gaps=tuple(self._out.gaps),
            headings=tuple(self._headings),
            offsets=tuple(self._offsets),
            pictures=pictures,
        )

    def _begin(self) -> Segment:
        if self._offsets:
            self._out.literal(b"\n")
        self._offsets.append(self._out.length)
        return self._out

    def _write_page_tree(self) -> None:
        out = self._begin()
        out.literal(b"<</Type/Pages/Parent %07d 0 R/Count %d/Kids[" % (PAGE_TREE, len(self._pages)))
        for place in range(len(self._pages)):
            out.reference(self._first_page + place)
            out.literal(b" ")
        out.literal(b"]>>")

    def _write_page(self, place: int, size: tuple[float, float]) -> None:
        out = self._begin()
        out.literal(b"<</Type/Page/Parent ")
        out.reference(self._page_node)
        out.literal(b"/MediaBox[0 0 %b]/Resources %07d 0 R/Tabs/S/StructParents " % (numbers(size), RESOURCES))
        out.gap(self._first_page + place)
        out.literal(b"/Contents[")
        out.reference(1 + place)
        out.literal(b" ")
        out.reference(1 + len(self._pages) + place)
        out.literal(b"]")
        links = [number for number, link in enumerate(self._links) if link.page == place]
        if links:
            out.literal(b"/Annots[")
            for link in links:
                out.reference(self._first_link + link)
                out.literal(b" ")
            out.literal(b"]")
        out.literal(b">>")

    def _write_node(self, node: Node) -> None:
        out = self._begin()
        out.literal(b"<</S/" + (b"H" if node.level else node.role.encode("ascii")))
        if node.level:
            self._headings.append(len(out.gaps))
            out.digit(node.level)
        out.literal(b"/P ")
        if node.parent is None or node.parent not in self._numbers:
            out.literal(b"%07d 0 R" % DOCUMENT)
        else:
            out.reference(self._numbers[node.parent])
        for name, value in node.attributes.items():
            out.literal(b"/%b %b" % (name.encode("ascii"), value))
        self._write_kids(node)
        out.literal(b">>")

    def _write_kids(self, node: Node) -> None:
        out = self._out
        pages = [kid[0] for kid in node.kids if isinstance(kid, tuple)]
        if pages:
            out.literal(b"/Pg ")
            out.reference(self._first_page + pages[0])
        out.literal(b"/K[")
        for kid in node.kids:
            if isinstance(kid, Node):
                out.reference(self._numbers[kid])
            elif isinstance(kid, tuple):
                self._write_mark(kid, pages[0])
            else:
                out.literal(b"<</Type/OBJR/Pg ")
                out.reference(self._first_page + self._links[kid].page)
                out.literal(b"/Obj ")
                out.reference(self._first_link + kid)
                out.literal(b">>")
            out.literal(b" ")
        out.literal(b"]")

    def _write_mark(self, mark: tuple[int, int], page: int) -> None:
        if mark[0] == page:
            self._out.literal(b"%d" % mark[1])
            return
        self._out.literal(b"<</Type/MCR/Pg ")
        self._out.reference(self._first_page + mark[0])
        self._out.literal(b"/MCID %d>>" % mark[1])

    def _write_leaf(self) -> None:
        """The part of the parent tree for these pages and links. Its keys are the numbers of the objects themselves."""
        out = self._begin()
        out.literal(b"<</Limits[")
        out.gap(self._first_page)
        out.literal(b" ")
        out.gap(self._first_link + len(self._links) - 1 if self._links else self._first_page + len(self._pages) - 1)
        out.literal(b"]/Nums[")
        for place, marks in enumerate(self._marks):
            out.gap(self._first_page + place)
            out.literal(b"[")
            for mark in marks:
                owner = self._owners.get((place, mark.mcid))
                if owner is None:
                    out.literal(b"null ")
                else:
                    out.reference(self._numbers[owner])
                    out.literal(b" ")
            out.literal(b"]")
        for link, node in enumerate(self._link_nodes):
            out.gap(self._first_link + link)
            out.literal(b" ")
            out.reference(self._numbers[node])
            out.literal(b" ")
        out.literal(b"]>>")
