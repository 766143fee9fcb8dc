"""One card as PDF: `manage.py card_pdf SYMBOL --out FILE`, as a whole, as one page for the counter, or in large print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exporters.day_argument import day
from exporters.disk_refusals import reason
from exporters.files import replace_file
from exporters.formats import archived_card
from exporters.pdf.documents import VARIANT_TITLES, card_pdf
from exporters.pdf.jobs import RefusedPart
from exporters.pdf.refusals import FaultyBook
from exporters.pdf.typography import unprintable
from publication.calendar import today
from publication.models import EditionKind
from publication.reading import NotInForce, in_force
from service_catalog.published.card import Card
from service_catalog.published.keys import office_card_key
from service_catalog.published.reading import decode_card

ARCHIVE = "archive"


class Command(BaseCommand):
    """Writes the PDF of a general card, a local card or the card of one office."""

    help = "Zapisuje kartę jako PDF (PDF/UA-1). Kod wyjścia 1, gdy karta nie obowiązuje w tym dniu."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("symbol", help="symbol karty, na przykład UW-PAS-001")
        parser.add_argument("--office", default="", help="kod urzędu, na przykład uw-rzeszow; bez niego karta wzorcowa")
        parser.add_argument(
            "--variant",
            choices=[*VARIANT_TITLES, ARCHIVE],
            default="full",
            help="full: cała karta, visit: jedna strona do wręczenia przy okienku, large: duży druk, archive: PDF/A-3b z kartą "
            "jako XML i JSON w środku (domyślnie full)",
        )
        parser.add_argument("--out", type=Path, required=True, help="plik na wynik")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render and write the card."""
        symbol, office = options["symbol"], options["office"]
        try:
            edition = in_force(office_card_key(symbol, office) if office else symbol, on=options["on"] or today())
        except NotInForce as refusal:
            raise CommandError(f"{refusal} Sprawdź symbol karty i kod urzędu.") from refusal
        if edition.kind != EditionKind.CARD:
            raise CommandError(f"„{symbol}” nie jest kartą. Podaj symbol karty, na przykład UW-PAS-001.")
        card, variant = decode_card(edition), options["variant"]
        try:
            size = replace_file(options["out"], [_printed(card, edition.sha256, variant)])
        except (RefusedPart, FaultyBook) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Nie można zapisać pliku „{options['out']}”: {reason(error)}.") from error
        for sign in unprintable(bytes(edition.payload).decode()):
            self.stdout.write(
                f"Karta {card.key}: znak „{sign}” (U+{ord(sign):04X}) nie ma kroju w czcionce; wydrukowano jego kod."
            )
        self.stdout.write(f"Zapisano „{options['out']}” ({size // 1024} kB).")


def _printed(card: Card, sha256: str, variant: Any) -> bytes:
    """The card in the variant asked for."""
    if variant == ARCHIVE:
        return archived_card(card, edition_sha256=sha256)
    return card_pdf(card, edition_sha256=sha256, variant=variant)
