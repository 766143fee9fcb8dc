"""XML of the whole catalogue, beside decoding and encoding the same editions as JSON with the standard library."""

from __future__ import annotations

import json
import sys
import tempfile

from benchmarks.measuring import Measurement, own_cpu_seconds, process_cost
from publication.calendar import today
from publication.reading import editions


def xml() -> list[Measurement]:
    """`export epuap` of every card and catalogue."""
    before = own_cpu_seconds()
    for edition in editions().of_kind("card").readable(on=today()).iterator(chunk_size=200):
        json.dumps(json.loads(bytes(edition.payload)), ensure_ascii=False)
    plain = own_cpu_seconds() - before
    idle = process_cost([sys.executable, "manage.py", "export", "epuap", "--losses"])
    with tempfile.TemporaryDirectory() as directory:
        exported = process_cost([sys.executable, "manage.py", "export", "epuap", "--out", directory])
    return [
        Measurement(
            name="XML 3 059 kart urzędów, 691 opisów i 100 katalogów, ze startem procesu",
            value=exported.cpu_seconds,
            unit="s CPU",
            target=3,
            baseline="te same wydania przez json z biblioteki standardowej",
            baseline_value=plain,
        ),
        Measurement(
            name="XML, szczyt pamięci procesu",
            value=exported.peak_mb,
            unit="MB",
            target=100,
            baseline="start eksportu bez pracy",
            baseline_value=idle.peak_mb,
        ),
    ]
