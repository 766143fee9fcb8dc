"""Read a knowledge package into an installation that only reads: `manage.py import_knowledge_package FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.intake.refusals import RefusedFile
from importers.knowledge_package import PackageRefused, import_package, last_imported

WRONG_USE = 2
"""Exit code when the file is missing, damaged or does not fit this installation."""


class Command(BaseCommand):
    """Checks every hash in a process with limits, then records all editions or none."""

    help = (
        "Wczytuje pakiet wiedzy (pełny do pustej instalacji, potem pakiety zmian) do instalacji, która tylko czyta. Wszystko albo "
        "nic; skróty wydań są takie same jak w źródle. Kod wyjścia 2, gdy pakiet jest uszkodzony albo nie pasuje."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path, nargs="?", help="plik ZIP z pakietem")
        parser.add_argument("--last", action="store_true", help="tylko powiedz, po którym wydaniu pobrać zmiany")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say what to fetch next."""
        if options["last"]:
            self.stdout.write(str(last_imported() or 0))
            return
        path = options["path"]
        if path is None or not path.is_file():
            raise CommandError(f"Nie ma pliku „{path}”. Podaj pakiet wiedzy (ZIP).", returncode=WRONG_USE)
        try:
            done = import_package(path, moment=timezone.now())
        except (RefusedFile, PackageRefused) as refusal:
            raise CommandError(str(refusal), returncode=WRONG_USE) from refusal
        self.stdout.write(f"Wczytano wydań: {done.editions}. Następny pakiet zmian pobierz po wydaniu {done.sequence}.")
