"""Refusing a file from outside."""

from __future__ import annotations


class RefusedFile(ValueError):
    """The file is not read; the message is a Polish sentence that says why. `line` is where, when that is known."""

    def __init__(self, sentence: str, *, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line
