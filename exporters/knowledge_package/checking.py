"""Checks a knowledge package: through the gate, in a process with limits."""

from __future__ import annotations

from pathlib import Path

from cms.intake.child import run
from cms.intake.refusals import RefusedFile
from exporters.findings import Finding

SECONDS = 120


def validate(path: Path) -> list[Finding]:
    """Check one package. Raises `FileNotFoundError` when there is no such file."""
    if not path.is_file():
        raise FileNotFoundError(f"Nie ma pliku „{path}”. Podaj pakiet wiedzy (ZIP).")
    try:
        run("publication.package_reading:faults", str(path.resolve()), seconds=SECONDS)
    except RefusedFile as refusal:
        return [Finding(file=path, line=refusal.line, sentence=str(refusal).rstrip("."))]
    return []
