"""ZIP archives that are streamed and depend on nothing but their content: no clock, no file system."""

from __future__ import annotations

import io
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that an archive can note; every entry has it."""


class Pipe(io.RawIOBase):
    """Takes what the archive writes and hands it on; it cannot be searched, so the archive streams."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        """It can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep a piece until it is taken."""
        self.pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Everything written since the last call."""
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def entry(name: str) -> zipfile.ZipInfo:
    """An entry of an archive: compressed, readable by everybody, without a moment."""
    info = zipfile.ZipInfo(name, date_time=_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
