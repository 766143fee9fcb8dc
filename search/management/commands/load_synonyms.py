"""Fill the registers of the search with what comes with the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from search.models import GlossaryTerm, Hint, RegisterVersion, StopPhrase, SynonymEntry, Versioned
from search.synonyms import (
    SHIPPED_GLOSSARY,
    SHIPPED_HINTS,
    SHIPPED_STOP_PHRASES,
    SHIPPED_SYNONYMS,
    read_remarks,
    read_stop_phrases,
    read_synonyms,
)

REGISTERS: tuple[type[Versioned], ...] = (SynonymEntry, StopPhrase, Hint, GlossaryTerm)


class Command(BaseCommand):
    """`load_synonyms [--again]`."""

    help = (
        "Wczytuje do rejestrów wyszukiwarki początkowe synonimy, pomijane zwroty, podpowiedzi i słowniczek. "
        "Robi to raz; później rejestry należą do redakcji, więc usunięte wpisy nie wracają."
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
            before = _entries()
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
            remarks = read_remarks(SHIPPED_HINTS, SHIPPED_GLOSSARY)
            hints = [each for each in remarks if each.kind == "podpowiedź"]
            terms = [each for each in remarks if each.kind == "termin"]
            _add(
                Hint,
                [
                    Hint(
                        phrase=each.phrase,
                        sentence=each.sentence,
                        address=each.address,
                        outside_catalogue=each.outside,
                    )
                    for each in hints
                ],
            )
            _add(
                GlossaryTerm,
                [GlossaryTerm(term=each.phrase, definition=each.sentence, example=each.example) for each in terms],
            )
            RegisterVersion.advance()
        added = _entries() - before
        self.stdout.write(f"Dopisano do rejestrów wyszukiwarki: {added}.")


def _add(model: type[Versioned], rows: list[Any]) -> None:
    """Insert rows that are not there yet."""
    model._default_manager.bulk_create(rows, batch_size=100, ignore_conflicts=True)


def _entries() -> int:
    """Number of entries in all registers."""
    return sum(model._default_manager.count() for model in REGISTERS)
