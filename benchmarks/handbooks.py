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
IN_ONE_PIECE = """
import sys, django
django.setup()
from pathlib import Path
from exporters.pdf.documents import publication_in_one_piece
from exporters.pdf.plans import handbook_plan
from publication.calendar import today
from service_catalog.published.reading import office_type
publication = handbook_plan(office_type(sys.argv[1], on=today()), on=today())
Path(sys.argv[2]).write_bytes(publication_in_one_piece(publication))
"""


def measurements() -> list[Measurement]:
    """One handbook and all handbooks, cold and from kept fragments. The worker processes count as part of the command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, plain_seconds = _timed([sys.executable, "-c", IN_ONE_PIECE, HANDBOOK, str(folder / "calosc.pdf")])
        _forget_fragments()
        cold, cold_seconds = _timed(_handbook(HANDBOOK, folder / "a.pdf"))
        every, _ = _timed(_handbook("all", folder / "wszystkie"))
        warm, warm_seconds = _timed(_handbook("all", folder / "wszystkie"))
    whole = "WeasyPrint w jednym kawałku, karty UW"
    found = (
        ("podręcznik UW od zera", cold_seconds, "s", plain_seconds, plain_seconds),
        ("podręcznik UW od zera, pamięć", cold.peak_mb, "MB", 500, plain.peak_mb),
        ("27 podręczników, reszta od zera", every.cpu_seconds, "s CPU", 360, plain.cpu_seconds),
        ("27 podręczników z części", warm_seconds, "s", 20, plain_seconds),
        ("27 podręczników z części, pamięć", warm.peak_mb, "MB", 500, plain.peak_mb),
    )
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=whole, baseline_value=plain_value)
        for name, value, unit, target, plain_value in found
    ]


def _handbook(code: str, out: Path) -> list[str]:
    return [sys.executable, "manage.py", "handbook", code, "--out", str(out)]


def _timed(command: list[str]) -> tuple[ProcessCost, float]:
    started = time.monotonic()
    cost = process_cost(command)
    return cost, time.monotonic() - started


def _forget_fragments() -> None:
    shutil.rmtree(Path(settings.DATA_DIRECTORY) / "pdf", ignore_errors=True)
