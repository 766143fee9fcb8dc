"""Check the addresses of online services that cards show."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from service_catalog.link_checking import check_links, due_addresses


class Command(BaseCommand):
    """Checks what was not checked for a day; prints what does not work."""

    help = (
        "Sprawdza adresy usług internetowych podane na kartach (raz na dobę każdy) i zapisuje wynik. "
        "Karty z adresem, który nie działa, nie można opublikować."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--limit", type=int, default=200, help="ile adresów sprawdzić najwyżej (domyślnie 200)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and report."""
        moment = timezone.now()
        due = due_addresses(moment=moment)[: max(0, options["limit"])]
        found = check_links(due, moment=moment)
        for url, outcome in found.items():
            if not outcome.works:
                self.stdout.write(f"{url}: {outcome.words}")
        if options["verbosity"]:
            self.stdout.write(f"Sprawdzono adresów: {len(found)}.")
