"""The inner places of WeasyPrint on which fragments rest, and the check that they are where we expect them.

WeasyPrint is pinned exactly. When another version is installed, or one of these names is gone, books are rendered in one piece
through the public interface instead: slower, but right.
"""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import weasyprint
from weasyprint import css, document, draw, html, matrix
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.pdf import stream

from exporters.pdf.assets import EXPECTED_WEASYPRINT

NAMES: tuple[tuple[Any, str], ...] = (
    (document.Page, "paint"),
    (document, "gather_anchors"),
    (document, "draw_page"),
    (stream.Stream, "marked"),
    (stream.Stream, "artifact"),
    (stream.Stream, "add_font"),
    (stream.Stream, "set_font_size"),
    (stream.Stream, "set_color"),
    (stream.Stream, "set_state"),
    (stream.Stream, "ctm"),
    (matrix.Matrix, "transform_point"),
    (boxes, "TextBox"),
    (boxes, "ReplacedBox"),
    (inline, "split_first_line"),
    (inline, "strut"),
    (preferred, "split_first_line"),
    (draw, "draw_text"),
    (text, "draw_first_line"),
    (document, "get_all_computed_styles"),
    (css, "ComputedStyle"),
    (html, "SVGImage"),
)
STREAM_ARGUMENTS = ("fonts", "page_rectangle", "resources", "images", "tags", "color_profiles", "output_intent")


@cache
def missing_hooks() -> tuple[str, ...]:
    """What is not as expected, in words; empty when fragments can be made."""
    found = [f"{getattr(owner, '__name__', owner)}.{name}" for owner, name in NAMES if not hasattr(owner, name)]
    if weasyprint.__version__ != EXPECTED_WEASYPRINT:
        found.append(f"WeasyPrint {EXPECTED_WEASYPRINT} (jest {weasyprint.__version__})")
    arguments = tuple(inspect.signature(stream.Stream.__init__).parameters)[1 : len(STREAM_ARGUMENTS) + 1]
    if arguments != STREAM_ARGUMENTS:
        found.append(f"Stream({', '.join(STREAM_ARGUMENTS)})")
    return tuple(found)
