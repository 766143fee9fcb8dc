"""Prose of a chapter as plain data: paragraphs, lists, tables and pictures, without any markup inside.

An outlet escapes every text and decides itself how a bold word or a footnote looks, so nothing that an editor pastes can reach a
page as markup, and nothing is nested.
"""

from __future__ import annotations

from typing import Literal

from service_catalog.published.card import PublishedStruct

RunKind = Literal["plain", "strong", "emphasis", "note"]
BlockKind = Literal["heading", "paragraph", "bullets", "numbers", "table", "picture", "quote"]


class Run(PublishedStruct, frozen=True, kw_only=True):
    """A piece of a paragraph. A `note` is a footnote: its text stands at the foot of the page."""

    kind: RunKind
    text: str


Line = tuple[Run, ...]
"""A paragraph, a list item or a cell of a table."""


class Picture(PublishedStruct, frozen=True, kw_only=True):
    """A picture inside the edition: `data` is base64 of a PNG or JPEG file, `sha256` its name. Sizes are in pixels."""

    sha256: str
    media_type: str
    width: int
    height: int
    data: str


class Block(PublishedStruct, frozen=True, kw_only=True):
    """One block. `lines` holds what its kind needs: one line of a paragraph, the items of a list.

    A table has `header` and `rows` of equal width; a picture has `picture`, `alternative` (text that stands for it) and perhaps
    a caption in `lines`.
    """

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    header: Line = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    picture: Picture | None = None
    alternative: str = ""


def plain_text(line: Line) -> str:
    """The words of a line without its footnotes."""
    return "".join(run.text for run in line if run.kind != "note")
