"""Load the demonstration catalogue."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from importers.applying import apply_plan, parts
from importers.sources.demo.demonstration import plan
from service_catalog.authoring.drafts import counts

BEGINNING = datetime.date(2011, 1, 1)
"""Registers and offices of the demonstration are in force from here on, so that cards can be read on past days."""
CAUSE = {"kind": "import", "what": "katalog pokazowy", "who": ""}


class Command(BaseCommand):
    """Builds 27 types, 100 offices, 25 life events and 3,059 cards, in parts that are written whole or not at all."""

    help = (
        "Ładuje katalog pokazowy: 27 typów urzędów, 100 urzędów, 25 zdarzeń życiowych, 690 kart wzorcowych i 3059 kart "
        "urzędów. Można przerwać i uruchomić ponownie: to, co już jest, zostaje bez zmian."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--scale", type=int, default=1, help="pomnóż urzędy przez N (testy obciążenia; domyślnie 1)"
        )
        parser.add_argument("--json", action="store_true", help="podsumowanie jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, apply with a progress bar, print a summary."""
        scale = options["scale"]
        if not 1 <= scale <= 1000:
            raise CommandError(f"--scale {scale}: podaj liczbę od 1 do 1000.")
        planned = plan(scale=scale)
        with tqdm(total=parts(planned), unit=" części", file=sys.stderr, disable=None) as bar:

            def progress(name: str) -> None:
                bar.set_postfix_str(name)
                bar.update(1)

            written = apply_plan(planned, cause=CAUSE, valid_from=BEGINNING, progress=progress)
        summary = counts() | {"editions_written": written}
        if options["json"]:
            self.stdout.write(json.dumps(summary))
            return
        self.stdout.write(
            f"Katalog pokazowy: {summary['offices']} urzędów, {summary['model_cards']} kart wzorcowych, "
            f"{summary['office_cards']} kart urzędów, {summary['local_cards']} kart lokalnych, "
            f"{summary['not_offered']} nieoferowanych. Nowych wydań: {written}."
        )
