"""Parts of a text that are not measured: legal citations, addresses, form codes and rows of tables.

A reader skips them or copies them, so they say nothing about how hard the text is. Patterns never cross a line and every
repetition in them is bounded or possessive, so that no text, however odd, makes them slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MONTH = "(?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia)"
_GAP = r"[^\S\n]*+"
_SPACE = r"[^\S\n]++"
_NUMBER = rf"\d{{1,4}}[a-z]{{0,3}}(?:{_GAP}[–-]{_GAP}\d{{1,4}}[a-z]{{0,3}})?+(?!\w)"
_LIST = rf"{_NUMBER}(?:(?:,|{_SPACE}i|{_SPACE}oraz|{_SPACE}lub){_GAP}{_NUMBER}(?!{_SPACE}(?:zł|dni|lat|gr))){{0,20}}+"
_UNIT = rf"(?:(?:art\.|ust\.|§§?|poz\.|tiret){_GAP}{_LIST}|pkt\.?{_GAP}{_LIST}|lit\.{_GAP}[a-z]{{1,2}}(?![\w]))"

CITATION_UNITS = re.compile(
    rf"(?<![\w])(?:art\.|§§?|ust\.){_GAP}{_LIST}(?:,?+{_GAP}(?:i{_SPACE}|oraz{_SPACE}|w{_SPACE}związku{_SPACE}z{_SPACE})?{_UNIT}){{0,20}}+",
    re.IGNORECASE,
)
"""Units of an act: "art. 127–129 § 2 pkt 3 lit. a", "§ 5 ust. 1"."""

JOURNAL = re.compile(
    rf"(?<!\w)(?:Dz\.{_GAP}U\.|M\.{_GAP}P\.)"
    rf"(?:{_GAP}(?:UE|Woj\.|z(?!\w)|L(?!\w)|C(?!\w)|[Nn]r(?!\w)|r\.|poz\.|ze{_SPACE}zm\.|\d{{1,5}}+(?:[/.]\d{{1,5}}+)?|,(?={_GAP}[\dnp])))"
    rf"{{0,60}}+"
)
"""A place in an official journal: "Dz.U. z 2025 r. poz. 1691"."""

DATED_ACT = re.compile(
    r"(?<!\w)(?:ustaw|rozporządzeni|obwieszczeni|uchwał|zarządzeni|dyrektyw)\w{0,3}"
    rf"(?:{_SPACE}[^\W\d_]\w{{0,40}}+){{0,8}}?{_SPACE}z(?:{_SPACE}dnia)?+{_SPACE}\d{{1,2}}{_SPACE}{MONTH}{_SPACE}\d{{4}}{_SPACE}r\.",
    re.IGNORECASE,
)
"""The beginning of a full title of an act: "ustawa z dnia 14 czerwca 1960 r."."""

_TOWN = rf"\d{{2}}-\d{{3}}{_SPACE}[A-ZĄĆĘŁŃÓŚŹŻ][\w-]{{1,40}}+(?:{_SPACE}[A-ZĄĆĘŁŃÓŚŹŻ][\w-]{{1,40}}+){{0,2}}+"
STREET = re.compile(
    rf"(?<!\w)(?:ul|al|pl|os)\.{_GAP}(?:[\w-]{{1,40}}+\.?+{_SPACE}){{1,5}}?"
    rf"\d{{1,4}}[A-Za-z]?(?!\w)(?:{_GAP}/{_GAP}\d{{1,4}}[A-Za-z]?(?!\w))?+(?:,?+{_GAP}{_TOWN})?+"
)
"""A street with a house number, with or without a post code: "ul. Polna 3/5, 35-959 Rzeszów"."""

TOWN = re.compile(rf"(?<![\w-]){_TOWN}")
WEB = re.compile(r"(?:https?://|(?<!\w)www\.)[^\s<>\"]{1,2000}")
DOMAIN = re.compile(
    r"(?<![\w.@-])(?:[a-z0-9-]++\.(?=[a-z0-9]))++(?:pl|eu|com|org|net|info)(?![\w-]|\.\w)(?:/[\w/.~-]{0,500})?"
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
DELIVERY = re.compile(r"(?<!\w)AE:PL-[\w-]++")
FORM_CODE = re.compile(r"(?<![\w-])[A-ZŁŚŻ]{1,6}(?:-[A-Z0-9]{1,6}[a-z]?){1,3}(?:/[A-Z0-9]{1,4})?(?![\w-])")
"""A code of a form: "PIT-37", "PB-16a", "SD-Z2", "AKC-U/S"."""

TABLE_ROW = re.compile(r"^[^|\n]*+\|[^|\n]*+\|.*+$|^.*?\S\t++\S.*$", re.MULTILINE)
"""A row of a table: cells divided by two or more bars, or by tabs."""

PATTERNS = (CITATION_UNITS, JOURNAL, DATED_ACT, STREET, TOWN, WEB, DOMAIN, MAIL, DELIVERY, FORM_CODE)


def excluded_spans(text: str) -> list[tuple[int, int]]:
    """Places of the text that are not measured, in order and without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_raw_spans(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _raw_spans(text: str) -> Iterator[tuple[int, int]]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield match.span()
    if "|" in text or "\t" in text:
        for match in TABLE_ROW.finditer(text):
            yield match.span()
