"""Handbooks of office types as PDF: `manage.py handbook CODE --out FILE`, `manage.py handbook all --out DIR`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from exporters.day_argument import day
from exporters.editions import identity_of, model_cards
from exporters.files import replace_file
from exporters.pdf.documents import handbook
from publication.calendar import today
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card, office_types
from service_catalog.published.register import OfficeType

EVERY_TYPE = "all"


class Command(BaseCommand):
    """Writes one handbook, or one for each office type of the catalogue that has cards."""

    help = (
        "Zapisuje podręcznik typu urzędu jako PDF (PDF/UA-1): wzorcowe karty według działów, spis treści i indeks słów potocznych. "
        "CODE to kod typu, na przykład UW, albo all: wtedy --out jest folderem. "
        "Kod wyjścia 1, gdy nie ma takiego typu albo nie ma kart."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("code", help="kod typu urzędu, na przykład UW, albo all")
        parser.add_argument("--out", type=Path, required=True, help="plik na wynik; dla all folder")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render and write the handbooks."""
        code, out, on = options["code"], options["out"], options["on"] or today()
        types = [entry for entry in office_types(on=on) if code in (EVERY_TYPE, entry.code)]
        if not types:
            raise CommandError(
                f"Nie ma typu urzędu „{code}” w dniu {on.isoformat()}. Podaj kod, na przykład UW, albo all."
            )
        written = 0
        try:
            for entry in tqdm(types, unit=" podręczników", file=sys.stderr, disable=None):
                path = out / f"podrecznik-{entry.code}.pdf" if code == EVERY_TYPE else out
                written += self._write(entry, path, on=on)
        except OSError as error:
            raise CommandError(f"Nie można zapisać pliku w „{out}”: {error.strerror}.") from error
        if not written:
            raise CommandError(f"W dniu {on.isoformat()} nie ma wzorcowych kart dla „{code}”.")
        self.stdout.write(f"Zapisano podręczniki: {written}, w „{out}”.")

    def _write(self, office_type: OfficeType, path: Path, *, on: datetime.date) -> bool:
        """Write one handbook; False when the type has no general cards on the day."""
        cards = model_cards_of(office_type.code, on=on)
        if not cards:
            return False
        identity = identity_of(model_cards(office_type.code, on=on))
        content = handbook(office_type, cards, editions_sha256=identity.sha256, published_on=identity.newest)
        replace_file(path, [content])
        return True


def model_cards_of(office_type: str, *, on: datetime.date) -> list[Card]:
    """The general cards of an office type; local cards of single offices are left to their offices."""
    cards = (decode_card(edition) for edition in model_cards(office_type, on=on))
    return [card for card in cards if card.kind == "model"]
