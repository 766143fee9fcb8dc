"""What every part of a stored index raises when it cannot be read."""

from __future__ import annotations


class IndexDamaged(RuntimeError):
    """The stored index cannot be opened or read; building it again repairs it. The message names the part."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(
            f"Nie można odczytać indeksu wyszukiwarki ({part}): {reason}. Przebuduj go: manage.py search_index rebuild."
        )
