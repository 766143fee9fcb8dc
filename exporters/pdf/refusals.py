"""Why something is not printed."""

from __future__ import annotations


class RefusedPart(ValueError):
    """A part cannot be printed; the message is a Polish sentence that names it."""


class FaultyBook(RuntimeError):
    """A built book is not as it must be; the message names the part. The old book stays."""
