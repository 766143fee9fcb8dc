"""Computed styles kept between the fragments of one process.

The parts of a book are built alike, so WeasyPrint computes the same styles again for every card. A style depends on that of the
parent and on the declarations that apply, which come from style sheets parsed once; equal ones are computed once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import css, document

KEPT = 2_000
"""Styles kept; a card has some two hundred. Then the memory starts anew."""

ROOT = -1

_compute_styles = document.get_all_computed_styles
_ComputedStyle = css.ComputedStyle


class StyleMemory:
    """The computed styles of elements under one set of style sheets."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._lines: dict[tuple[Any, ...], tuple[int, Any]] = {}
        """Numbers of lines of descent, with the declarations: values known by their place in memory may not be freed. Elements with
        anchors have styles of their own, but their children need not know.
        """

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let WeasyPrint find styles of elements here. One document at a time. Styles of pages are always its own."""
        document.get_all_computed_styles = self._compute_styles
        try:
            yield
        finally:
            document.get_all_computed_styles = _compute_styles

    def _compute_styles(self, *arguments: Any, **named: Any) -> Any:
        if len(self._kept) > KEPT:
            self._kept.clear()
            self._lines.clear()
        css.ComputedStyle = self._style
        try:
            return _compute_styles(*arguments, **named)
        finally:
            css.ComputedStyle = _ComputedStyle

    def _style(self, parent: Any, cascaded: dict[str, Any], pseudo_type: str | None, *context: Any) -> Any:
        """A style as WeasyPrint would make it."""
        # A value of a style sheet is one object for as long as the sheet lives; the language is read anew from its attribute.
        declarations = tuple(
            (name, value if name == "lang" else id(value), weight)
            for name, (value, weight) in cascaded.items()
            if name != "anchor"
        )
        key = (ROOT if parent is None else parent.line, pseudo_type, declarations)
        found = None if "anchor" in cascaded else self._kept.get(key)
        if found is None:
            found = _ComputedStyle(parent, cascaded, pseudo_type, *context)
            found.line, _ = self._lines.setdefault(key, (len(self._lines), cascaded))
            if "anchor" not in cascaded:
                self._kept[key] = found
        return found
