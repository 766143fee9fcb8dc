"""Cells of spreadsheets that people made the texts of: no program may take one for a formula (CWE-1236)."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet program take a text for a formula or a command."""


def neutralised(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula: an apostrophe before a dangerous first character."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
