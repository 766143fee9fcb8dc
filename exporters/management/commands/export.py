"""Write the catalogue as files: `manage.py export epuap --out DIR`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from exporters.day_argument import day
from exporters.epuap import addresses
from exporters.epuap.folder import CatalogueFolder
from exporters.epuap.validation import STANDING, validate
from publication.calendar import today


class Command(BaseCommand):
    """`export epuap`: one file per card, one catalogue per office, one catalogue of life events."""

    help = (
        "Eksport katalogu do plików. epuap: dokumenty XML w ramie CRWDE – karty/<symbol>[.<urząd>].xml, katalogi/<urząd>.xml i "
        "zdarzenia.xml, a obok schemat i arkusz stylu. Można uruchomić ponownie: każdy plik jest podmieniany w całości. "
        "Kod wyjścia 1, gdy nie ma czego eksportować albo gdy --validate znajdzie błędy."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("format", choices=["epuap"], help="format eksportu")
        parser.add_argument("--out", type=Path, required=True, help="folder na wynik; powstanie, jeśli go nie ma")
        parser.add_argument("--office", default="", help="tylko urząd o tym kodzie, na przykład uw-rzeszow")
        parser.add_argument("--key", default="", help="tylko karty o tym symbolu, na przykład UW-PAS-001")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")
        parser.add_argument("--validate", action="store_true", help="sprawdź zapisane pliki")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files, then check them when asked to."""
        on: datetime.date = options["on"] or today()
        folder = CatalogueFolder(options["out"], on=on, office=options["office"], symbol=options["key"])
        try:
            written = self._write(folder)
        except OSError as error:
            raise CommandError(f"Nie można zapisać pliku w „{options['out']}”: {error.strerror}.") from error
        if not any(path.parent.name == "karty" for path in written):
            raise CommandError(
                f"W dniu {on.isoformat()} nie ma kart, które pasują do tych warunków. Sprawdź --office, --key, --on."
            )
        removed = folder.remove_withdrawn(written)
        if removed:
            self.stdout.write(f"Usunięto pliki kart i urzędów, które już nie obowiązują: {removed}.")
        self.stdout.write(f"Zapisano {len(written)} plików w „{options['out']}”. Wzór: {addresses.NAMESPACE}")
        if options["validate"]:
            self._validate(written)

    def _write(self, folder: CatalogueFolder) -> list[Path]:
        with tqdm(total=folder.expected(), unit=" plików", file=sys.stderr, disable=None) as bar:
            return list(_counted(folder.write(), bar))

    def _validate(self, written: list[Path]) -> None:
        errors = 0
        for path in tqdm(written, unit=" plików", file=sys.stderr, disable=None):
            for finding in validate(path) if path.suffix == ".xml" else ():
                errors += finding.is_error
                self.stderr.write(str(finding))
        self.stdout.write(STANDING)
        if errors:
            raise CommandError(
                f"Znaleziono błędy: {errors}. Popraw karty lub kartotekę urzędu i uruchom eksport ponownie."
            )
        self.stdout.write("Wszystkie pliki są zgodne ze wzorem.")


def _counted(paths: Iterator[Path], bar: Any) -> Iterator[Path]:
    for path in paths:
        bar.update(1)
        yield path
