"""Why something is not printed."""

from __future__ import annotations


class RefusedPart(ValueError):
    """A part cannot be printed; the message is a Polish sentence that names it."""
