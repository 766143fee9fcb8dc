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
ONE_CHANGED = """
import dataclasses, sys, django
django.setup()
from pathlib import Path
import msgspec
from exporters.pdf.building import build
from exporters.pdf.plans import handbook_plan
from exporters.pdf.publications import CardEdition
from exporters.pdf.store import fragment_store
from exporters.pdf.workers import Workers
from publication.calendar import today
from service_catalog.published.reading import office_type
publication = handbook_plan(office_type(sys.argv[1], on=today()), on=today())
first, *rest = publication.editions
changed = CardEdition(msgspec.structs.replace(first.card, summary="Zmienione streszczenie karty."), "f" * 64)
with Workers(fragment_store()) as workers:
    book = build(dataclasses.replace(publication, editions=(changed, *rest)), Path(sys.argv[2]), workers)
assert book.laid_out == 1, book.laid_out
"""
WHOLE = "WeasyPrint w jednym kawałku, podręcznik UW"


def measurements() -> list[Measurement]:
    """One handbook and all handbooks, cold and from kept fragments. The worker processes count as part of the command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, plain_seconds = timed([sys.executable, "-c", IN_ONE_PIECE, HANDBOOK, str(folder / "calosc.pdf")])
        forget_fragments()
        cold, cold_seconds = timed(_handbook(HANDBOOK, folder / "a.pdf"))
        changed, changed_seconds = timed([sys.executable, "-c", ONE_CHANGED, HANDBOOK, str(folder / "b.pdf")])
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


def _handbook(code: str, out: Path) -> list[str]:
    return [sys.executable, "manage.py", "handbook", code, "--out", str(out)]


def timed(command: list[str]) -> tuple[ProcessCost, float]:
    """What a command costs, and how long it takes by the clock."""
    started = time.monotonic()
    cost = process_cost(command)
    return cost, time.monotonic() - started


def forget_fragments() -> None:
    """Begin without any kept fragment or font."""
    shutil.rmtree(Path(settings.DATA_DIRECTORY) / "pdf", ignore_errors=True)
