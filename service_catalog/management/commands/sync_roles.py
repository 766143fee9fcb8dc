"""Make groups and rights agree with the table of roles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from service_catalog.authoring.rights import sync_rights


class Command(BaseCommand):
    """Groups of every office and model catalogue, and the countrywide ones."""

    help = (
        "Tworzy i poprawia grupy, zbiory plików i prawa według tabeli ról: autorzy, sprawdzający, redaktorzy języka, "
        "zatwierdzający, koordynatorzy i doradcy każdego urzędu, opiekunowie wzorca każdego typu, role krajowe. "
        "Można uruchamiać wiele razy; zmienia tylko to, co się różni."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Synchronise and say how many groups changed."""
        self.stdout.write(f"Grupy i prawa zgodne z tabelą ról. Zmieniono grup: {sync_rights()}.")
