"""Print of single cards, of the same hundred cards by three engines, and of every card in one document."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from django.test import Client

from benchmarks.handbooks import forget_fragments, timed
from benchmarks.measuring import Measurement, cpu_milliseconds
from exporters.pdf.documents import card_pdf
from exporters.pdf.store import FragmentStore
from publication.calendar import today
from service_catalog.published.reading import card

SYMBOL = "UW-PAS-001"
HUNDRED = 100
PREPARED = """
import sys, django
django.setup()
from pathlib import Path
from itertools import islice
from exporters.pdf.book_data import BookData
from exporters.pdf.publications import CardEdition, Cover, Publication
from publication.calendar import today
from service_catalog.published.reading import all_cards
count, out = int(sys.argv[1]), Path(sys.argv[2])
of_offices = ((edition, card) for edition, card in all_cards(on=today()) if card.office)
cards = [CardEdition(card, edition.sha256) for edition, card in islice(of_offices, count)]
data = BookData(title="Wszystkie karty", subject="Pomiar", published_on="2026-01-01", digest="0" * 64, kind="catalogue")
book = Publication(data=data, cover=Cover(title="Wszystkie karty", lead="Pomiar"), editions=tuple(cards), several_offices=True)
"""
FRAGMENTS = (
    PREPARED
    + """
from exporters.pdf.building import missing_jobs
from exporters.pdf.store import fragment_store
from exporters.pdf.workers import Workers
with Workers(fragment_store()) as workers:
    workers.make([part.job for part in missing_jobs(book.parts(), fragment_store())])
"""
)
ASSEMBLED = (
    PREPARED
    + """
import resource, time
from exporters.pdf.documents import assembler
from exporters.pdf.store import fragment_store
planned = book.parts()
del cards, book
started = time.monotonic(), time.process_time()
sources = [fragment_store().found(part.job.key) for part in planned]
with out.open("wb") as file:
    assembler(data, planned, sources).write(file)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.monotonic() - started[0], time.process_time() - started[1], peak)
"""
)
IN_ONE_PIECE = (
    PREPARED
    + "from exporters.pdf.documents import publication_in_one_piece\nout.write_bytes(publication_in_one_piece(book))"
)
REPORTLAB = (
    PREPARED
    + """
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate
from xml.sax.saxutils import escape
from exporters.pdf.assets import FOLDER, REGULAR_FONT
from exporters.pdf.printed_words import printed_texts
pdfmetrics.registerFont(TTFont("Source", FOLDER / REGULAR_FONT))
style = ParagraphStyle("text", fontName="Source", fontSize=10.5, leading=15, spaceAfter=6)
story = []
for edition in book.editions:
    story += [Paragraph(escape(text), style) for text in printed_texts(edition.card)] + [PageBreak()]
SimpleDocTemplate(str(out), title=data.title, lang="pl").build(story)
"""
)


def single_card() -> list[Measurement]:
    """One card: laid out in a process that is already running, and sent again from disk."""
    edition, chosen = card(SYMBOL, on=today())
    with tempfile.TemporaryDirectory() as name:
        numbers = iter(range(1000))

        def cold() -> None:
            store = FragmentStore(Path(name), f"pomiar-{next(numbers)}")
            card_pdf(chosen, edition_sha256=edition.sha256, store=store)

        laid_out = cpu_milliseconds(cold, repeat=7, warm_up=1)
    client = Client(HTTP_HOST="localhost")
    kept = cpu_milliseconds(lambda: client.get(f"/karta/{SYMBOL}/pdf"), repeat=40)
    return [
        Measurement(name="jedna karta PDF od zera", value=laid_out, unit="ms CPU", target=700),
        Measurement(name="jedna karta PDF z dysku, z odpowiedzią HTTP", value=kept, unit="ms CPU", target=10),
    ]


def hundred_cards() -> list[Measurement]:
    """The same hundred cards: ours with contents and lists, WeasyPrint in one piece, ReportLab with the same texts."""
    with tempfile.TemporaryDirectory() as name:
        forget_fragments()
        ours, _ = timed([sys.executable, "-c", FRAGMENTS, str(HUNDRED), f"{name}/x.pdf"])
        assembled, _ = timed([sys.executable, "-c", ASSEMBLED, str(HUNDRED), f"{name}/a.pdf"])
        whole, _ = timed([sys.executable, "-c", IN_ONE_PIECE, str(HUNDRED), f"{name}/b.pdf"])
        plain, _ = timed([sys.executable, "-c", REPORTLAB, str(HUNDRED), f"{name}/c.pdf"])
        tagged = {engine: b"/StructTreeRoot" in Path(f"{name}/{file}.pdf").read_bytes() for engine, file in ENGINES}
    baseline = "WeasyPrint w jednym kawałku, te same 100 kart"
    spent = ours.cpu_seconds + assembled.cpu_seconds
    found = [
        ("100 kart od zera: części i złożenie", spent, "s CPU", whole.cpu_seconds, whole.cpu_seconds),
        ("100 kart od zera, pamięć procesu składania", assembled.peak_mb, "MB", 500, whole.peak_mb),
        ("100 kart, ReportLab z tym samym tekstem", plain.cpu_seconds, "s CPU", whole.cpu_seconds, whole.cpu_seconds),
    ]
    assert tagged == {"nasze": True, "WeasyPrint": True, "ReportLab": False}, tagged
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=baseline, baseline_value=other)
        for name, value, unit, target, other in found
    ]


ENGINES = (("nasze", "a"), ("WeasyPrint", "b"), ("ReportLab", "c"))
PIECE = 300
"""Cards that WeasyPrint lays out in one piece here; all of them would take three quarters of an hour and ten gigabytes."""


def every_card() -> list[Measurement]:
    """All office and local cards in one document. WeasyPrint's cost is that of 300 cards, stretched in proportion."""
    count = 10_000
    with tempfile.TemporaryDirectory() as name:
        forget_fragments()
        cold, _ = timed([sys.executable, "-c", FRAGMENTS, str(count), f"{name}/x.pdf"])
        warm, _ = timed([sys.executable, "-c", ASSEMBLED, str(count), f"{name}/a.pdf"])
        whole, _ = timed([sys.executable, "-c", IN_ONE_PIECE, str(PIECE), f"{name}/b.pdf"])
    seconds, spent, peak = map(float, warm.output.split())
    stretched = 3_059 / PIECE
    baseline = f"WeasyPrint w jednym kawałku, z {PIECE} kart"
    cpu, memory = whole.cpu_seconds * stretched, whole.peak_mb * stretched
    found = [
        ("3 059 kart z części w jeden dokument, czas zegarowy", seconds, "s", 5, cpu),
        ("3 059 kart z części w jeden dokument", spent, "s CPU", 5, cpu),
        ("3 059 kart z części w jeden dokument, pamięć", peak, "MB", 500, memory),
        ("3 059 kart od zera", cold.cpu_seconds + warm.cpu_seconds, "s CPU", cpu / 4, cpu),
        ("3 059 kart od zera, pamięć", max(cold.peak_mb, warm.peak_mb), "MB", memory / 20, memory),
    ]
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=baseline, baseline_value=other)
        for name, value, unit, target, other in found
    ]
