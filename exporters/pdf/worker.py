"""A worker process: takes jobs from a pipe, makes fragments, keeps them, answers. Started by `workers`.

`python -m exporters.pdf.worker FILE_DESCRIPTOR`; the settings are those of the process that starts it.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

MEMORY_LIMIT = 1536 * 1024 * 1024
"""Address space of a worker in bytes: three times what the largest card needs."""
YOUNG_OBJECTS = 20_000
"""New objects before Python looks for cycles. A laid out card is full of cycles; to look more often takes a tenth of the time."""


PATIENCE = 10
"""Steps of priority below everything else: a book can wait for a page or a search, and not the other way round."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker is told first: settings that may differ from those of its environment."""

    directory: str
    version: str
    demo: bool
    address: str


def main(descriptor: int) -> None:
    """Work until the pipe is closed."""
    os.nice(PATIENCE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    from django.conf import settings

    from exporters.pdf.jobs import Job, RefusedPart, perform
    from exporters.pdf.store import FragmentStore

    connection = Connection(descriptor)
    setup = msgspec.msgpack.decode(connection.recv_bytes(), type=Setup)
    settings.DEMO, settings.PUBLIC_ADDRESS = setup.demo, setup.address
    store = FragmentStore(Path(setup.directory), setup.version)
    decoder = msgspec.msgpack.Decoder(Job)
    while True:
        try:
            job = decoder.decode(connection.recv_bytes())
        except EOFError:
            return
        try:
            store.keep(job.key, perform(job))
        except (RefusedPart, OSError) as refusal:
            connection.send_bytes(str(refusal).encode())
        else:
            connection.send_bytes(b"")
        if not gc.get_freeze_count():
            _spare_the_library()


def _spare_the_library() -> None:
    """After the first job everything is loaded that stays: take it out of every later search for cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
