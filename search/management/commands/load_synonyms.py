"""Fill the registers of the search with what comes with the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from search.models import RegisterVersion, StopPhrase, SynonymEntry, Versioned
from search.synonyms import SHIPPED_STOP_PHRASES, SHIPPED_SYNONYMS, read_stop_phrases, read_synonyms


class Command(BaseCommand):
    """`load_synonyms [--again]`."""

    help = (
        "Wczytuje do rejestrów wyszukiwarki początkowe synonimy i pomijane zwroty. Robi to raz; później rejestry "
        "należą do redakcji, więc usunięte wpisy nie wracają."
    )

    def add_arguments(self, parser: Any) -> None:
        """Declare the argument."""
        parser.add_argument("--again", action="store_true", help="dopisz wpisy, których brakuje, także usunięte")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing; nothing when the registers were filled before."""
        with transaction.atomic():
            if RegisterVersion.objects.exists() and not options["again"]:
                self.stdout.write("Rejestry wyszukiwarki są już wypełnione.")
                return
            before = SynonymEntry.objects.count() + StopPhrase.objects.count()
            _add(
                SynonymEntry,
                [
                    SynonymEntry(
                        phrase=item.phrase, kind=item.kind, target_kind=item.target.kind, target=item.target.value
                    )
                    for item in read_synonyms(SHIPPED_SYNONYMS)
                ],
            )
            _add(StopPhrase, [StopPhrase(phrase=phrase) for phrase in read_stop_phrases(SHIPPED_STOP_PHRASES)])
            RegisterVersion.advance()
        added = SynonymEntry.objects.count() + StopPhrase.objects.count() - before
        self.stdout.write(f"Dopisano do rejestrów wyszukiwarki: {added}.")


def _add(model: type[Versioned], rows: list[Any]) -> None:
    """Insert rows that are not there yet."""
    model._default_manager.bulk_create(rows, batch_size=100, ignore_conflicts=True)
