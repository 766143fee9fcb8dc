"""Writing files so that a reader sees either the old file or the whole new one."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ABANDONED_AFTER = 24 * 3600
"""Seconds after which an unfinished file belongs to a process that was killed."""
UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being written."""
_looked_through: dict[Path, float] = {}
"""When this process last looked for abandoned files in a folder."""


def replace_file(path: Path, pieces: Iterable[bytes]) -> int:
    """Write the pieces into a temporary sibling of `path`, then put it in its place. Returns the number of bytes.

    Whatever happens on the way, the file that was there stays whole and no temporary file is left; what a killed process leaves is
    removed a day later. Raises `OSError` when
    the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_abandoned(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    written = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                written += file.write(piece)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return written


def _forget_abandoned(folder: Path) -> None:
    """Remove unfinished files that a killed process left; one that another process removes at the same time is no error.

    Each folder is looked through once a day and process: to do it for every file would take time with the square of their number.
    """
    now = time.time()
    if now - _looked_through.get(folder, 0.0) < ABANDONED_AFTER:
        return
    _looked_through[folder] = now
    for rest in folder.glob(f".*{UNFINISHED}"):
        try:
            if now - rest.stat().st_mtime > ABANDONED_AFTER:
                rest.unlink()
        except OSError:
            continue
