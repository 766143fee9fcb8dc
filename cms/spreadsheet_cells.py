"""Cells of spreadsheets that people made the texts of: no program may take one for a formula (CWE-1236)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet program take a text for a formula or a command."""


def neutralised(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula: an apostrophe before a dangerous first character."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def neutralise_exports() -> None:
    """Make every spreadsheet that Wagtail writes hold no formulas, whichever view writes it.

    Wagtail has no hook for the cells of an export, so the method that all its views share is wrapped once, when the apps are
    ready. Numbers and days stay what they are.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    for name in ("preprocess_field_value", "get_heading"):
        written = getattr(SpreadsheetExportMixin, name)
        if not hasattr(written, "__wrapped__"):
            setattr(SpreadsheetExportMixin, name, _without_formulas(written))


def _without_formulas(written: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(written)
    def cell(*args: Any, **kwargs: Any) -> Any:
        value = written(*args, **kwargs)
        return neutralised(value) if isinstance(value, str) else value

    return cell
