"""Check exported files: `manage.py validate_export FORMAT PATH`."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exporters.formats import UnknownFormat, able, format_named

DOING = attrgetter("validate")
WRONG_USE = 2
"""Exit code when there is no such format or file."""


class Command(BaseCommand):
    """Prints every finding with its file and line; exit code 1 when one of them is an error."""

    help = (
        f"Sprawdza pliki eksportu: zgodność ze wzorem i to, czego wzór nie powie. Formaty: {', '.join(able(DOING))}. "
        "Każde znalezisko ma plik i wiersz. Kod wyjścia 1, gdy są błędy; 2, gdy nie ma takiego formatu."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("format", help="format plików")
        parser.add_argument("path", type=Path, help="plik albo folder (sprawdzane są też podfoldery)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file or folder."""
        try:
            chosen = format_named(options["format"], doing=DOING, what="ma sprawdzanie")
            assert chosen.validate is not None
            findings = chosen.validate(options["path"])
        except (UnknownFormat, FileNotFoundError) as refusal:
            raise CommandError(str(refusal), returncode=WRONG_USE) from refusal
        for finding in findings:
            self.stdout.write(str(finding))
        if chosen.standing:
            self.stdout.write(chosen.standing)
        errors = sum(finding.is_error for finding in findings)
        if errors:
            raise CommandError(f"Znaleziono błędy: {errors}.")
        self.stdout.write(f"Brak błędów. Ostrzeżenia: {sum(not finding.is_note for finding in findings)}.")
