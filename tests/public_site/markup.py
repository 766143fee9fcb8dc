"""Reading pages in tests."""

from __future__ import annotations

import html as entities
import re
from typing import Any

import tinyhtml5  # type: ignore[import-untyped]
from lxml import html

BLOCKS = (
    r"p|li|dt|dd|h\d|tr|th|td|section|article|nav|ul|ol|dl|table|div|header|footer|main|br|details|summary|button|label"
)


def parsed(page: str | bytes) -> Any:
    """The element tree of a page (untyped: XPath answers with anything)."""
    return html.fromstring(page)


def strictly_parsed(page: str) -> None:
    """Raise at the first parse error of the HTML standard."""
    tinyhtml5.parse(page, strict=True)


def readable(page: str) -> str:
    """What a person reads in the page: text only, one line per block, without the head and the options of choosers."""
    text = re.sub(r"(?s)<head>.*?</head>|<option.*?</option>", "", page)
    text = re.sub(rf"</?(?:{BLOCKS})\b[^>]*>", "\n", text)
    text = entities.unescape(re.sub(r"<[^>]+>", "", text))
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"
