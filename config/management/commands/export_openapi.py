"""Write the OpenAPI document, or check that the committed one is up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.api import api


class Command(BaseCommand):
    """`export_openapi --out FILE` writes, `--check FILE` compares."""

    help = (
        "Zapisuje opis API (OpenAPI 3.1) do pliku albo sprawdza, czy zapisany opis zgadza się z kodem (kod wyjścia 1)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--out", type=Path, help="zapisz do pliku")
        choice.add_argument("--check", type=Path, help="porównaj z plikiem")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        document = json.dumps(
            api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=2, sort_keys=True
        )
        if options["out"]:
            options["out"].parent.mkdir(parents=True, exist_ok=True)
            options["out"].write_text(f"{document}\n", encoding="utf-8")
            return
        committed = options["check"]
        if not committed.exists() or committed.read_text(encoding="utf-8") != f"{document}\n":
            raise CommandError(f"Opis API w {committed} różni się od kodu. Uruchom: make openapi, i przejrzyj zmiany.")
