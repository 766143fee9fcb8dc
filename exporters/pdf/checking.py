"""The checks that every built book passes before it replaces the old one.

A pass of veraPDF is weak: pages without fonts, emptied paragraphs, links without object references and destinations that lead
nowhere all pass. So the finished file is read back and looked at: fonts and states resolve, every piece of marked content hangs in
the structure tree and the other way round, every link is an element with its object reference and leads somewhere, list items have
bodies, and all words of the editions are there in reading order.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from exporters.pdf.faces import read_back
from exporters.pdf.fragment import FragmentSource
from exporters.pdf.page_text import FontTexts, PageText, Resources, font_texts, read_page, read_resources
from exporters.pdf.proven_books import ProvenBook
from exporters.pdf.reading import Objects, PdfFile, Ref, UnreadablePdf
from exporters.pdf.refusals import FaultyBook

UNREADABLE = (UnreadablePdf, zlib.error, KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading raises when a file is not what this package writes."""
_BETWEEN_LETTERS = re.compile(r"[\s\u00a0\u00ad-]+")


class CheckedPart(Protocol):
    """What is known of a part of the book: its name, and the words that it must print."""

    @property
    def name(self) -> str:
        """Name for people."""

    @property
    def shift(self) -> int:
        """What is added to the level of its headings."""

    def texts(self) -> Iterable[str]:
        """The texts that must be there whole."""

    def proof(self) -> str:
        """What a fragment must be proven to print to stand for these texts."""


@dataclass
class _Page:
    number: int
    part: int
    text: PageText
    entries: dict[str, Any]
    owned: set[int] = field(default_factory=set)


def check_book(
    content: bytes | mmap.mmap, *, parts: Sequence[CheckedPart], fragments: Sequence[FragmentSource] = ()
) -> None:
    """Check a finished book made of these parts in this order. Raises `FaultyBook`.

    With the `fragments` it was made of, parts that are proven are compared instead of read: see `proven_books`. Whenever that does
    not hold, for any reason, the whole book is read.
    """
    try:
        file = PdfFile(content)
        if not (fragments and _is_proven(file, parts, fragments)):
            BookCheck(file, parts).run()
    except UNREADABLE as error:
        raise FaultyBook(f"Złożony plik PDF jest uszkodzony: {error}. Zgłoś to opiekunowi systemu.") from error


def _is_proven(file: PdfFile, parts: Sequence[CheckedPart], fragments: Sequence[FragmentSource]) -> bool:
    """Whether the book is made of its proven parts; a broken file is not, and reading all of it tells where it is broken."""
    try:
        return ProvenBook(file, parts, fragments).holds()
    except UNREADABLE:
        return False


