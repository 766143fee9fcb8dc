"""Printed catalogues of offices as PDF: `manage.py printed_catalogue OFFICE --out FILE`, `... all --out DIR`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exporters.day_argument import day
from exporters.pdf.assets import Variant
from exporters.pdf.book_writing import (
    add_print_arguments,
    refuse_sheets_of_large_pages,
    refuse_wrong_place,
    write_books,
    write_sheets,
)
from exporters.pdf.planned import Book
from exporters.pdf.plans import catalogue_plan
from publication.calendar import today
from service_catalog.published.office import Office
from service_catalog.published.reading import offices

EVERY_OFFICE = "all"


class Command(BaseCommand):
    """Writes the catalogue of one office, or one for each office that has cards."""

    help = (
        "Zapisuje katalog usług urzędu jako PDF (PDF/UA-1): karty urzędu z informacjami lokalnymi według działów, spis treści, "
        "akty prawne i indeks słów potocznych. OFFICE to kod urzędu, na przykład uw-rzeszow, albo all: wtedy --out jest folderem. "
        "Kod wyjścia 1, gdy nie ma takiego urzędu albo nie ma kart."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("office", help="kod urzędu, na przykład uw-rzeszow, albo all")
        parser.add_argument("--out", type=Path, required=True, help="plik na wynik; dla all folder")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")
        add_print_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and write the catalogues."""
        code, out, on = options["office"], options["out"], options["on"] or today()
        refuse_sheets_of_large_pages(options)
        refuse_wrong_place(out, many=code == EVERY_OFFICE)
        chosen = [entry for entry in offices(on=on) if code in (EVERY_OFFICE, entry.code)]
        if not chosen:
            raise CommandError(
                f"Nie ma urzędu „{code}” w dniu {on.isoformat()}. Podaj kod, na przykład uw-rzeszow, albo all."
            )
        folder = out if code == EVERY_OFFICE else None
        written = write_books(_books(chosen, out, folder, on=on, variant=options["variant"]), self.stdout)
        if not written:
            raise CommandError(f"W dniu {on.isoformat()} nie ma kart dla „{code}”.")
        write_sheets(written if options["impose"] else [], self.stdout)
        self.stdout.write(f"Zapisano katalogi: {len(written)}, w „{out}”.")


def _books(
    chosen: Sequence[Office], out: Path, folder: Path | None, *, on: datetime.date, variant: Variant
) -> Iterator[tuple[Book, Path]]:
    """Catalogues of the offices that have cards, with their files."""
    for entry in chosen:
        publication = catalogue_plan(entry, on=on, variant=variant)
        if publication is not None:
            yield publication, folder / f"katalog-{entry.code}.pdf" if folder else out
