"""Work for child processes of the tests: some of it misbehaves."""

from __future__ import annotations

import os
from pathlib import Path

from cms.intake.refusals import RefusedFile


def length(text: str) -> int:
    return len(text)


def refuse() -> None:
    raise RefusedFile("Zdanie jest za krótkie.", line=7)


def spin(path: str) -> None:
    while True:
        pass


def swallow(path: str) -> int:
    return len(bytearray(2_000_000_000))


def crash(path: str) -> None:
    os.abort()


def write(path: str) -> None:
    Path(path).write_text("nie wolno")
