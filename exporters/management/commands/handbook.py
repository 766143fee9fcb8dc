"""Handbooks of office types as PDF: `manage.py handbook CODE --out FILE`, `manage.py handbook all --out DIR`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exporters.day_argument import day
from exporters.pdf.assets import BOOK_VARIANTS, Variant
from exporters.pdf.book_writing import write_books
from exporters.pdf.imposition import impose
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

        parser.add_argument(
            "--variant",
            choices=BOOK_VARIANTS,
            default="full",
            help="full: A4, booklet: A5, large: duży druk (domyślnie full)",
        )
        parser.add_argument(
            "--impose",
            action="store_true",
            help="tylko z --variant booklet: obok książki zapisuje plik -arkusze.pdf dla drukarni, strony A5 po dwie na arkuszu A4 "
            "w kolejności do druku dwustronnego (obrót po krótszej krawędzi) i złożenia; ponad 20 arkuszy w składkach po 8. "
            "Ten plik nie jest dostępny (nie jest PDF/UA): do czytania i publikowania służy książka",
        )
        parser.add_argument(
            "--live", action="store_true", help="zamiast wydania karty obowiązujące w tym dniu, bez rozdziałów"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and write the handbooks."""
        code, out, on = options["code"], options["out"], options["on"] or today()
        if options["impose"] and options["variant"] != "booklet":
            raise CommandError("Arkusze do złożenia ma tylko broszura A5. Dodaj --variant booklet albo pomiń --impose.")
        if code == COLLECTION:
            self._write_collection(out, on=on, variant=options["variant"])
            self._impose([out] if options["impose"] else [])
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
        self._impose([book.path for book in written] if options["impose"] else [])
        self.stdout.write(f"Zapisano podręczniki: {len(written)}, w „{out}”.")

    def _impose(self, paths: Sequence[Path]) -> None:
        """Write the sheets of finished booklets."""
        for path in paths:
            try:
                self.stdout.write(f"Arkusze do druku i złożenia: „{impose(path)}”.")
            except OSError as error:
                raise CommandError(f"Nie można zapisać arkuszy dla „{path}”: {error.strerror}.") from error

    def _write_collection(self, out: Path, *, on: datetime.date, variant: Variant) -> None:
        collection = collection_plan(on=on, variant=variant)
        if collection is None:
            raise CommandError(f"W dniu {on.isoformat()} nie ma dobrych praktyk. Wczytaj je: manage.py load_handbooks.")
        write_books([(collection, out)], self.stdout)


def _books(
    types: Sequence[OfficeType], out: Path, folder: Path | None, *, on: datetime.date, variant: Variant, frozen: bool
) -> Iterator[tuple[Book, Path]]:
    """Handbooks of the types that have cards, with their files."""
    for entry in types:
        publication = handbook_plan(entry, on=on, variant=variant, frozen=frozen)
        if publication is not None:
            yield publication, folder / f"podrecznik-{entry.code}.pdf" if folder else out
