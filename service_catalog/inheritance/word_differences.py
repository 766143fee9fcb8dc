"""Differences between two texts, word by word, marked so that they are seen, heard and printed without colour."""

from __future__ import annotations

import difflib
import re
from typing import Literal

import msgspec
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

TOKEN = re.compile(r"\n|[^\s]+")
"""A word with its punctuation, or the end of a line."""

Kind = Literal["same", "removed", "added"]


class Piece(msgspec.Struct, frozen=True):
    """A run of words that both texts have, or only the older, or only the newer one."""

    kind: Kind
    words: tuple[str, ...]


def word_differences(older: str, newer: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: without "added" they give the older text, without "removed" the newer one."""
    before, after = TOKEN.findall(older), TOKEN.findall(newer)
    pieces: list[Piece] = []
    for code, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if code == "equal":
            pieces.append(Piece("same", tuple(before[first:last])))
            continue
        if last > first:
            pieces.append(Piece("removed", tuple(before[first:last])))
        if end > start:
            pieces.append(Piece("added", tuple(after[start:end])))
    return tuple(pieces)


def older_text(older: str, newer: str) -> SafeString:
    """The older text with words that the newer one lacks marked as removed."""
    return _html(word_differences(older, newer), without="added")


def newer_text(older: str, newer: str) -> SafeString:
    """The newer text with words that the older one lacked marked as added."""
    return _html(word_differences(older, newer), without="removed")


def _html(pieces: tuple[Piece, ...], *, without: Kind) -> SafeString:
    shown = [_piece(piece) for piece in pieces if piece.kind != without]
    return format_html_join(" ", "{}", ((piece,) for piece in shown))


def _piece(piece: Piece) -> SafeString:
    """Words of a piece; a hidden word says aloud what `del` and `ins` show, because not every reader announces them."""
    text = _lines(piece.words)
    if piece.kind == "removed":
        return format_html('<del><span class="w-sr-only">usunięto: </span>{}</del>', text)
    if piece.kind == "added":
        return format_html('<ins><span class="w-sr-only">dodano: </span>{}</ins>', text)
    return text


def _lines(words: tuple[str, ...]) -> SafeString:
    lines = [line.strip() for line in " ".join(words).split("\n")]
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
