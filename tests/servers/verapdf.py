"""veraPDF, the reference validator of PDF/UA, fetched from Maven's central repository and run on files.

    python -m tests.servers.verapdf [--flavour ua1|3b] FILE...

Exit code 0 when every file is valid PDF/UA-1 (or PDF/A-3b). Anything that the validator writes to its error output counts as a
failure: it passes over files that it cannot read.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ARTIFACT = "org.verapdf.apps:greenfield-apps:1.28.2:jar"
JAR = "greenfield-apps-1.28.2.jar"
FOLDER = Path(__file__).resolve().parents[2] / "build" / "verapdf"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
FILES_AT_ONCE = 40


class NoVerapdf(RuntimeError):
    """The validator or what it needs is not installed."""


def jar() -> Path:
    """The program, fetched once. Raises `NoVerapdf`."""
    path = FOLDER / JAR
    if path.exists():
        return path
    maven = shutil.which("mvn")
    if maven is None or shutil.which("java") is None:
        raise NoVerapdf("Brakuje programów mvn i java. Zainstaluj je: make setup.")
    command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={FOLDER}"]
    fetched = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if fetched.returncode or not path.exists():
        raise NoVerapdf(f"Nie udało się pobrać veraPDF: {fetched.stdout[-500:]}{fetched.stderr[-500:]}")
    return path


@dataclass(frozen=True)
class Outcome:
    """What the validator says: its own words, and what is wrong, one line each; no line when all files are valid."""

    said: str
    faults: list[str]


def check(files: Sequence[Path], *, flavour: str = "ua1") -> Outcome:
    """Run the validator over the files. Raises `NoVerapdf`."""
    said, faults = [f"veraPDF, {flavour}:"], list[str]()
    for start in range(0, len(files), FILES_AT_ONCE):
        chosen = files[start : start + FILES_AT_ONCE]
        options = ["-f", flavour, "--format", "text", "-v", *map(str, chosen)]
        command = ["java", "-Xmx2g", "-cp", str(jar()), MAIN, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stdout.splitlines()
        passed = sum(line.startswith("PASS ") for line in lines)
        said += [*lines, *done.stderr.splitlines()]
        faults += [line for line in lines if not line.startswith("PASS ")]
        faults += [line for line in done.stderr.splitlines() if line.strip()]
        if passed != len(chosen) and not faults:
            faults.append(f"veraPDF sprawdził {passed} z {len(chosen)} plików (kod {done.returncode}).")
    return Outcome("\n".join(said), faults)


def main(arguments: Sequence[str]) -> int:
    """Check the files that are named; print what is wrong."""
    parser = argparse.ArgumentParser(prog="verapdf", description="Sprawdza pliki PDF programem veraPDF.")
    parser.add_argument("--flavour", choices=("ua1", "3b"), default="ua1")
    parser.add_argument("files", nargs="+", type=Path)
    chosen = parser.parse_args(arguments)
    found = check(chosen.files, flavour=chosen.flavour).faults
    summary = f"veraPDF {chosen.flavour}, sprawdzone pliki: {len(chosen.files)}, uwagi: {len(found)}."
    sys.stdout.write("\n".join([*found, summary]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
