"""Memory of the running system after it has served every card once."""

from __future__ import annotations

import http.client
import sys
from pathlib import Path

from benchmarks.measuring import Measurement, process_cost, proportional_memory_mb
from benchmarks.running import RunningSystem, running_system
from publication.calendar import today
from publication.reading import editions


def measurements() -> list[Measurement]:
    """Two web workers, their master and the worker; the scheduler with the indexer is shown beside them."""
    with running_system() as system:
        served = _serve_every_card(system)
        groups = _processes(system.supervisor)
        web_and_worker = groups["gunicorn"] + groups["run_worker"]
        idle = process_cost([sys.executable, "manage.py", "showmigrations", "publication"])
        measured = proportional_memory_mb(web_and_worker)
        scheduler = proportional_memory_mb(groups["run_scheduler"])
    return [
        Measurement(
            name=f"2 procesy WWW i worker po podaniu {served} kart",
            value=measured,
            unit="MB",
            target=500,
            baseline="jeden pusty proces Django",
            baseline_value=idle.peak_mb,
        ),
        Measurement(
            name="harmonogram z indeksem wyszukiwarki",
            value=scheduler,
            unit="MB",
            target=250,
            baseline="jeden pusty proces Django",
            baseline_value=idle.peak_mb,
        ),
    ]


def _serve_every_card(system: RunningSystem) -> int:
    """Ask for the page of every card in force, over a few connections so that both web workers answer."""
    keys = list(editions().of_kind("card").readable(on=today()).order_by("key").values_list("key", flat=True))
    for start in range(0, len(keys), 50):
        connection = system.connection()
        for key in keys[start : start + 50]:
            if _get(connection, f"/karta/{key}/") >= 500:
                raise RuntimeError(f"Błąd serwera przy karcie {key}.")
        connection.close()
    return len(keys)


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.status


def _processes(supervisor: int) -> dict[str, list[int]]:
    """Processes below the supervisor by what they run."""
    parents: dict[int, int] = {}
    commands: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text(encoding="ascii", errors="replace")
            commands[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        parents[int(entry.name)] = int(status.rpartition(")")[2].split()[1])
    below = {pid for pid in parents if _descends(pid, supervisor, parents)}
    return {
        name: [pid for pid in below if name in commands[pid]] for name in ("gunicorn", "run_worker", "run_scheduler")
    }


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == ancestor:
            return True
    return False
