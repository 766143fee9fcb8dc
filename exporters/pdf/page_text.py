"""What the content streams of a page say: marked content with its text, and what is wrong with the operators."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from exporters.pdf.reading import Objects

_OPERATOR = re.compile(
    rb"<(?P<glyphs>[0-9a-f]+)>|/(?P<font>\w+)\s+[\d.]+\s+Tf\b|/(?P<state>[\w.]+)\s+gs\b|/(?P<picture>\w+)\s+Do\b"
    rb"|/(?P<tag>\w+)\s+(?:<<\s*/MCID\s+(?P<mcid>\d+)\s*>>|<<[^>]*>>)?\s*(?P<begin>B[DM]C)\b|(?P<end>EMC)\b|(?P<text>\bBT)\b"
)
_CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


@dataclass
class FontTexts:
    """What is known of an embedded font: the text of each glyph that has a width, by its code as it stands in the page."""

    texts: dict[bytes, str]
    embedded: bool
    _shown: dict[bytes, str | None] = field(default_factory=dict)

    def shown(self, glyphs: bytes) -> str | None:
        """The text of a string of glyphs; None when one of them has no width. Kerning cuts lines into few short strings."""
        if glyphs not in self._shown:
            codes = [glyphs[start : start + 4] for start in range(0, len(glyphs), 4)]
            whole = all(code in self.texts for code in codes)
            self._shown[glyphs] = "".join(self.texts[code] for code in codes) if whole else None
        return self._shown[glyphs]


@dataclass(frozen=True)
class Resources:
    """What a page may use: fonts, and the names of graphic states and pictures."""

    fonts: dict[str, FontTexts]
    states: frozenset[str]
    pictures: frozenset[str]


@dataclass
class PageText:
    """Text per marked content, and faults in words."""

    marks: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def font_texts(file: Objects, reference: Any) -> FontTexts:
    """Read an embedded font."""
    font = file.get(reference)
    descendant = file.get(file.get(font["DescendantFonts"])[0])
    descriptor = file.get(descendant["FontDescriptor"])
    pairs = _CHARACTER.findall(file.get(font["ToUnicode"]).content)
    known = {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
    texts = {b"%04x" % glyph: known.get(glyph, "") for glyph in descendant["W"] if isinstance(glyph, int) and glyph}
    program = file.get(descriptor["FontFile2"]).content if "FontFile2" in descriptor else b""
    return FontTexts(texts, bool(program))


def read_resources(
    file: Objects, number: int, read_font: Callable[[Objects, Any], FontTexts] = font_texts
) -> Resources:
    """Read the resources of pages with their fonts and pictures. A font or picture that cannot be unpacked raises an error."""
    found = file.object(number)
    fonts = {name: read_font(file, font) for name, font in found["Font"].items()}
    pictures = [name for name, picture in found["XObject"].items() if file.get(picture).content]
    return Resources(fonts, frozenset(found["ExtGState"]), frozenset(pictures))


def read_page(content: bytes, resources: Resources) -> PageText:
    """Walk the operators of a page."""
    reader = _PageReader(resources)
    for found in _OPERATOR.finditer(content):
        reader.take(found)
    if reader.open_marks:
        reader.page.faults.append("oznaczenie nie ma końca")
    return reader.page


class _PageReader:
    """What is open while the operators of a page are read: marks and the font."""

    def __init__(self, resources: Resources) -> None:
        self.page = PageText()
        self.open_marks: list[int | None] = []
        self._resources = resources
        self._font: FontTexts | None = None

    def take(self, found: re.Match[bytes]) -> None:
        """One operator."""
        kind = found.lastgroup
        if kind == "glyphs":
            self._show(found["glyphs"])
        elif kind == "begin":
            self._begin(found["mcid"])
        elif kind == "end":
            self._end()
        elif kind == "font":
            self._set_font(found["font"].decode())
        elif kind == "state":
            if found["state"].decode() not in self._resources.states:
                self.page.faults.append(f"stanu „{found['state'].decode()}” nie ma w pliku")
        elif kind == "picture":
            if found["picture"].decode() not in self._resources.pictures:
                self.page.faults.append(f"obrazu „{found['picture'].decode()}” nie ma w pliku")
        elif not self.open_marks:
            self.page.faults.append("tekst stoi poza oznaczeniami")

    def _begin(self, number: bytes | None) -> None:
        mcid = None if number is None else int(number)
        if mcid is not None:
            if mcid in self.page.marks:
                self.page.faults.append(f"oznaczenie {mcid} występuje dwa razy")
            self.page.marks[mcid] = ""
        self.open_marks.append(mcid)

    def _end(self) -> None:
        if self.open_marks:
            self.open_marks.pop()
        else:
            self.page.faults.append("koniec oznaczenia bez początku")

    def _set_font(self, name: str) -> None:
        self._font = self._resources.fonts.get(name)
        if self._font is None or not self._font.embedded:
            self.page.faults.append(f"czcionki „{name}” nie ma w pliku")

    def _show(self, glyphs: bytes) -> None:
        """Take the text of a string of glyphs."""
        if self._font is None:
            self.page.faults.append("tekst bez czcionki")
            return
        text = self._font.shown(glyphs)
        if text is None:
            self.page.faults.append("znak bez kroju w czcionce")
        elif self.open_marks and self.open_marks[-1] is not None:
            self.page.marks[self.open_marks[-1]] += text
