"""From what an editor typed to prose as plain data: see `handbooks.published.prose`.

Markup is not cleaned but taken apart: words and the few marks that we know are read out of it, everything else is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from lxml import etree, html

from cms.fields import as_lines
from handbooks.authoring.pictures import published_picture
from handbooks.published.prose import Block, Line, Run, RunKind

LONGEST_CHAPTER = 60_000
"""Characters of one chapter: some twenty pages."""
LONGEST_WORD = 1_000
"""Characters without a space between them."""
MOST_ROWS = 500
DEEPEST = 100
"""Elements inside one another; rich text of an editor has four. Deeper text loses its marks and keeps its words."""
_NOTE = re.compile(r"\[przypis:\s*([^\]]+)\]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(?!br|img|hr|input)[a-zA-Z]", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MARKS: dict[str, RunKind] = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis"}
_LISTS = {"ul": "bullets", "ol": "numbers"}


class UnprintableChapter(ValueError):
    """A chapter cannot be published as it is; the message names the chapter and says what to change."""


def published_blocks(title: str, stream: Any) -> tuple[Block, ...]:
    """The blocks of a chapter. Raises `UnprintableChapter`."""
    found = tuple(block for child in stream for block in _of_child(title, child.block_type, child.value))
    size = sum(len(run.text) for block in found for line in _lines(block) for run in line)
    if size > LONGEST_CHAPTER:
        raise UnprintableChapter(
            f"Rozdział „{title}” ma {size} znaków, a może mieć najwyżej {LONGEST_CHAPTER}. Podziel go na dwa."
        )
    longest = max(
        (len(word) for block in found for line in _lines(block) for run in line for word in run.text.split()), default=0
    )
    if longest > LONGEST_WORD:
        raise UnprintableChapter(
            f"Rozdział „{title}” ma {longest} znaków bez spacji, a może mieć najwyżej {LONGEST_WORD}. Rozdziel je."
        )
    return found


def _lines(block: Block) -> Iterator[Line]:
    yield from block.lines
    yield block.header
    for row in block.rows:
        yield from row


def _of_child(title: str, kind: str, value: Any) -> Iterator[Block]:
    if kind == "heading":
        yield Block(kind="heading", lines=(plain_line(value),))
    elif kind == "quote":
        yield Block(kind="quote", lines=tuple(map(plain_line, as_lines(value))))
    elif kind == "table":
        yield _table(title, value)
    elif kind == "picture":
        caption = (plain_line(value["caption"]),) if value["caption"] else ()
        picture = published_picture(value["image"], where=f"Rozdział „{title}”")
        yield Block(kind="picture", picture=picture, alternative=value["alternative"], lines=caption)
    else:
        yield from rich_blocks(str(getattr(value, "source", value)))


def _table(title: str, value: Any) -> Block:
    rows = [tuple(plain_line(cell) for cell in row.split("|")) for row in as_lines(value["rows"])]
    header = tuple(Run(kind="plain", text=cell.strip()) for cell in value["header"].split("|"))
    if len(rows) > MOST_ROWS:
        raise UnprintableChapter(
            f"Rozdział „{title}”: tabela ma {len(rows)} wierszy, a może mieć najwyżej {MOST_ROWS}. Podziel ją."
        )
    if any(len(row) != len(header) for row in rows):
        raise UnprintableChapter(f"Rozdział „{title}”: wiersze tabeli mają różną liczbę komórek. Popraw znaki |.")
    return Block(kind="table", header=header, rows=tuple(rows))


def plain_line(text: str) -> Line:
    """Plain text with its footnotes taken out into runs of their own."""
    return tuple(_noted(_SPACE.sub(" ", text).strip(), "plain"))


def rich_blocks(source: str) -> Iterator[Block]:
    """Paragraphs and lists of rich text. Broken or deeply nested markup loses its marks, never its words."""
    root: Any = None
    if _depth(source) <= DEEPEST:
        with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
            root = html.fragment_fromstring(source, create_parent="div")
    if root is None:
        words = re.sub(r"<[^>]*>|\x00", " ", source)
        yield from _paragraph([("plain", unescape(words))])
        return
    loose: list[tuple[RunKind, str]] = [("plain", root.text or "")]
    for child in root:
        if child.tag in {"p", "div", "blockquote", *_LISTS} or not isinstance(child.tag, str):
            yield from _paragraph(loose)
            loose = []
            yield from _element(child)
        else:
            loose += _words(child)
        loose.append(("plain", child.tail or ""))
    yield from _paragraph(loose)


def _depth(source: str) -> int:
    """How deep the tags of a text are nested, at most: beyond some depth the parser would drop words."""
    depth = deepest = 0
    for found in _TAG.finditer(source):
        depth = depth - 1 if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _element(element: Any) -> Iterator[Block]:
    if not isinstance(element.tag, str):
        return
    if element.tag in _LISTS:
        items = tuple(filter(None, (_line(_words(item)) for item in element.iter("li"))))
        if items:
            yield Block(kind="bullets" if element.tag == "ul" else "numbers", lines=items)
    else:
        yield from _paragraph(_words(element))


def _paragraph(words: Iterable[tuple[RunKind, str]]) -> Iterator[Block]:
    line = _line(words)
    if line:
        yield Block(kind="paragraph", lines=(line,))


def _words(element: Any) -> list[tuple[RunKind, str]]:
    """All words below an element, each with its mark. Walks without recursion: markup may be nested without end."""
    found: list[tuple[RunKind, str]] = []
    marks: list[RunKind] = ["plain"]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        known = isinstance(node.tag, str) and node.tag not in {"script", "style"}
        if event == "start":
            marks.append(_MARKS.get(node.tag, marks[-1]) if known else marks[-1])
            found.append((marks[-1], (node.text or "") if known else ""))
        else:
            marks.pop()
            if node is not element:
                found.append((marks[-1], " " if node.tag == "br" else ""))
                found.append((marks[-1], node.tail or ""))
    return found


def _line(words: Iterable[tuple[RunKind, str]]) -> Line:
    """Runs of a line: neighbours of one kind joined, white space folded, footnotes taken out."""
    joined: list[tuple[RunKind, str]] = []
    for kind, text in words:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        elif text:
            joined.append((kind, text))
    folded = [(kind, _SPACE.sub(" ", text)) for kind, text in joined]
    if folded:
        folded[0] = (folded[0][0], folded[0][1].lstrip())
        folded[-1] = (folded[-1][0], folded[-1][1].rstrip())
    return tuple(run for kind, text in folded for run in _noted(text, kind))


def _noted(text: str, kind: RunKind) -> Iterator[Run]:
    """Text before, inside and after footnotes."""
    for place, piece in enumerate(_NOTE.split(text)):
        note = bool(place % 2)
        shown = piece.strip() if note else piece
        if shown:
            yield Run(kind="note" if note else kind, text=shown)
