"""The threads in which tantivy merges the parts of an index: they give way to publications."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

THREADS: Final = Path("/proc/self/task")
MERGING: Final = "merge_thread"
"""How tantivy begins the names of the threads that merge."""
LOWEST_PRIORITY: Final = 19


def let_merges_wait() -> None:
    """Give the threads that merge parts of an index the lowest priority.

    Every seventh publication of a row sets off a merge; on two cores it doubled the time until the next ones were found. The system
    has to name threads as Linux does; elsewhere merges compete as before.
    """
    for thread in THREADS.glob("*"):
        with suppress(OSError):  # a thread that has just ended
            if (thread / "comm").read_text().startswith(MERGING):
                os.setpriority(os.PRIO_PROCESS, int(thread.name), LOWEST_PRIORITY)
