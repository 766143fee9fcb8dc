"""Widgets for officials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms


class ChoicesInLines(forms.CheckboxSelectMultiple):
    """Boxes to tick for a text that keeps one choice in a line."""

    def __init__(self, choices: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, choices=[(choice, choice) for choice in choices])

    def format_value(self, value: Any) -> list[str]:
        """Lines of the stored text."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """The ticked choices as lines."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return "\n".join([given] if isinstance(given, str) else given)
