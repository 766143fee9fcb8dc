"""Why a disk refused, in Polish: the operating system says it in its own language."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EEXIST: "w tym miejscu jest plik, a potrzebny jest folder",
    errno.ENOTDIR: "na tej ścieżce stoi plik, a potrzebny jest folder",
    errno.EISDIR: "w tym miejscu jest folder, a potrzebny jest plik",
    errno.EACCES: "brakuje prawa do zapisu",
    errno.EPERM: "brakuje prawa do zapisu",
    errno.EROFS: "dysk jest tylko do odczytu",
    errno.ENOSPC: "na dysku brakuje miejsca",
    errno.EDQUOT: "wyczerpano przydział miejsca na dysku",
    errno.ENAMETOOLONG: "nazwa jest za długa",
    errno.ENOENT: "nie ma takiego folderu",
}


def reason(error: OSError) -> str:
    """The reason as the middle of a sentence; for a rare one its number, by which an administrator finds it."""
    return _REASONS.get(error.errno or 0, f"błąd systemu numer {error.errno}")
