"""Make groups and rights agree with the offices."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficePage


class Command(BaseCommand):
    """Two groups per office, one per model catalogue, and the countrywide ones."""

    help = (
        "Tworzy i poprawia grupy i prawa: autorzy i zatwierdzający każdego urzędu, opiekunowie wzorca każdego typu, "
        "redakcja centralna. Można uruchamiać wiele razy; zmienia tylko to, co się różni."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Synchronise and say how many groups changed."""
        with tqdm(total=OfficePage.objects.count(), unit=" urzędów", file=sys.stderr, disable=None) as bar:
            changed = sync_rights(progress=lambda: bar.update(1))
        self.stdout.write(f"Grupy i prawa zgodne z urzędami. Zmieniono grup: {changed}.")
