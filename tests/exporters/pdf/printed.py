"""What a PDF says and how it is built, read back with pypdf."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, Destination, DictionaryObject

_BETWEEN_LETTERS = re.compile(r"[\s\u00a0\u00ad-]+")
_FILLED = re.compile(r"(?:[ {]color|background|border-left):[^;}]*#([0-9a-f]{6})")
Color = tuple[int, ...]


def reader_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def root_of(content: bytes) -> Any:
    """The catalog of the document."""
    return reader_of(content).trailer["/Root"]


def text_of(content: bytes) -> str:
    """The text page by page as it can be read: one space between words, one line feed between lines."""
    pages = [page.extract_text().replace("\u00a0", " ") for page in reader_of(content).pages]
    lines = ([re.sub(r"[ \t]+", " ", line).strip() for line in page.splitlines()] for page in pages)
    return "\n\f\n".join("\n".join(page).strip() for page in lines) + "\n"


def laid_out_text(content: bytes, *, page: int) -> str:
    """The text of a page (from 0) as it stands on paper: page numbers written later stand beside their lines."""
    return reader_of(content).pages[page].extract_text(extraction_mode="layout").replace("\u00a0", " ")


def letters(text: str) -> str:
    """Text without white space and hyphens: line breaks and hyphenation do not matter."""
    return _BETWEEN_LETTERS.sub("", text)


def bookmarks(content: bytes) -> list[tuple[int, str]]:
    """Bookmarks as (level, title)."""
    return list(_bookmarks(reader_of(content).outline, 1))


def _bookmarks(entries: Any, level: int) -> Any:
    for entry in entries:
        if isinstance(entry, Destination):
            yield level, str(entry.title).replace("\u00a0", " ")
        else:
            yield from _bookmarks(entry, level + 1)


def roles(content: bytes) -> list[str]:
    """Roles of all structure elements in reading order."""
    found: list[str] = []
    waiting: list[Any] = [root_of(content)["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, DictionaryObject):
            continue
        if "/S" in element:
            found.append(str(element["/S"]))
        kids = element.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += [
            kid.get_object()
            for kid in reversed(kids if isinstance(kids, list) else [kids])
            if hasattr(kid, "get_object")
        ]
    return found


def fonts(content: bytes) -> dict[str, bool]:
    """Names of all fonts of all pages, without subset tags, and whether their files are inside."""
    found: dict[str, bool] = {}
    for page in reader_of(content).pages:
        resources: Any = page["/Resources"]
        for reference in resources.get("/Font", {}).values():
            font = reference.get_object()
            descendant = font["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            found[str(font["/BaseFont"]).partition("+")[2]] = "/FontFile2" in descriptor
    return found


def structure_text(content: bytes) -> str:
    """The structure tree as indented lines: role, then what stands for a figure, the scope of a header, the language."""
    lines: list[str] = []
    waiting: list[tuple[int, Any]] = [(0, root_of(content)["/StructTreeRoot"])]
    while waiting:
        depth, element = waiting.pop()
        if not isinstance(element, DictionaryObject):
            continue
        if "/S" in element:
            lines.append(f"{'  ' * depth}{_described(element)}")
        kids = element.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += [
            (depth + ("/S" in element), kid.get_object())
            for kid in reversed(kids if isinstance(kids, list) else [kids])
            if hasattr(kid, "get_object")
        ]
    return "\n".join(lines) + "\n"


def _described(element: Any) -> str:
    attributes = element.get("/A", {})
    scope = str(attributes.get("/Scope", "")).removeprefix("/") if isinstance(attributes, DictionaryObject) else ""
    told = [str(element["/S"]).removeprefix("/"), scope, str(element.get("/Lang", ""))]
    alternative = f'"{element["/Alt"]}"' if "/Alt" in element else ""
    return " ".join(filter(None, (*told, alternative)))


def fill_colors(content: bytes) -> set[Color]:
    """Colours with which text and areas are filled, as red, green and blue from 0 to 255."""
    reader = reader_of(content)
    found = set()
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"rg":
                found.add(tuple(round(float(value) * 255) for value in operands))
    return found


def colors_of_sheet(text: str) -> set[Color]:
    """Colours that a style sheet gives to text and to areas."""
    return {tuple(bytes.fromhex(digits)) for digits in _FILLED.findall(text)}
