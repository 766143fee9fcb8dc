"""`make bench`: build a fresh catalogue in a temporary directory, measure, print a table (or JSON with `--json`)."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable

from benchmarks.measuring import Measurement

GROUPS = (
    "catalogue",
    "pages",
    "exports",
    "memory",
    "search",
    "handbooks",
    "printing",
    "inheritance",
    "formats",
    "visibility",
    "search_server_down",
    "editorial",
)
"""In the order in which they are measured, whatever order they are named in: the last one leaves 30,000 cards behind."""
ON_REQUEST = ("million", "growth", "printing_in_one_piece")
"""Groups that take many minutes and run only when they are named."""


def main() -> int:
    """Measure the chosen groups; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Pomiary szybkości i pamięci względem celów.")
    parser.add_argument(
        "groups",
        nargs="*",
        choices=[*GROUPS, *ON_REQUEST, []],
        help=f"które grupy (domyślnie wszystkie prócz: {', '.join(ON_REQUEST)})",
    )
    parser.add_argument("--json", action="store_true", help="wynik jako JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okienko-bench-") as directory:
        os.environ |= {"OKIENKO_DATA": directory, "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}
        measured = _measure(chosen.groups or list(GROUPS))
    if chosen.json:
        print(
            json.dumps([vars(one) | {"within": one.within, "ratio": one.ratio} for one in measured], ensure_ascii=False)
        )
    else:
        _table(measured)
    return 0 if all(one.within for one in measured) else 1


def _measure(groups: list[str]) -> list[Measurement]:
    """Load first (that is a measurement itself), then what reads the loaded catalogue."""
    from benchmarks.catalogue import loading

    found = loading()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_handbooks", stdout=sys.stderr)
    from publication.calendar import today
    from search.indexer import rebuild

    rebuild(on=today())
    if "catalogue" not in groups:
        found = []
    for group in sorted(groups, key=[*GROUPS, *ON_REQUEST].index):
        for work in _works(group):
            print(f"… {work.__module__}.{work.__name__}", file=sys.stderr)
            found += work()
    return found


_WORKS = {
    "catalogue": ("catalogue", ("presenting",)),
    "pages": ("pages", ("measurements",)),
    "handbooks": ("handbooks", ("measurements",)),
    "editorial": ("editorial", ("measurements",)),
    "inheritance": ("inheritance", ("model_card_with_dependants",)),
    "printing": ("printing", ("single_card", "hundred_cards", "every_card")),
    "printing_in_one_piece": ("printing", ("every_card_in_one_piece",)),
    "formats": ("formats", ("measurements",)),
    "exports": ("exports", ("xml",)),
    "search": ("searching", ("measurements",)),
    "million": ("searching", ("million",)),
    "growth": ("growth", ("measurements",)),
    "memory": ("memory", ("measurements",)),
    "visibility": ("visibility", ("measurements",)),
    "search_server_down": ("search_server_down", ("measurements",)),
}
"""Group -> module and its measuring functions."""


def _works(group: str) -> list[Callable[[], list[Measurement]]]:
    """The measuring functions of a group, imported only now: some modules need the settings."""
    name, functions = _WORKS[group]
    module = importlib.import_module(f"benchmarks.{name}")
    return [getattr(module, function) for function in functions]


def _table(measured: list[Measurement]) -> None:
    """One line per figure: value, target, ratio to the baseline."""
    width = max(len(one.name) for one in measured)
    for one in measured:
        mark = "ok " if one.within else "ZA WOLNO " if "CPU" in one.unit else "ZA DUŻO "
        ratio = f"× {one.ratio:.2f} ({one.baseline}: {one.baseline_value:.2f})" if one.ratio is not None else ""
        print(f"{one.name:<{width}}  {one.value:9.2f} {one.unit:<8} cel ≤ {one.target:<6g} {mark:<9} {ratio}")


if __name__ == "__main__":
    sys.exit(main())
