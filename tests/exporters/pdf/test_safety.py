"""Printing opens no socket and no foreign file, ends in a bounded time, and never prints what is withdrawn."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from exporters.pdf.jobs import card_job, html_job, perform
from exporters.pdf.limits import OversizedCard, refuse_oversized
from exporters.pdf.plans import handbook_plan
from exporters.pdf.refusals import RefusedPart
from publication.models import Edition
from publication.recording import record
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import model_card, sha256_of
from tests.exporters.published_catalogue import RECORDED_AT, small_catalogue, withdrawal

PROJECT = Path(__file__).resolve().parents[3]
WATCHED = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from exporters.pdf.jobs import card_job, perform
from tests.exporters.cards_for_tests import model_card
job = card_job(model_card("UW-PAS-001"), edition_sha256="0" * 64)
perform(job)
seen = []
def watch(event, arguments):
    if event.startswith("socket.") or event in {"subprocess.Popen", "os.system", "open"}:
        seen.append((event, str(arguments[0]) if arguments else ""))
sys.addaudithook(watch)
perform(job)
for event, what in seen:
    print(event, what)
"""


def test_rendering_opens_no_socket_no_process_and_no_file() -> None:
    """The first rendering loads fonts and templates; from then on Python opens nothing at all."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


def test_a_word_of_a_million_letters_and_a_table_of_thousands_are_refused_by_field() -> None:
    card = model_card("UW-PAS-001")
    with pytest.raises(OversizedCard, match=r"UW-PAS-001.*summary.*1000000"):
        refuse_oversized(msgspec.structs.replace(card, summary="x" * 1_000_000))
    with pytest.raises(OversizedCard, match=r"UW-PAS-001.*documents.*3000"):
        refuse_oversized(msgspec.structs.replace(card, documents=card.documents[:1] * 3000))


def nested(depth: int) -> str:
    """A text so many elements deep."""
    return "<div>" * depth + "<p>w głębi</p>" + "</div>" * depth


def test_deeply_nested_elements_are_printed() -> None:
    assert perform(html_job(nested(40), name="Rozdział")).head.pages >= 1


def test_elements_nested_too_deep_are_refused_by_name() -> None:
    with pytest.raises(RefusedPart, match="Rozdział: Elementy są zagnieżdżone zbyt głęboko"):
        perform(html_job(nested(1000), name="Rozdział"))


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "🛂"])
def test_signs_without_a_glyph_are_reported(sign: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), summary=f"przed {sign} po")
    assert sign in perform(card_job(card, edition_sha256=sha256_of(card))).head.missing


def test_a_withdrawn_card_is_not_in_a_new_book(published: list[Edition]) -> None:
    office_type = OfficeType(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    day = datetime.date(2026, 5, 1)
    record([withdrawal(small_catalogue()[0], valid_from=day)], recorded_at=RECORDED_AT)
    publication = handbook_plan(office_type, on=day)
    assert publication is not None
    assert [card.symbol for card in publication.cards] == ["UW-PAS-002"]
