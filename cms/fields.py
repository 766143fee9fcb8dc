"""Model fields named after what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.admin.widgets import AdminAutoHeightTextInput


def as_lines(value: str) -> tuple[str, ...]:
    """The non-empty lines of a text, stripped."""
    return tuple(line.strip() for line in value.splitlines() if line.strip())


class LinesField(models.TextField[str, str]):
    """A list of short texts that an official writes one per line. Empty by default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """A low field that grows while somebody writes."""
        return super().formfield(**({"widget": AdminAutoHeightTextInput(attrs={"rows": 2})} | kwargs))

    @staticmethod
    def join(values: Iterable[str]) -> str:
        """The stored form of a list."""
        return "\n".join(values)
