"""Printing opens no socket and no foreign file, ends in a bounded time, and never prints what is withdrawn."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from exporters.pdf.documents import card_pdf
from exporters.pdf.jobs import card_job, html_job, perform
from exporters.pdf.limits import LONGEST_LIST, LONGEST_TEXT, LONGEST_WORD, OversizedCard, refuse_oversized
from exporters.pdf.plans import handbook_plan
from exporters.pdf.refusals import RefusedPart
from publication.models import Edition
from publication.recording import record
from service_catalog.published.card import Item
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import model_card, sha256_of
from tests.exporters.pdf.printed import reader_of
from tests.exporters.published_catalogue import RECORDED_AT, small_catalogue, withdrawal

PROJECT = Path(__file__).resolve().parents[3]
TRACED = """
import os, pathlib, sys
import django
django.setup()
from exporters.pdf.documents import card_pdf
from exporters.pdf.jobs import card_job, html_job, perform
from tests.exporters.cards_for_tests import model_card
from tests.exporters.pdf.editions_for_tests import picture
import base64
card = card_job(model_card("UW-PAS-001"), edition_sha256="0" * 64)
kept = picture()
pictures = {kept.sha256: base64.b64decode(kept.data)}
chapter = html_job(f'<p>x<img src="picture:{kept.sha256}" alt="x"></p>', name="Rozdział", pictures=pictures)
perform(card), perform(chapter)
os.path.exists("/start-of-rendering")
perform(card), perform(chapter)
os.path.exists("/end-of-rendering")
"""
ALLOWED = (str(PROJECT / "exporters" / "pdf"), str(PROJECT / "templates" / "exporters" / "pdf"))
CALL = re.compile(r"^\d+\s+(\w+)\((?:AT_FDCWD, |\d+, )?(?:\"([^\"]*)\")?")


def test_rendering_opens_no_socket_and_no_file_outside_the_assets(tmp_path: Path) -> None:
    """System calls of the process, libraries in C included. The first rendering loads code, fonts and templates."""
    strace = shutil.which("strace")
    assert strace, "Brakuje programu strace. Zainstaluj go: make setup."
    log = tmp_path / "calls"
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [strace, "-f", "-e", "trace=%file,%network", "-o", str(log), sys.executable, "-c", TRACED]
    subprocess.run(command, env=environment, cwd=PROJECT, check=True)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    calls = [found for line in lines if (found := CALL.match(line))]
    places = [number for number, call in enumerate(calls) if (call[2] or "").endswith("-of-rendering")]
    assert len(places) == 2
    assert [call[0] for call in calls if call[1] in {"connect", "sendto", "sendmsg"}] == []
    during = calls[places[0] + 1 : places[1]]
    opened = [call[0] for call in during if call[1] != "getcwd" and not (call[2] or "").startswith(ALLOWED)]
    assert opened == []
    fonts = {call[2] for call in calls if (call[2] or "").endswith((".ttf", ".otf", ".pfb", ".woff2"))}
    assert {font for font in fonts if not font.startswith(ALLOWED)} == set()


def test_the_trace_would_show_a_file_and_a_socket(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    script = "import socket; open('/etc/hostname').close(); socket.socket().close()"
    strace = shutil.which("strace") or "strace"
    subprocess.run(
        [strace, "-f", "-e", "trace=%file,%network", "-o", str(log), sys.executable, "-c", script], check=True
    )
    seen = log.read_text(encoding="utf-8", errors="replace")
    assert '"/etc/hostname"' in seen
    assert "socket(" in seen


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


def test_two_hundred_levels_end_in_print_or_in_a_refusal_by_name() -> None:
    job = html_job(nested(200), name="Rozdział")
    try:
        pages, refused = perform(job).head.pages, ""
    except RefusedPart as refusal:
        pages, refused = 0, str(refusal)
    assert pages >= 1 or "Rozdział: Elementy są zagnieżdżone zbyt głęboko" in refused


def test_a_word_without_end_is_refused_by_field_and_the_longest_allowed_one_is_broken() -> None:
    card = model_card("UW-PAS-001")
    with pytest.raises(OversizedCard, match=r"UW-PAS-001.*summary.*2000 znaków bez spacji"):
        refuse_oversized(msgspec.structs.replace(card, summary="x" * 2000))
    long = msgspec.structs.replace(card, summary="x" * LONGEST_WORD)
    content = card_pdf(long, edition_sha256=sha256_of(long))
    lines = [line for page in reader_of(content).pages for line in page.extract_text().splitlines() if "xxx" in line]
    assert len(lines) > 8


def test_the_longest_allowed_text_and_list_are_printed() -> None:
    """The bounds are where print still works."""
    card = model_card("UW-PAS-001")
    mistakes = tuple(Item(text="błąd") for _ in range(LONGEST_LIST))
    long = msgspec.structs.replace(card, summary="x y " * (LONGEST_TEXT // 4), mistakes=mistakes)
    assert perform(card_job(long, edition_sha256=sha256_of(long))).head.pages > 20


@pytest.mark.parametrize(
    "text", ["<b>raz <i>dwa</b> trzy", "</p></div>x", "<table><tr><td>a", "&lt;&amp;&#0;", "<!-- x", "]]>"]
)
def test_broken_markup_in_a_card_is_printed_as_text(text: str) -> None:
    card = msgspec.structs.replace(model_card("UW-PAS-001"), summary=text)
    assert perform(card_job(card, edition_sha256=sha256_of(card))).head.pages >= 1


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
