"""Where an index lives: one directory per generation, a pointer to the current one, one writer at a time.

    search/writer.lock          held by the process that writes
    search/current              name of the current generation, replaced atomically
    search/<generation>/        state.json, names.json, forms-*.bin, tantivy/

`state.json` is replaced after each commit. Readers compare its file identity and reload when it changed. A killed
writer leaves a state that is older than the commit, so the next catch-up repeats some work and loses nothing.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from search.places import Directory

POINTER = "current"
NAMES = "names.json"
PREFIX = "generation-"
BETWEEN_TRIES = 0.05
"""Seconds between two tries for the lock."""


class IndexBusy(RuntimeError):
    """Another process is writing the index."""

    def __init__(self) -> None:
        super().__init__("Inny proces zapisuje teraz indeks wyszukiwarki. Poczekaj, aż skończy, i spróbuj ponownie.")


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation has seen: the log up to `sequence`, whose row has the value `chain`, in force on `day` (ISO)."""

    sequence: int
    chain: str
    day: str
    document_format: int
    analysis_version: str
    engine: str
    forms: tuple[str, ...] = ()


@contextmanager
def writing(root: Path, *, patience_seconds: float = 0.0) -> Iterator[None]:
    """Hold the writer's lock. Raises `IndexBusy` when another process has it for longer than our patience."""
    root.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience_seconds
    with (root / "writer.lock").open("w") as lock:
        while not _taken(lock):
            if time.monotonic() >= deadline:
                raise IndexBusy
            time.sleep(BETWEEN_TRIES)
        yield


def _taken(lock: IO[str]) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def current(root: Path) -> Path | None:
    """The current generation, None when there is none."""
    try:
        name = (root / POINTER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    generation = root / name
    return generation if name.startswith(PREFIX) and generation.is_dir() else None


def begin(root: Path) -> Path:
    """Create the directory of the next generation. Needs the writer's lock."""
    numbers = [int(path.name.removeprefix(PREFIX)) for path in root.glob(f"{PREFIX}*")]
    generation = root / f"{PREFIX}{max(numbers, default=0) + 1:06d}"
    generation.mkdir(parents=True)
    return generation


def swap(root: Path, generation: Path) -> None:
    """Make a generation current, keep the one before it, remove older ones."""
    before = current(root)
    replace(root / POINTER, generation.name.encode("ascii"))
    for path in root.glob(f"{PREFIX}*"):
        if path not in {generation, before}:
            shutil.rmtree(path, ignore_errors=True)


def replace(path: Path, content: bytes) -> None:
    """Replace a file atomically. The disk is not waited for: what a power failure spoils is built again from the log."""
    temporary = path.with_suffix(".new")
    temporary.write_bytes(content)
    temporary.replace(path)


def read_state(generation: Path) -> State | None:
    """The state of a generation, None when it is missing or unreadable."""
    try:
        return msgspec.json.decode((generation / "state.json").read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return None


def write_state(generation: Path, state: State) -> None:
    """Replace the state of a generation."""
    replace(generation / "state.json", msgspec.json.encode(state))


def read_directory(generation: Path) -> Directory:
    """Names and offices of a generation; empty when unreadable."""
    try:
        return msgspec.json.decode((generation / NAMES).read_bytes(), type=Directory)
    except (OSError, msgspec.MsgspecError):
        return Directory()


def identity_of_directory(generation: Path) -> tuple[int, int] | None:
    """What changes whenever names and offices were written."""
    try:
        status = (generation / NAMES).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def write_directory(generation: Path, directory: Directory) -> None:
    """Replace names and offices of a generation."""
    replace(generation / NAMES, msgspec.json.encode(directory, order="sorted"))


def identity(root: Path) -> tuple[str, int, int] | None:
    """What changes whenever a reader has to reload: the generation and the file of its state."""
    generation = current(root)
    if generation is None:
        return None
    try:
        status = (generation / "state.json").stat()
    except OSError:
        return None
    return generation.name, status.st_ino, status.st_mtime_ns
