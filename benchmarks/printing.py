"""Print of single cards, of the same hundred cards by three engines, and of every card in one document."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import Any

from django.test import Client
from pypdf import PdfReader

from benchmarks.handbooks import forget_fragments, printing, timed
from benchmarks.measuring import Measurement, cpu_milliseconds
from exporters.pdf.documents import card_pdf
from exporters.pdf.store import FragmentStore
from publication.calendar import today
from service_catalog.published.reading import card

SYMBOL = "UW-PAS-001"
HUNDRED = 100
EVERY = 3_059
PIECES = (150, 450)
"""Cards that WeasyPrint lays out in one piece here; all of them would take three quarters of an hour and ten gigabytes."""


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


def hundred_cards(count: int = HUNDRED) -> list[Measurement]:
    """The same hundred cards: ours with contents and lists, WeasyPrint in one piece, ReportLab with the same texts."""
    with tempfile.TemporaryDirectory() as name:
        forget_fragments()
        ours, _ = timed(printing("fragments", count))
        assembled, _ = timed(printing("book_from_fragments", count, f"{name}/a.pdf"))
        whole, _ = timed(printing("book_in_one_piece", count, f"{name}/b.pdf"))
        plain, _ = timed(printing("plain_book", count, f"{name}/c.pdf"))
        tagged = {engine: _is_tagged(Path(name, f"{file}.pdf")) for engine, file in ENGINES}
    if tagged != {"nasze": True, "WeasyPrint": True, "ReportLab": False}:
        raise RuntimeError(f"Pliki mają inną budowę, niż powinny: {tagged}.")
    baseline = f"WeasyPrint w jednym kawałku, te same karty: {count}"
    spent = ours.cpu_seconds + assembled.cpu_seconds
    found = [
        (f"{count} kart od zera: części, złożenie, sprawdzenie", spent, "s CPU", whole.cpu_seconds, whole.cpu_seconds),
        (f"{count} kart od zera, pamięć procesu składania", assembled.peak_mb, "MB", 500, whole.peak_mb),
        (
            f"{count} kart, ReportLab z tym samym tekstem",
            plain.cpu_seconds,
            "s CPU",
            whole.cpu_seconds,
            whole.cpu_seconds,
        ),
    ]
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=baseline, baseline_value=other)
        for name, value, unit, target, other in found
    ]


ENGINES = (("nasze", "a"), ("WeasyPrint", "b"), ("ReportLab", "c"))


def _is_tagged(path: Path) -> bool:
    catalog: Any = PdfReader(path).trailer["/Root"]
    return "/StructTreeRoot" in catalog


def every_card(count: int = EVERY, pieces: tuple[int, int] = PIECES) -> list[Measurement]:
    """All office and local cards in one document. WeasyPrint's cost is foretold from two smaller books: see `_foretold`."""
    smaller, larger = pieces
    with tempfile.TemporaryDirectory() as name:
        small, _ = timed(printing("book_in_one_piece", smaller, f"{name}/b.pdf"))
        large, _ = timed(printing("book_in_one_piece", larger, f"{name}/b.pdf"))
        cpu = _foretold(count, pieces, (small.cpu_seconds, large.cpu_seconds))
        memory = _foretold(count, pieces, (small.peak_mb, large.peak_mb))
        baseline = f"WeasyPrint w jednym kawałku, przewidziane z {smaller} i {larger} kart"
        return _every_card(count, Path(name), cpu, memory, baseline)


def every_card_in_one_piece() -> list[Measurement]:
    """The same with WeasyPrint really laying all cards out at once: three quarters of an hour and ten gigabytes of memory."""
    with tempfile.TemporaryDirectory() as name:
        whole, _ = timed(printing("book_in_one_piece", EVERY, f"{name}/b.pdf"))
        return _every_card(EVERY, Path(name), whole.cpu_seconds, whole.peak_mb, "WeasyPrint w jednym kawałku")


def _foretold(count: int, pieces: tuple[int, int], costs: tuple[float, float]) -> float:
    """A cost for `count` cards when it grows with the same power of their number as between two measured books."""
    power = math.log(costs[1] / costs[0]) / math.log(pieces[1] / pieces[0])
    return float(costs[1] * (count / pieces[1]) ** power)


def _every_card(count: int, folder: Path, cpu: float, memory: float, baseline: str) -> list[Measurement]:
    """Cost of our book beside a baseline of so many CPU seconds and MB."""
    forget_fragments()
    cold, _ = timed(printing("fragments", count))
    warm, _ = timed(printing("book_from_fragments", count, folder / "a.pdf"))
    seconds, spent, check_seconds, check_spent, peak = map(float, warm.output.split())
    cards = f"{count} kart"
    found = [
        (f"{cards} z części w jeden dokument, czas zegarowy", seconds, "s", 5, cpu),
        (f"{cards} z części w jeden dokument", spent, "s CPU", 5, cpu),
        (f"{cards} z części w jeden dokument, pamięć", peak, "MB", 500, memory),
        (f"{cards}: sprawdzenie dokumentu, czas zegarowy", check_seconds, "s", 5, cpu),
        (f"{cards}: sprawdzenie dokumentu", check_spent, "s CPU", 5, cpu),
        (f"{cards} od zera", cold.cpu_seconds + warm.cpu_seconds, "s CPU", cpu / 4, cpu),
        (f"{cards} od zera, pamięć", max(cold.peak_mb, warm.peak_mb), "MB", memory / 20, memory),
    ]
    return [
        Measurement(name=name, value=value, unit=unit, target=target, baseline=baseline, baseline_value=other)
        for name, value, unit, target, other in found
    ]
