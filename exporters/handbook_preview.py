"""The PDF of a handbook edition that waits for approval: for the one who decides on it, nowhere kept and nowhere public."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from exporters.pdf.assembly import BrokenLink
from exporters.pdf.building import build
from exporters.pdf.jobs import RefusedPart
from exporters.pdf.plans import plan_of_edition
from exporters.pdf.refusals import FaultyBook
from exporters.pdf.store import DamagedFragment, fragment_store
from exporters.pdf.workers import Workers
from handbooks.printing import UnprintableEdition
from handbooks.published.handbook import Handbook


def preview(edition: Handbook, payload_sha256: str, on: datetime.date) -> bytes:
    """The book as the approved edition would be. Raises `UnprintableEdition`."""
    book = plan_of_edition(edition, sha256=payload_sha256, on=on)
    with tempfile.TemporaryDirectory() as folder, Workers(fragment_store()) as workers:
        path = Path(folder, "podglad.pdf")
        try:
            build(book, path, workers)
        except (RefusedPart, BrokenLink, FaultyBook) as refusal:
            raise UnprintableEdition(str(refusal)) from refusal
        except (DamagedFragment, OSError) as error:
            raise UnprintableEdition("Nie udało się złożyć podglądu. Spróbuj za chwilę.") from error
        return path.read_bytes()
