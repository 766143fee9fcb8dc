"""Printing an edition that waits for approval, so that nobody approves what he has not seen.

Outlets know handbooks and not the other way round, so the printer is handed in by the app that prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from handbooks.published.handbook import Handbook

Printer = Callable[[Handbook, str, datetime.date], bytes]
"""Takes an edition, the hash of its payload and the day on which its cards are read; gives a PDF. Raises `UnprintableEdition`."""

_printers: list[Printer] = []


class UnprintableEdition(ValueError):
    """An edition cannot be printed; the message says why and what to do."""


def print_with(printer: Printer) -> None:
    """Name the printer, once, when applications start."""
    _printers[:] = [printer]


def printed(edition: Handbook, *, payload_sha256: str, on: datetime.date) -> bytes:
    """The PDF of an edition that need not be approved. Raises `UnprintableEdition`."""
    if not _printers:
        raise UnprintableEdition("Podglądu nie ma, bo wydruki są wyłączone. Zapytaj administratora.")
    return _printers[0](edition, payload_sha256, on)
