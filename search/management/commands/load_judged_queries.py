"""Fill the register of judged queries with the set that comes with the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.judged_register import fill
from search.models import JudgedQueryEntry
from search.quality import SHIPPED, read_judgements


class Command(BaseCommand):
    """`load_judged_queries [--again]`."""

    help = (
        "Wczytuje do rejestru zestaw ocenianych zapytań o katalog pokazowy. Robi to, gdy rejestr jest pusty; później "
        "zestaw należy do redakcji. Oceny z rejestru mierzy polecenie search_quality."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the argument."""
        parser.add_argument("--again", action="store_true", help="dopisz zapytania, których brakuje, także usunięte")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing; nothing when the register was filled before."""
        if JudgedQueryEntry.objects.exists() and not options["again"]:
            self.stdout.write("Rejestr ocenianych zapytań jest już wypełniony.")
            return
        self.stdout.write(f"Dopisano ocenianych zapytań: {fill(read_judgements(SHIPPED))}.")
