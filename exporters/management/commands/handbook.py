"""Handbooks of office types as PDF: `manage.py handbook CODE --out FILE`, `manage.py handbook all --out DIR`."""

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
from exporters.pdf.building import BuiltBook
from exporters.pdf.planned import Book
from exporters.pdf.plans import collection_plan, handbook_plan
from handbooks.published.handbook import COLLECTION
from publication.calendar import today
from service_catalog.published.reading import office_types
from service_catalog.published.register import OfficeType

EVERY_TYPE = "all"


class Command(BaseCommand):
    """Writes one handbook, or one for each office type of the catalogue that has cards."""

    help = (
        "Zapisuje podręcznik typu urzędu jako PDF (PDF/UA-1) w zatwierdzonym wydaniu: rozdziały, wzorcowe karty działami, "
        "spis treści, akty prawne, indeks słów. CODE to kod typu, na przykład UW, dobre-praktyki (Zbiór dobrych "
        "praktyk) albo all (wszystkie typy): wtedy --out jest folderem. Przerwane uruchom ponownie: zacznie tam, gdzie stanęło. "
        "Kod wyjścia 1, gdy nie ma takiego typu albo nie ma kart."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("code", help="kod typu urzędu, na przykład UW, albo dobre-praktyki, albo all")
        parser.add_argument("--out", type=Path, required=True, help="plik na wynik; dla all folder")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")
        add_print_arguments(parser)
        parser.add_argument(
            "--live", action="store_true", help="zamiast wydania karty obowiązujące w tym dniu, bez rozdziałów"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and write the handbooks."""
        code, out, on = options["code"], options["out"], options["on"] or today()
        refuse_sheets_of_large_pages(options)
        refuse_wrong_place(out, many=code == EVERY_TYPE)
        if code == COLLECTION:
            collection = self._write_collection(out, on=on, variant=options["variant"])
            write_sheets(collection if options["impose"] else [], self.stdout)
            return
        types = [entry for entry in office_types(on=on) if code in (EVERY_TYPE, entry.code)]
        if not types:
            raise CommandError(
                f"Nie ma typu urzędu „{code}” w dniu {on.isoformat()}. Podaj kod, na przykład UW, albo all."
            )
        folder = out if code == EVERY_TYPE else None
        books = _books(types, out, folder, on=on, variant=options["variant"], frozen=not options["live"])
        written = write_books(books, self.stdout)
        if not written:
            raise CommandError(f"W dniu {on.isoformat()} nie ma wzorcowych kart dla „{code}”.")
        write_sheets(written if options["impose"] else [], self.stdout)
        self.stdout.write(f"Zapisano podręczniki: {len(written)}, w „{out}”.")

    def _write_collection(self, out: Path, *, on: datetime.date, variant: Variant) -> list[BuiltBook]:
        collection = collection_plan(on=on, variant=variant)
        if collection is None:
            raise CommandError(f"W dniu {on.isoformat()} nie ma dobrych praktyk. Wczytaj je: manage.py load_handbooks.")
        return write_books([(collection, out)], self.stdout)


def _books(
    types: Sequence[OfficeType], out: Path, folder: Path | None, *, on: datetime.date, variant: Variant, frozen: bool
) -> Iterator[tuple[Book, Path]]:
    """Handbooks of the types that have cards, with their files."""
    for entry in types:
        publication = handbook_plan(entry, on=on, variant=variant, frozen=frozen)
        if publication is not None:
            yield publication, folder / f"podrecznik-{entry.code}.pdf" if folder else out
