"""Fill the handbooks with the text they begin with, and the register of good practices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from handbooks.authoring.first_editions import issue_first_editions
from handbooks.authoring.practices import write_practices
from handbooks.authoring.starting_texts import write_missing
from importers.management.commands.load_demo import BEGINNING
from importers.sources.demo.good_practices import published_practices
from publication.calendar import today

CAUSE = {"kind": "import", "what": "Zbiór dobrych praktyk", "who": ""}


class Command(BaseCommand):
    """`load_handbooks [--issue]`."""

    help = (
        "Tworzy brakujące podręczniki typów urzędów i „Zbiór dobrych praktyk” z tekstem wyjściowym oraz wczytuje dobre praktyki. "
        "To, co już jest, zostaje bez zmian. W pokazie (DEMO=1) wydaje też pierwsze wydania."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the option."""
        parser.add_argument(
            "--issue", action="store_true", default=settings.DEMO, help="zapisz pierwsze wydania (w pokazie zawsze)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is missing."""
        moment = timezone.now()
        practices = write_practices(published_practices(), cause=CAUSE, moment=moment, valid_from=BEGINNING)
        handbooks = write_missing(on=today())
        issued = issue_first_editions(moment=moment) if options["issue"] else 0
        self.stdout.write(
            f"Dobre praktyki: {len(practices)} nowych. Podręczniki: {len(handbooks)} nowych. Pierwsze wydania: {issued}."
        )
