"""What a measurement is, and the ways to take one."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One figure: what was measured, its value and target in `unit`, and a baseline of the same run."""

    name: str
    value: float
    unit: str
    target: float
    baseline: str = ""
    baseline_value: float | None = None

    @property
    def within(self) -> bool:
        """Whether the target is met."""
        return self.value <= self.target

    @property
    def ratio(self) -> float | None:
        """Value divided by the baseline."""
        return self.value / self.baseline_value if self.baseline_value else None


@dataclass(frozen=True, kw_only=True)
class ProcessCost:
    """What one finished process took: CPU seconds and peak memory in MB."""

    cpu_seconds: float
    peak_mb: float
    output: str


def process_cost(
    command: list[str], *, environment: dict[str, str] | None = None, most_seconds: float | None = None
) -> ProcessCost:
    """Run a command to its end and read the operating system's accounting. Raises `CalledProcessError`.

    `manage.py` chooses its settings itself, as it does for everybody who calls it. What runs longer than `most_seconds` by the
    clock is stopped. With this limit the command's own error stream, progress included, is shown.
    """
    script = (
        f"import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], timeout={most_seconds}); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(f'\\n#cost {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}'); sys.exit(code)"
    )
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    finished = subprocess.run(
        [sys.executable, "-c", script, *command],
        cwd=PROJECT,
        env=inherited | (environment or {}),
        check=True,
        stdout=subprocess.PIPE,
        stderr=None if most_seconds else subprocess.PIPE,
        text=True,
    )
    output, _, cost = finished.stdout.rpartition("#cost ")
    cpu, peak = cost.split()
    return ProcessCost(cpu_seconds=float(cpu), peak_mb=float(peak), output=output)


def cpu_milliseconds(work: Callable[[], object], *, repeat: int = 60, warm_up: int = 5) -> float:
    """Median CPU time of this process for one call, in milliseconds."""
    for _ in range(warm_up):
        work()
    samples = []
    for _ in range(repeat):
        before = time.process_time()
        work()
        samples.append(time.process_time() - before)
    return statistics.median(samples) * 1000


def own_cpu_seconds() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def proportional_memory_mb(pids: list[int]) -> float:
    """Memory of processes in MB, shared pages counted once (PSS of the Linux kernel)."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
