"""Refusals: a Polish sentence for the person, and a line in the log without personal data."""

from __future__ import annotations

import logging

log = logging.getLogger("okienko.refusals")


class Refusal(Exception):
    """Something that may not be done; the text says what is wrong and what to do."""


def note_refusal(place: str, *, page: int | None, names: list[str]) -> None:
    """Log that a request was refused: where, at which page, and which fields it named. No values and no people."""
    log.warning("refused at %s: page %s, fields %s", place, page, ", ".join(sorted(names)) or "-")
