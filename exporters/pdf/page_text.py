"""What the content streams of a page say: marked content with its text, and what is wrong with the operators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from exporters.pdf.reading import Name, PdfFile

_OPERATOR = re.compile(
    rb"/(?P<font>\w+)\s+[\d.]+\s+Tf\b|/(?P<state>[\w.]+)\s+gs\b|/(?P<tag>\w+)\s+(?:<<\s*/MCID\s+(?P<mcid>\d+)\s*>>|<<[^>]*>>)?\s*"
    rb"(?P<begin>B[DM]C)\b|(?P<end>EMC)\b|<(?P<glyphs>[0-9a-f]+)>|(?P<text>\bBT)\b"
)
_CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


@dataclass
class FontTexts:
    """What is known of an embedded font: the text and the width of each glyph."""

    texts: dict[int, str]
    widths: set[int]
    embedded: bool


@dataclass
class PageText:
    """Text per marked content, and faults in words."""

    marks: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def font_texts(file: PdfFile, reference: Any) -> FontTexts:
    """Read an embedded font."""
    font = file.get(reference)
    descendant = file.get(file.get(font["DescendantFonts"])[0])
    descriptor = file.get(descendant["FontDescriptor"])
    pairs = _CHARACTER.findall(file.get(font["ToUnicode"]).content)
    texts = {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
    widths = {value for value in descendant["W"] if isinstance(value, int)}
    program = file.get(descriptor["FontFile2"]).content if "FontFile2" in descriptor else b""
    return FontTexts(texts, widths, bool(program))


def read_page(content: bytes, fonts: dict[str, FontTexts], states: dict[str, Any]) -> PageText:
    """Walk the operators of a page."""
    page = PageText()
    open_marks: list[int | None] = []
    font: FontTexts | None = None
    for found in _OPERATOR.finditer(content):
        kind = found.lastgroup
        if kind == "glyphs":
            _show(page, found["glyphs"], font, open_marks)
        elif kind == "begin":
            mcid = int(found["mcid"]) if found["mcid"] is not None else None
            if mcid is not None:
                if mcid in page.marks:
                    page.faults.append(f"oznaczenie {mcid} występuje dwa razy")
                page.marks[mcid] = ""
            open_marks.append(mcid)
        elif kind == "end":
            if not open_marks:
                page.faults.append("koniec oznaczenia bez początku")
            else:
                open_marks.pop()
        elif kind == "font":
            font = fonts.get(found["font"].decode())
            if font is None or not font.embedded:
                page.faults.append(f"czcionki „{found['font'].decode()}” nie ma w pliku")
        elif kind == "state":
            if found["state"].decode() not in states:
                page.faults.append(f"stanu „{found['state'].decode()}” nie ma w pliku")
        elif not open_marks:
            page.faults.append("tekst stoi poza oznaczeniami")
    if open_marks:
        page.faults.append("oznaczenie nie ma końca")
    return page


def _show(page: PageText, glyphs: bytes, font: FontTexts | None, open_marks: list[int | None]) -> None:
    """Take the text of a string of glyphs."""
    numbers = [int(glyphs[start : start + 4], 16) for start in range(0, len(glyphs), 4)]
    if font is None:
        page.faults.append("tekst bez czcionki")
        return
    if not font.widths.issuperset(numbers) or 0 in numbers:
        page.faults.append("znak bez kroju w czcionce")
    mcid = open_marks[-1] if open_marks else None
    if mcid is not None:
        page.marks[mcid] += "".join([font.texts.get(number, "") for number in numbers])


def names(dictionary: dict[str, Any]) -> dict[str, Any]:
    """The entries of a resource dictionary whose values are not names."""
    return {key: value for key, value in dictionary.items() if not isinstance(value, Name)}
