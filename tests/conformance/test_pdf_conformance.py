"""Printed documents of the whole catalogue are valid PDF/UA-1 for veraPDF; `make conformance` checks all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.servers.verapdf import check

CARDS = (
    ("UW-PAS-001", "", "full"),
    ("UW-PAS-001", "uw-rzeszow", "full"),
    ("UW-PAS-001", "uw-rzeszow", "visit"),
    ("UW-PAS-002", "", "large"),
    ("UW-PAS-001", "uw-rzeszow", "archive"),
)


@pytest.mark.django_db
def test_a_handbook_a_catalogue_and_cards_are_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """PDF/UA-1, and PDF/A-3b for the archived card. The validator's report is part of the output."""
    for number, (symbol, office, variant) in enumerate(CARDS):
        path = tmp_path / f"karta-{number}-{variant}.pdf"
        call_command("card_pdf", symbol, f"--office={office}", f"--variant={variant}", f"--out={path}", verbosity=0)
    call_command("handbook", "UST", f"--out={tmp_path / 'podrecznik.pdf'}")
    call_command("handbook", "dobre-praktyki", f"--out={tmp_path / 'dobre-praktyki.pdf'}")
    call_command("printed_catalogue", "ap-przemysl", f"--out={tmp_path / 'katalog.pdf'}")
    files = sorted(tmp_path.glob("*.pdf"))
    archived = [file for file in files if file.stem.endswith("archive")]
    outcomes = (check(files), check(archived, flavour="3b"))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(outcome.said for outcome in outcomes))
    assert len(files) == len(CARDS) + 3
    assert [outcome.faults for outcome in outcomes] == [[], []]
    assert [outcome.said.count("PASS ") for outcome in outcomes] == [len(files), 1]


def test_a_file_that_is_no_pdf_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nic")
    assert check([path]).faults
