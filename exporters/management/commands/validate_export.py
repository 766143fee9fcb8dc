"""Check exported files: `manage.py validate_export epuap PATH`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exporters.epuap.validation import STANDING, validate


class Command(BaseCommand):
    """Prints every finding with its file and line; exit code 1 when one of them is an error."""

    help = (
        "Sprawdza pliki eksportu: zgodność ze wzorem XML oraz cyfry kontrolne NIP, REGON i rachunków. "
        "Każde znalezisko ma plik i wiersz. Kod wyjścia 1, gdy są błędy."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("format", choices=["epuap"], help="format plików")
        parser.add_argument("path", type=Path, help="plik XML albo folder (sprawdzane są też podfoldery)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file or folder."""
        try:
            findings = validate(options["path"])
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        for finding in findings:
            self.stdout.write(str(finding))
        self.stdout.write(STANDING)
        errors = sum(finding.is_error for finding in findings)
        if errors:
            raise CommandError(f"Znaleziono błędy: {errors}.")
        self.stdout.write(f"Brak błędów. Ostrzeżenia: {len(findings)}.")
