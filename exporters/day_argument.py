"""The day as an argument of a command."""

from __future__ import annotations

import argparse
import datetime


def day(value: str) -> datetime.date:
    """A day written RRRR-MM-DD. Raises `ArgumentTypeError` with a sentence that says what to write."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"„{value}” to nie jest data. Wpisz ją w postaci RRRR-MM-DD, na przykład 2026-01-31."
        ) from None
