"""Equal editions give equal bytes in every process: nothing may hang on the order of sets or on the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from exporters.formats import CARD_FORMATS

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = """
import hashlib, django
django.setup()
from exporters.formats import CARD_FORMATS
from tests.exporters.cards_for_tests import filled, sha256_of
from service_catalog.published.card import Card
card = filled(Card)
for name, card_format in sorted(CARD_FORMATS.items()):
    print(name, hashlib.sha256(card_format.render(card, edition_sha256=sha256_of(card))).hexdigest(), card_format.version())
"""


def run(*, hash_seed: str, zone: str) -> str:
    environment = os.environ | {
        "PYTHONHASHSEED": hash_seed,
        "TZ": zone,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_two_processes_write_the_same_documents() -> None:
    first = run(hash_seed="1", zone="Europe/Warsaw")
    assert first.count("\n") == len(CARD_FORMATS)
    assert run(hash_seed="2", zone="Pacific/Kiritimati") == first
