"""Compare the offices with the ePUAP address book: `manage.py import_address_book FILE [--apply]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.intake.refusals import RefusedFile
from importers.address_book import AddressPlan, apply_plan, plan_book

WRONG_USE = 2
"""Exit code when the file is missing or refused."""
FIELDS = {
    "regon": "REGON",
    "street": "ulica",
    "building": "numer",
    "postal_code": "kod pocztowy",
    "town": "miejscowość",
    "epuap_address": "skrytka",
}


class Command(BaseCommand):
    """Prints what would change; with `--apply` saves it as drafts."""

    help = (
        "Porównuje urzędy z książką adresową ESP (RESP.xml albo CSV) i mówi, co by się zmieniło. Z --apply zapisuje zmiany jako "
        "wersje robocze urzędów, wszystkie albo żadną; publikuje je człowiek. Kod wyjścia 2, gdy pliku nie da się odczytać."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path, help="plik RESP.xml albo CSV")
        parser.add_argument("--apply", action="store_true", help="zapisz zmiany jako wersje robocze")
        parser.add_argument("--json", action="store_true", help="plan jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, print, and save when asked to."""
        path = options["path"]
        if not path.is_file():
            raise CommandError(f"Nie ma pliku „{path}”. Podaj RESP.xml albo CSV.", returncode=WRONG_USE)
        try:
            plan = plan_book(path)
        except RefusedFile as refusal:
            raise CommandError(f"{path}, wiersz {refusal.line}: {refusal}", returncode=WRONG_USE) from refusal
        if options["json"]:
            self.stdout.write(msgspec.json.encode(plan).decode())
        else:
            self._print(plan)
        if options["apply"]:
            self.stdout.write(f"Zapisano wersje robocze urzędów: {apply_plan(plan)}.")

    def _print(self, plan: AddressPlan) -> None:
        for change in plan.changes:
            self.stdout.write(
                f"wiersz {change.line}: {change.code}: {FIELDS[change.field]}: „{change.before}” → „{change.after}”"
            )
        for fault in plan.faults:
            self.stdout.write(f"wiersz {fault.line}: {fault.sentence}")
        for row in plan.unknown:
            self.stdout.write(f"wiersz {row.line}: „{row.name[:80]}”: nie ma takiego urzędu w katalogu")
        self.stdout.write(
            f"Zmian: {len(plan.changes)}. Urzędów bez zmian: {len(plan.unchanged)}. Wierszy spoza katalogu: {len(plan.unknown)}."
        )
