"""What the commands that write books share: variants, files, sheets to fold, progress, sentences of refusal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError, CommandParser, OutputWrapper
from tqdm import tqdm

from exporters.disk_refusals import reason
from exporters.pdf.assembly import BrokenLink
from exporters.pdf.assets import BOOK_VARIANTS
from exporters.pdf.building import BuiltBook, build
from exporters.pdf.imposition import impose
from exporters.pdf.jobs import RefusedPart
from exporters.pdf.planned import Book
from exporters.pdf.refusals import FaultyBook
from exporters.pdf.store import DamagedFragment, fragment_store
from exporters.pdf.workers import Workers


def add_print_arguments(parser: CommandParser) -> None:
    """Declare the variant and the sheets of a booklet."""
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


def refuse_sheets_of_large_pages(options: Mapping[str, Any]) -> None:
    """Raise `CommandError` when sheets are wanted of anything but a booklet."""
    if options["impose"] and options["variant"] != "booklet":
        raise CommandError("Arkusze do złożenia ma tylko broszura A5. Dodaj --variant booklet albo pomiń --impose.")


def refuse_wrong_place(out: Path, *, many: bool) -> None:
    """Raise `CommandError` for a file where many books want a folder, and for a folder where one book wants a file."""
    if many and out.exists() and not out.is_dir():
        raise CommandError(f"„{out}” to plik, a wynik „all” to wiele plików. Podaj w --out folder.")
    if not many and out.is_dir():
        raise CommandError(f"„{out}” to folder. Podaj w --out plik, na przykład „{out / 'ksiazka.pdf'}”.")


def write_sheets(written: Iterable[BuiltBook], out: OutputWrapper) -> None:
    """Write the sheets of finished booklets. Raises `CommandError`."""
    for book in written:
        try:
            out.write(f"Arkusze do druku i złożenia: „{impose(book.path)}”.")
        except OSError as error:
            raise CommandError(f"Nie można zapisać arkuszy dla „{book.path}”: {reason(error)}.") from error


def write_books(books: Iterable[tuple[Book, Path]], out: OutputWrapper) -> list[BuiltBook]:
    """Build each publication into its file; says what each needed. Raises `CommandError`; what was finished before stays."""
    built = []
    with Workers(fragment_store()) as workers, tqdm(unit=" części", file=sys.stderr, disable=None) as bar:
        for publication, path in books:
            bar.set_description(path.name)
            book = _built(publication, path, workers, bar)
            built.append(book)
            for sentence in book.missing:
                out.write(sentence)
            for part in book.healed:
                out.write(f"{part}: zapisana część była uszkodzona, złożono ją ponownie.")
            out.write(f"„{path}”: stron {book.pages}, {book.bytes // 1024} kB, nowo złożonych części: {book.laid_out}.")
    return built


def _built(publication: Book, path: Path, workers: Workers, bar: tqdm[NoReturn]) -> BuiltBook:
    try:
        return build(publication, path, workers, bar.update)
    except (RefusedPart, BrokenLink, FaultyBook) as refusal:
        raise CommandError(f"„{publication.data.title}” nie została wydana. {refusal}") from refusal
    except DamagedFragment as refusal:
        raise CommandError(f"Plik „{refusal}” jest uszkodzony. Usuń go i uruchom polecenie ponownie.") from refusal
    except OSError as error:
        raise CommandError(f"Nie można zapisać pliku „{path}”: {reason(error)}.") from error
