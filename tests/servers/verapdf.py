"""veraPDF, the reference validator of PDF/UA, fetched from Maven's central repository and run on files.

    python -m tests.servers.verapdf FILE...

Exit code 0 when every file is valid PDF/UA-1. Anything that the validator writes to its error output counts as a failure: it passes
over files that it cannot read.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
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


def faults(files: Sequence[Path]) -> list[str]:
    """What is wrong with the files, one line each; empty when all are valid. Raises `NoVerapdf`."""
    found: list[str] = []
    for start in range(0, len(files), FILES_AT_ONCE):
        chosen = files[start : start + FILES_AT_ONCE]
        command = ["java", "-Xmx2g", "-cp", str(jar()), MAIN, "-f", "ua1", "--format", "text", "-v", *map(str, chosen)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stdout.splitlines()
        passed = sum(line.startswith("PASS ") for line in lines)
        found += [line for line in lines if not line.startswith("PASS ")]
        found += [line for line in done.stderr.splitlines() if line.strip()]
        if passed != len(chosen) and not found:
            found.append(f"veraPDF sprawdził {passed} z {len(chosen)} plików (kod {done.returncode}).")
    return found


def main(arguments: Sequence[str]) -> int:
    """Check the files that are named; print what is wrong."""
    files = [Path(argument) for argument in arguments]
    found = faults(files)
    sys.stdout.write("\n".join([*found, f"Sprawdzone pliki: {len(files)}, uwagi: {len(found)}."]) + "\n")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