class BookCheck:
    """The checks of one book. `read_font` tells what a font in the resources of a page can print."""

    def __init__(
        self, file: Objects, parts: Sequence[CheckedPart], read_font: Callable[[Objects, Any], FontTexts] = font_texts
    ) -> None:
        self._file = file
        self._parts = parts
        self._read_font = read_font
        self._root = file.get(file.trailer["Root"])
        self._pages: dict[int, _Page] = {}
        self._texts: list[list[str]] = [[] for _ in parts]
        self._link_elements: dict[int, int] = {}
        self._owners: dict[tuple[int, int], int] = {}

    def run(self) -> None:
        """All checks in order. Raises `FaultyBook`, and errors of reading for a file that is no whole PDF of ours."""
        self._read_pages()
        tree = self._file.get(self._root["StructTreeRoot"])
        for kid in _many(self._file.get(tree["K"])):
            root = self._root["StructTreeRoot"].number
            self._read_element(kid.number, self._file.object(kid.number), parent=root)
        self._check_marks(self._parent_tree(tree))
        self._check_words()
        self._check_outline()

    def _refuse(self, part: int, fault: str) -> None:
        raise FaultyBook(f"{self._parts[part].name}: {fault}. Publikacja nie została wydana.")

    def _read_pages(self) -> None:
        """Read the pages; the kids of the page tree are the parts of the book."""
        resources_of: dict[int, Resources] = {}
        kids = self._file.get(self._root["Pages"])["Kids"]
        if len(kids) != len(self._parts):
            raise FaultyBook(f"Publikacja ma {len(kids)} części zamiast {len(self._parts)}. Złóż ją jeszcze raz.")
        for part, kid in enumerate(kids):
            for reference in self._file.get(kid)["Kids"]:
                entries = self._file.get(reference)
                number = entries["Resources"].number
                if number not in resources_of:
                    resources_of[number] = read_resources(self._file, number, self._read_font)
                streams = [self._file.get(stream).content for stream in entries["Contents"]]
                text = read_page(b"\n".join(streams), resources_of[number])
                if text.faults:
                    self._refuse(part, f"na stronie {len(self._pages) + 1} {text.faults[0]}")
                self._pages[reference.number] = _Page(len(self._pages) + 1, part, text, entries)

    def _read_element(self, number: int, element: dict[str, Any], *, parent: int) -> None:
        """Walk the structure tree in reading order."""
        role = element["S"].text
        kids = _many(element.get("K", []))
        if element["P"].number != parent:
            raise FaultyBook(f"Element struktury {number} nie wskazuje swojego rodzica. Zgłoś to opiekunowi systemu.")
        roles, references = [], 0
        for kid in kids:
            if isinstance(kid, Ref):
                below = self._file.object(kid.number)
                roles.append(below["S"].text)
                self._read_element(kid.number, below, parent=number)
            elif isinstance(kid, dict) and "Obj" in kid:
                references += 1
                self._link_elements[kid["Obj"].number] = number
            else:
                page = kid["Pg"].number if isinstance(kid, dict) else element["Pg"].number
                self._own(page, kid["MCID"] if isinstance(kid, dict) else kid, number)
        self._check_element(number, element, role, roles, references)

    def _own(self, page_number: int, mcid: int, element: int) -> None:
        page = self._pages[page_number]
        if mcid not in page.text.marks or mcid in page.owned:
            self._refuse(
                page.part, f"na stronie {page.number} struktura wskazuje oznaczenie {mcid}, którego tam nie ma"
            )
        page.owned.add(mcid)
        self._owners[page_number, mcid] = element
        self._texts[page.part].append(page.text.marks[mcid])

    def _check_element(
        self, number: int, element: dict[str, Any], role: str, roles: list[str], references: int
    ) -> None:
        """Rules of single elements that veraPDF does not look at."""
        wrong = ""
        if role == "Link" and not references:
            wrong = "odsyłacz bez pola, które można nacisnąć"
        if role == "LI" and "LBody" not in roles:
            wrong = "pozycja listy bez treści"
        if role == "Figure" and not element.get("Alt"):
            wrong = "rysunek bez opisu"
        if role in {"P", "H1", "H2", "H3", "H4"} and not element.get("K"):
            wrong = "pusty akapit"
        if wrong:
            self._refuse(self._part_of(element), f"{wrong} (element {number})")

    def _part_of(self, element: dict[str, Any]) -> int:
        """The part an element lies in: that of the nearest page above or below."""
        while "Pg" not in element:
            below = [kid for kid in _many(element.get("K", [])) if isinstance(kid, Ref)]
            if not below:
                return 0
            element = self._file.object(below[0].number)
        return self._pages[element["Pg"].number].part

    def _parent_tree(self, tree: dict[str, Any]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for leaf in self._file.get(tree["ParentTree"])["Kids"]:
            numbers = self._file.get(leaf)["Nums"]
            found |= dict(zip(numbers[::2], numbers[1::2], strict=True))
        return found

    def _check_marks(self, parents: dict[int, Any]) -> None:
        """Content, structure and parent tree agree; every link is whole."""
        names = set(self._destinations())
        for number, page in self._pages.items():
            lost = sorted(set(page.text.marks) - page.owned)
            if lost:
                self._refuse(
                    page.part, f"treść na stronie {page.number} nie należy do struktury (oznaczenie {lost[0]})"
                )
            owners = parents[page.entries["StructParents"]]
            for mcid in page.owned:
                if owners[mcid] != Ref(self._owners[number, mcid]):
                    self._refuse(
                        page.part, f"strona {page.number} i struktura nie zgadzają się co do oznaczenia {mcid}"
                    )
            for link in page.entries.get("Annots", []):
                self._check_link(page, link.number, parents, names)

    def _check_link(self, page: _Page, number: int, parents: dict[int, Any], names: set[str]) -> None:
        link = self._file.object(number)
        wrong = ""
        if self._link_elements.get(number) != parents[link["StructParent"]].number:
            wrong = "nie należy do struktury"
        elif "Dest" in link and link["Dest"] not in names:
            wrong = f"prowadzi do „{link['Dest']}”, czego nie ma w publikacji"
        elif "Dest" not in link and not link["A"]["URI"]:
            wrong = "prowadzi donikąd"
        elif not link["Contents"]:
            wrong = "nie ma opisu"
        if wrong:
            self._refuse(page.part, f"odsyłacz na stronie {page.number} {wrong}")

    def _destinations(self) -> Iterator[str]:
        for leaf in self._file.get(self._root["Names"]["Dests"])["Kids"]:
            pairs = self._file.get(leaf)["Names"]
            for name, place in zip(pairs[::2], pairs[1::2], strict=True):
                if place[0].number not in self._pages:
                    raise FaultyBook(f"Miejsce „{name}” nie leży na żadnej stronie. Zgłoś to opiekunowi systemu.")
                yield name

    def _check_words(self) -> None:
        """All words of each card and chapter stand in its pages, in reading order inside each text."""
        for number, part in enumerate(self._parts):
            printed = letters("".join(self._texts[number]))
            for text in part.texts():
                if letters(read_back(text)) not in printed:
                    self._refuse(number, f"na wydruku brakuje tekstu „{text[:60]}”")

    def _check_outline(self) -> None:
        """Every bookmark has a name and leads to a page."""
        top = self._file.get(self._root["Outlines"])
        waiting = [self._file.get(top["First"])] if "First" in top else []
        while waiting:
            entry = waiting.pop()
            if not entry.get("Title") or entry["Dest"][0].number not in self._pages:
                name = entry.get("Title", "bez nazwy")
                raise FaultyBook(f"Zakładka „{name}” nie prowadzi do strony. Zgłoś to opiekunowi systemu.")
            waiting += [self._file.get(entry[name]) for name in ("First", "Next") if name in entry]


def letters(text: str) -> str:
    """Text without white space and hyphens: line breaks and hyphenation do not matter."""
    return _BETWEEN_LETTERS.sub("", text)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
