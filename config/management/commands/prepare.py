"""Everything between an installed environment and a running system."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config.accounts import demo_accounts
from config.demonstration_people import demo_teams
from exporters.tasks import order_first_set
from publication.calendar import today
from publication.reading import head_sequence
from search.indexer import catch_up
from service_catalog.authoring.drafts import counts
from service_catalog.editor.swaps import load_standing_swaps

PATIENCE = 5.0
"""Seconds to wait for a site that is writing the index."""


class Command(BaseCommand):
    """Migrate, load the demonstration into an empty database, synchronise rights, build the index, collect static files."""

    help = (
        "Przygotowuje system do startu: migracje, katalog pokazowy (gdy baza jest pusta i DEMO=1), grupy i prawa, indeks "
        "wyszukiwarki, pliki statyczne, konta pokazowe. Kolejne uruchomienia robią tylko to, czego brakuje."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--publications",
            action="store_true",
            help="na pokazie zleć też pierwszy komplet podręczników i katalogów PDF; złożą go zadania w tle (kilka minut)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing, in order, and print the address and the demonstration accounts."""
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO and not _complete():
            self.stdout.write("Ładuję katalog pokazowy (około pół minuty)…")
            call_command("load_demo")
        call_command("sync_roles", stdout=StringIO())
        call_command("load_synonyms", verbosity=0)
        call_command("load_handbooks", stdout=StringIO())
        if settings.DEMO:
            call_command("load_judged_queries", verbosity=0)
        load_standing_swaps()
        self.stdout.write("Sprawdzam indeks wyszukiwarki…")
        catch_up(on=today(), patience_seconds=PATIENCE)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"\nDziennik: {head_sequence()} wydań. Adres: {settings.PUBLIC_ADDRESS}/")
        if settings.DEMO and options["publications"] and order_first_set(on=today(), moment=timezone.now()):
            self.stdout.write(
                "Podręczniki i katalogi PDF złożą zadania w tle; za kilka minut będą pod adresem /publikacje/."
            )
        if settings.DEMO:
            self.stdout.write("Konta pokazowe (logowanie: /admin/):")
            for account in demo_accounts():
                self.stdout.write(f"  {account.username:<22} {account.password:<20} {account.role}")
            demo_teams(on=today())


def _complete() -> bool:
    """Whether the demonstration (or any other catalogue) is already there as a whole."""
    found = counts()
    return found["offices"] >= 100 and found["office_cards"] > 0
