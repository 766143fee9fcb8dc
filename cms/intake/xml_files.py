"""XML from outside: no DTD, no entities, no inclusion, no network, no deep or wide trees.

A first pass with expat builds nothing and stops at the first thing that is not allowed; only then lxml makes a tree.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from lxml import etree

from cms.intake.refusals import RefusedFile
from cms.intake.texts import utf8

DEEPEST = 64
"""Levels of elements."""
MOST_ATTRIBUTES = 64
"""Attributes of one element."""
MOST_ELEMENTS = 1_000_000
XINCLUDE = "http://www.w3.org/2001/XInclude"

_DECLARED = re.compile(r"""^<\?xml[^>]*\sencoding\s*=\s*["']([^"']{1,40})["']""")


def read_xml(content: bytes, *, largest: int) -> etree._Element:
    """The root of an XML document in UTF-8. Raises `RefusedFile` with the line for anything that is not allowed."""
    text = utf8(content, largest=largest)
    declared = _DECLARED.match(text)
    if declared and declared[1].upper() not in {"UTF-8", "UTF8", "US-ASCII"}:
        raise RefusedFile(f'Plik podaje kodowanie „{declared[1]}”. Zapisz go w UTF-8 i podaj encoding="UTF-8".')
    plain = text.encode()
    _FirstPass().run(plain)
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFile("To nie jest poprawny XML.", line=error.lineno or 1) from None


class _FirstPass:
    """Counts what the limits are about while expat reads."""

    def __init__(self) -> None:
        self._parser: Any = expat.ParserCreate(namespace_separator=" ")
        self._depth = 0
        self._elements = 0
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.buffer_text = True

    def run(self, content: bytes) -> None:
        """Read everything. Raises `RefusedFile`."""
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise RefusedFile(f"To nie jest poprawny XML: {_reason(error.code)}.", line=error.lineno) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST:
            raise self._refusal(f"Elementy są zagnieżdżone głębiej niż na {DEEPEST} poziomów.")
        if len(attributes) > MOST_ATTRIBUTES:
            raise self._refusal(f"Element ma więcej niż {MOST_ATTRIBUTES} atrybutów.")
        if self._elements > MOST_ELEMENTS:
            raise self._refusal(f"Plik ma więcej niż {MOST_ELEMENTS} elementów.")
        if name.startswith(f"{XINCLUDE} "):
            raise self._refusal("Plik dołącza inny plik (XInclude). Wstaw jego treść.")

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _doctype(self, *declared: object) -> None:
        raise self._refusal("Plik ma deklarację DOCTYPE. Usuń ją razem z encjami.")

    def _refusal(self, sentence: str) -> RefusedFile:
        return RefusedFile(sentence, line=self._parser.CurrentLineNumber)


_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "brakuje elementów",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "znacznik końcowy nie pasuje do początkowego",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "znacznik nie jest zamknięty",
    expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "atrybut powtarza się",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "nieznana encja",
    expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]: "przedrostek bez przestrzeni nazw",
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "coś stoi po elemencie głównym",
}


def _reason(code: int) -> str:
    return _REASONS.get(code, "zły znak albo znacznik w tym wierszu")
