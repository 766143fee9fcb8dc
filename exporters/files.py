"""Writing files so that a reader sees either the old file or the whole new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def replace_file(path: Path, pieces: Iterable[bytes]) -> int:
    """Write the pieces into a temporary sibling of `path`, then put it in its place. Returns the number of bytes.

    Whatever happens on the way, the file that was there stays whole and no temporary file is left. Raises `OSError` when
    the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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
