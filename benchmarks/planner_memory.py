"""Prints the memory in MB that a process needs for planning queries: dictionary, vocabulary, forms. Runs in a process of its own.

Counted is what the process has written itself (anonymous memory); mapped files belong to the page cache, which the system takes
back when it needs it.
"""

from __future__ import annotations

import gc
from pathlib import Path


def _anonymous_mb() -> float:
    gc.collect()
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss_Anon:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("Jądro nie podaje Pss_Anon; potrzebny jest Linux 5.6 albo nowszy.")


def main() -> None:
    """Measure before and after all queries of the judged set have been planned."""
    import django

    django.setup()
    import config.urls  # noqa: F401 - what every process of the site has anyway
    from search.finding import finder
    from search.quality import SHIPPED, read_judgements

    judged = read_judgements(SHIPPED)
    before = _anonymous_mb()
    ready = finder()
    if ready is None:
        raise SystemExit("Nie ma indeksu.")
    for query in judged:
        ready.plan(query.query)
    print(_anonymous_mb() - before)


if __name__ == "__main__":
    main()
