"""Polish typography of printed text: no one-letter word at the end of a line, numbers beside their units, addresses that are not
hyphenated, known glyphs only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from fontTools.ttLib import TTFont
from markupsafe import Markup, escape

from exporters.pdf.assets import FOLDER, REGULAR_FONT
from service_catalog.published.wording import MONTHS

NBSP = "\u00a0"
_ONE_LETTER_WORD = re.compile(r"(?<!\w)([aiouwzAIOUWZ]) (?=\S)")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:zł|gr|dni|dzień|mies|rok|lat|tyg|godz|min|mm|cm|m|km|kg|r\.)(?!\w))")
_DAY_AND_MONTH = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})(?!\w))")
_SIGN_AND_NUMBER = re.compile(
    r"(?<!\w)(art\.|ust\.|pkt|poz\.|§|nr|Nr|lit\.|pok\.|tel\.|do|na|od|po|ze|we|za) (?=[\d§a-z])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]*\w")
_AFTER_ADDRESS = ".,;:!?)]”’\"'"
_LINK = Markup('<a class="address" href="{}">{}</a>')
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def typeset(value: Any) -> Any:
    """Text as it is printed; markup and values that are not text stay as they are.

    Web and e-mail addresses come back as links that are never hyphenated: a hyphen at the end of a line would change them.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return "" if value is None else value
    text = plain_typeset(value)
    return _with_addresses(text) if _ADDRESS.search(text) else text


def plain_typeset(text: str) -> str:
    """Text as it is printed, without the markup of addresses."""
    text = _NOT_PRINTED.sub("", text)
    text = _ONE_LETTER_WORD.sub(rf"\1{NBSP}", text)
    text = _NUMBER_AND_UNIT.sub(NBSP, text)
    text = _DAY_AND_MONTH.sub(NBSP, text)
    text = _SIGN_AND_NUMBER.sub(rf"\1{NBSP}", text)
    return text if text.isascii() else "".join(map(printable, text))


def _with_addresses(text: str) -> Markup:
    """Escaped text with each address as a link, whose class lets the style sheet keep hyphens out of it."""
    pieces, end = [], 0
    for match in _ADDRESS.finditer(text):
        shown = match[0].rstrip(_AFTER_ADDRESS)
        pieces += [escape(text[end : match.start()]), _LINK.format(_target(shown), shown)]
        end = match.start() + len(shown)
    return Markup("").join([*pieces, escape(text[end:])])


def _target(shown: str) -> str:
    """Where a printed address leads."""
    if shown.startswith(("http://", "https://")):
        return shown
    return f"mailto:{shown}" if "@" in shown else f"https://{shown}"


def printable(character: str) -> str:
    """The character, or its code in words when the fonts have no glyph for it: PDF/UA forbids missing glyphs."""
    return character if ord(character) in _glyphs() or character in "\n\t" else f"[znak U+{ord(character):04X}]"


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of a text that no font of ours can print, in the order of their codes: they are printed in words."""
    return tuple(sorted({character for character in set(text) if not _is_printed(character)}))


def _is_printed(character: str) -> bool:
    return ord(character) in _glyphs() or character.isspace() or bool(_NOT_PRINTED.match(character))


@cache
def _glyphs() -> frozenset[int]:
    """Characters of the vendored fonts; all four faces cover the same ones, which a test proves."""
    with TTFont(FOLDER / REGULAR_FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())
