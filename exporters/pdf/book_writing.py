"""What the commands that write books share: one file or a folder of them, progress, sentences of refusal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError, OutputWrapper
from tqdm import tqdm

from exporters.pdf.assembly import BrokenLink
from exporters.pdf.building import BuiltBook, build
from exporters.pdf.jobs import RefusedPart
from exporters.pdf.planned import Book
from exporters.pdf.refusals import FaultyBook
from exporters.pdf.store import DamagedFragment, fragment_store
from exporters.pdf.workers import Workers


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
        raise CommandError(f"Nie można zapisać pliku „{path}”: {error.strerror}.") from error
