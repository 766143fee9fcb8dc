"""Printed documents of the whole catalogue are valid PDF/UA-1 for veraPDF; `make conformance` checks all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.servers.verapdf import faults

CARDS = (
    ("UW-PAS-001", "", "full"),
    ("UW-PAS-001", "uw-rzeszow", "full"),
    ("UW-PAS-001", "uw-rzeszow", "visit"),
    ("UW-PAS-002", "", "large"),
)


@pytest.mark.django_db
def test_a_handbook_a_catalogue_and_cards_are_valid_pdf_ua(tmp_path: Path) -> None:
    for number, (symbol, office, variant) in enumerate(CARDS):
        path = tmp_path / f"karta-{number}.pdf"
        call_command("card_pdf", symbol, f"--office={office}", f"--variant={variant}", f"--out={path}", verbosity=0)
    call_command("handbook", "UST", f"--out={tmp_path / 'podrecznik.pdf'}")
    call_command("printed_catalogue", "uw-rzeszow", f"--out={tmp_path / 'katalog.pdf'}")
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == len(CARDS) + 2
    assert faults(files) == []


def test_a_file_that_is_no_pdf_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nic")
    assert faults([path])
