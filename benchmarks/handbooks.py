"""Handbooks from fragments, beside WeasyPrint laying out the same cards in one piece."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings

from benchmarks.measuring import Measurement, ProcessCost, process_cost

HANDBOOK = "UW"
WHOLE = "WeasyPrint w jednym kawałku, podręcznik UW"
MOST_SECONDS = 7_200.0
"""No process of print may run longer: then it is stopped and the benchmark fails."""


def measurements() -> list[Measurement]:
    """One handbook and all handbooks, cold and from kept fragments. The worker processes count as part of the command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, plain_seconds = timed(printing("handbook_in_one_piece", HANDBOOK, folder / "calosc.pdf"))
        forget_fragments()
        cold, cold_seconds = timed(_handbook(HANDBOOK, folder / "a.pdf"))
        changed, changed_seconds = timed(printing("handbook_with_a_changed_card", HANDBOOK, folder / "b.pdf"))
        rest, _ = timed(_handbook("all", folder / "wszystkie"))
        warm, warm_seconds = timed(_handbook("all", folder / "wszystkie"))
    found = (
        ("podręcznik UW od zera, czas zegarowy", cold_seconds, "s", plain_seconds, plain_seconds),
        ("podręcznik UW od zera", cold.cpu_seconds, "s CPU", plain.cpu_seconds, plain.cpu_seconds),
        ("podręcznik UW od zera, pamięć", cold.peak_mb, "MB", 500, plain.peak_mb),
        ("jedna zmieniona karta w podręczniku UW, czas zegarowy", changed_seconds, "s", 3, plain_seconds),
        ("jedna zmieniona karta w podręczniku UW", changed.cpu_seconds, "s CPU", 3, plain.cpu_seconds),
        ("27 podręczników od zera", cold.cpu_seconds + rest.cpu_seconds, "s CPU", 360, plain.cpu_seconds),
        ("27 podręczników z części, czas zegarowy", warm_seconds, "s", 20, plain_seconds),
        ("27 podręczników z części", warm.cpu_seconds, "s CPU", 20, plain.cpu_seconds),
        ("27 podręczników z części, pamięć", warm.peak_mb, "MB", 500, plain.peak_mb),
    )
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=WHOLE, baseline_value=plain_value)
        for name, value, unit, target, plain_value in found
    ]


def printing(work: str, *arguments: object) -> list[str]:
    """The command line of a work of `print_processes`."""
    return [sys.executable, "-m", "benchmarks.print_processes", work, *map(str, arguments)]


def _handbook(code: str, out: Path) -> list[str]:
    return [sys.executable, "manage.py", "handbook", code, "--out", str(out)]


def timed(command: list[str]) -> tuple[ProcessCost, float]:
    """What a command costs, and how long it takes by the clock. Says on the error stream what runs. Raises `CalledProcessError`."""
    print(f"  {' '.join(Path(part).name for part in command[1:])}", file=sys.stderr, flush=True)
    started = time.monotonic()
    cost = process_cost(command, most_seconds=MOST_SECONDS)
    seconds = time.monotonic() - started
    print(f"    {cost.cpu_seconds:.1f} s CPU, {seconds:.1f} s, {cost.peak_mb:.0f} MB", file=sys.stderr, flush=True)
    return cost, seconds


def forget_fragments() -> None:
    """Begin without any kept fragment or font."""
    shutil.rmtree(Path(settings.DATA_DIRECTORY) / "pdf", ignore_errors=True)
