"""What a check of exported files finds: one sentence with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing wrong (or, with `is_error` false, doubtful) in one line of a file."""

    file: Path
    line: int
    sentence: str
    is_error: bool = True
    is_note: bool = False
    """Neither error nor doubt: what the check looked at."""

    def __str__(self) -> str:
        kind = "błąd" if self.is_error else "uwaga" if self.is_note else "ostrzeżenie"
        return f"{self.file}, wiersz {self.line}: {kind}: {self.sentence}."
