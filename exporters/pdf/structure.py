"""The structure tree of a fragment: which HTML element each marked piece of content belongs to, in the roles of PDF.

The tree is made from the elements, not from the boxes: an element that WeasyPrint breaks over pages stays one node, and anonymous
boxes leave no trace. Rules of PDF/UA kept here: lists of items with label and one body, table headers with scope, headings whose
level is set when the book is put together, no content directly in a grouping element.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exporters.pdf.objects import numbers, text_string

SVG = "{http://www.w3.org/2000/svg}svg"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ROLES = {
    "article": "Art", "section": "Sect", "p": "P", "a": "Link", "blockquote": "BlockQuote", "ul": "L", "ol": "L", "dl": "L",
    "li": "LI", "dt": "Lbl", "dd": "LBody", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR",
    "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption", "figure": "Figure", "img": "Figure", SVG: "Figure",
}  # fmt: skip
GROUPING = {"Document", "Art", "Sect", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR", "TOC", "TOCI", "BlockQuote"}
KEPT_WHEN_EMPTY = {"TD", "TH"}
TAG = "data-tag"
"""Attribute by which a template names a role that HTML has no element for: TOC, TOCI, Reference, Note."""


@dataclass(eq=False)
class Node:
    """A structure element. Kids are nodes, (page, mcid) pairs and numbers of links."""

    role: str
    element: Any = None
    parent: Node | None = None
    kids: list[Node | tuple[int, int] | int] = field(default_factory=list)
    attributes: dict[str, bytes] = field(default_factory=dict)
    level: int = 0
    identifier: str = ""

    def add(self, kid: Node) -> Node:
        """Append a child node and return it."""
        kid.parent = self
        self.kids.append(kid)
        return kid


class StructureTree:
    """Builds the tree of one fragment while pages are read."""

    def __init__(self, root_element: Any, language: str) -> None:
        self.root = Node("Document", root_element)
        self._language = language
        self._parents = {child: parent for parent in root_element.iter() for child in parent}
        self._order = {element: place for place, element in enumerate(root_element.iter())}
        self._nodes: dict[Any, Node] = {root_element: self.root}
        self._bodies: dict[Node, Node] = {}
        self._labels: dict[Node, Node] = {}
        self._paragraphs: dict[Node, Node] = {}
        self._first_pages: dict[Any, int] = {}

    def place(self, box: Any, page: int, mcid: int) -> bool:
        """Hang marked content where it belongs. False when it is decoration: running heads, generated text, repeated heads."""
        element, tag = box.element, box.element_tag or ""
        if element is None or (("::" in tag) and not tag.endswith("::marker")) or self._repeated(element, page):
            return False
        node = self._label(self.node(element)) if tag.endswith("::marker") else self._holder(element)
        node.kids.append((page, mcid))
        return True

    def node(self, element: Any) -> Node:
        """The node of an element, or of the nearest element around it that has a role."""
        if element not in self._nodes:
            role, level = _role(element, self._language)
            parent = self.node(self._parents[element])
            if element.tag == "img" and parent.role == "Figure":
                role = ""
            if not role:
                return self._nodes.setdefault(element, parent)
            if parent.role == "LI" and role not in {"Lbl", "LBody"}:
                parent = self._body(parent)
            if parent.role == "L" and role in {"Lbl", "LBody"}:
                parent = self._pair(parent, role)
            node = Node(role, element, level=level, attributes=_attributes(element, role, self._language))
            if role == "Note":
                node.identifier = element.attrib["id"]
                node.attributes["ID"] = text_string(node.identifier)
            self._nodes[element] = parent.add(node)
        return self._nodes[element]

    def _holder(self, element: Any) -> Node:
        """The node for text directly inside an element: never a grouping one."""
        node = self.node(element)
        if node.role == "LI":
            node = self._body(node)
        if node.role in GROUPING:
            if node not in self._paragraphs:
                self._paragraphs[node] = node.add(Node("P", element))
            return self._paragraphs[node]
        return node

    def _body(self, item: Node) -> Node:
        if item not in self._bodies:
            self._bodies[item] = item.add(Node("LBody", item.element))
        return self._bodies[item]

    def _label(self, item: Node) -> Node:
        if item not in self._labels:
            label = Node("Lbl", item.element, parent=item)
            item.kids.insert(0, label)
            self._labels[item] = label
        return self._labels[item]

    def _pair(self, dictionary: Node, role: str) -> Node:
        """The item of a definition list that a term opens and a description joins."""
        last = dictionary.kids[-1] if dictionary.kids else None
        if role == "LBody" and isinstance(last, Node) and last.role == "LI":
            return last
        return dictionary.add(Node("LI", dictionary.element))

    def _repeated(self, element: Any, page: int) -> bool:
        """Whether this is the head of a table printed again on a further page."""
        head = element
        while head is not None and head.tag not in {"thead", "tfoot"}:
            head = self._parents.get(head)
        return head is not None and self._first_pages.setdefault(head, page) < page

    def finish(self) -> None:
        """Add empty cells and bring the children of each node into the order of the text."""
        for element in self._order:
            if element.tag in {"td", "th"} and self._parents[element] in self._nodes:
                self.node(element)
        for node in nodes(self.root):
            if len(node.kids) > 1 and all(isinstance(kid, Node) for kid in node.kids):
                node.kids.sort(key=self._place)

    def _place(self, kid: Any) -> tuple[int, int]:
        return self._order[kid.element], 0 if kid.role == "Lbl" else 1


def nodes(root: Node) -> Iterator[Node]:
    """All nodes below a node, parents first."""
    for kid in root.kids:
        if isinstance(kid, Node):
            yield kid
            yield from nodes(kid)


def _role(element: Any, language: str) -> tuple[str, int]:
    """Role and heading level of an element; an empty role for one that leaves no trace in the tree."""
    named = element.attrib.get(TAG)
    if named:
        return named, 0
    level = HEADINGS.get(element.tag, 0)
    if level:
        return "H", level
    role = ROLES.get(element.tag, "")
    if role == "Link" and "href" not in element.attrib:
        role = ""
    spoken = element.tag == "abbr" or element.attrib.get("lang", language) != language
    return role or ("Span" if spoken and element.tag not in {"html", "body"} else ""), 0


def _attributes(element: Any, role: str, language: str) -> dict[str, bytes]:
    """Entries of the structure element that come from attributes of the HTML element."""
    found = {}
    attributes = element.attrib
    if attributes.get("lang", language) != language:
        found["Lang"] = text_string(attributes["lang"])
    if element.tag == "abbr" and attributes.get("title"):
        found["E"] = text_string(attributes["title"])
    if role == "L":
        found["A"] = b"<</O/List/ListNumbering/%b>>" % {"ol": b"Decimal", "ul": b"Disc"}.get(element.tag, b"None")
    if role in {"TH", "TD"}:
        spans = [b"/ColSpan %d" % int(attributes["colspan"])] if "colspan" in attributes else []
        spans += [b"/RowSpan %d" % int(attributes["rowspan"])] if "rowspan" in attributes else []
        scope = b"/Scope/Row" if attributes.get("scope") == "row" else b"/Scope/Column"
        spans += [scope] if role == "TH" else []
        if spans:
            found["A"] = b"<</O/Table%b>>" % b"".join(spans)
    if role == "Figure":
        found["Alt"] = text_string(_description(element))
    return found


def _description(element: Any) -> str:
    """Text that stands for a picture: `alt`, or the title inside an SVG."""
    if element.tag == SVG:
        return "".join(child.text or "" for child in element if child.tag.endswith("}title"))
    if element.tag == "figure":
        return next((str(inner.attrib.get("alt", "")) for inner in element.iter("img")), "")
    return str(element.attrib.get("alt", ""))


def bounding_box(left: float, bottom: float, right: float, top: float) -> bytes:
    """The layout attribute that PDF/UA wants of a figure."""
    return b"<</O/Layout/Placement/Block/BBox[%b]>>" % numbers((left, bottom, right, top))
