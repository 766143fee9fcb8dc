"""The processes of the print benchmarks: `python -m benchmarks.print_processes WORK ...`. Each does one thing and ends.

They run with the settings of programs that only read editions, as the commands that print do.
"""

from __future__ import annotations

import dataclasses
import os
import resource
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import django
import msgspec
from tqdm import tqdm

if TYPE_CHECKING:
    from exporters.pdf.publications import Publication


def main(arguments: list[str]) -> None:
    """Do one work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.reading_settings")
    django.setup()
    WORKS[arguments[0]](*arguments[1:])


def handbook_in_one_piece(code: str, out: str) -> None:
    """WeasyPrint lays a handbook out at once."""
    from exporters.pdf.documents import publication_in_one_piece

    Path(out).write_bytes(publication_in_one_piece(_handbook(code)))


def handbook_with_a_changed_card(code: str, out: str) -> None:
    """A handbook from kept fragments, with one card that has no fragment yet. All checks."""
    from exporters.pdf.building import build
    from exporters.pdf.publications import CardEdition
    from exporters.pdf.store import fragment_store
    from exporters.pdf.workers import Workers

    publication = _handbook(code)
    first, *rest = publication.editions
    changed = CardEdition(msgspec.structs.replace(first.card, summary="Zmienione streszczenie karty."), "f" * 64)
    with Workers(fragment_store()) as workers:
        book = build(dataclasses.replace(publication, editions=(changed, *rest)), Path(out), workers)
    if book.laid_out != 1:
        raise RuntimeError(f"Złożono części: {book.laid_out}, a zmieniła się jedna karta.")


def fragments(count: str) -> None:
    """Lay out every part of the book of so many cards."""
    from exporters.pdf.building import missing_jobs
    from exporters.pdf.store import fragment_store
    from exporters.pdf.workers import Workers

    jobs = [part.job for part in missing_jobs(_book(count).parts(), fragment_store())]
    with Workers(fragment_store()) as workers, tqdm(total=len(jobs), unit=" części", mininterval=10) as bar:
        workers.make(jobs, bar.update)


def book_from_fragments(count: str, out: str) -> None:
    """Put the book together and check it; prints wall and CPU seconds of both, and the peak of memory in MB after the first."""
    from exporters.pdf.building import check_file
    from exporters.pdf.documents import assembler
    from exporters.pdf.store import fragment_store

    book = _book(count)
    data, planned = book.data, book.parts()
    del book
    sources = [fragment_store().found(part.job.key) for part in planned]
    started = time.monotonic(), time.process_time()
    with Path(out).open("wb") as file:
        assembler(data, planned, sources).write(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    written = time.monotonic(), time.process_time()
    check_file(Path(out), planned, sources)
    checked = time.monotonic(), time.process_time()
    print(written[0] - started[0], written[1] - started[1], checked[0] - written[0], checked[1] - written[1], peak)


def book_in_one_piece(count: str, out: str) -> None:
    """WeasyPrint lays the book of so many cards out at once."""
    from exporters.pdf.documents import publication_in_one_piece

    Path(out).write_bytes(publication_in_one_piece(_book(count)))


def plain_book(count: str, out: str) -> None:
    """ReportLab prints the same texts as plain paragraphs: no tags, contents, lists or links."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

    from exporters.pdf.assets import FOLDER, REGULAR_FONT
    from exporters.pdf.printed_words import printed_texts

    pdfmetrics.registerFont(TTFont("Source", FOLDER / REGULAR_FONT))
    style = ParagraphStyle("text", fontName="Source", fontSize=10.5, leading=15, spaceAfter=6)
    book = _book(count)
    story = []
    for edition in book.editions:
        story += [Paragraph(escape(text), style) for text in printed_texts(edition.card)]
        story.append(PageBreak())
    SimpleDocTemplate(out, title=book.data.title, lang="pl").build(story)


def _handbook(code: str) -> Publication:
    from exporters.pdf.plans import handbook_plan
    from publication.calendar import today
    from service_catalog.published.reading import office_type

    publication = handbook_plan(office_type(code, on=today()), on=today())
    if publication is None:
        raise RuntimeError(f"Nie ma kart dla typu urzędu {code}.")
    return publication


def _book(count: str) -> Publication:
    """A book of the first `count` cards of offices."""
    from exporters.pdf.book_data import BookData
    from exporters.pdf.publications import CardEdition, Cover, Publication
    from publication.calendar import today
    from service_catalog.published.reading import all_cards

    of_offices = ((edition, card) for edition, card in all_cards(on=today()) if card.office)
    cards = tuple(CardEdition(card, edition.sha256) for edition, card in islice(of_offices, int(count)))
    title = "Wszystkie karty"
    data = BookData(title=title, subject="Pomiar", published_on="2026-01-01", digest="0" * 64, kind="catalogue")
    return Publication(data=data, cover=Cover(title=title, lead="Pomiar"), editions=cards, several_offices=True)


WORKS: dict[str, Callable[..., None]] = {
    work.__name__: work
    for work in (
        handbook_in_one_piece,
        handbook_with_a_changed_card,
        fragments,
        book_from_fragments,
        book_in_one_piece,
        plain_book,
    )
}

if __name__ == "__main__":
    main(sys.argv[1:])
