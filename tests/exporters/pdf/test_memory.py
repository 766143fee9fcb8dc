"""What a process remembers of lines and styles changes nothing in print."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import msgspec
import pytest
from weasyprint.text import fonts, line_break

from exporters.pdf import line_memory, renderer, style_memory
from exporters.pdf.assets import Variant
from exporters.pdf.fragment import Fragment
from exporters.pdf.jobs import card_job, html_job, perform
from exporters.pdf.line_memory import STYLE_PROPERTIES, LineMemory
from exporters.pdf.style_memory import StyleMemory
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import model_card

FOOTNOTE = """<section class="edited"><h2>{}</h2><p>Tekst <span class="footnote">1 Treść przypisu, dość
długa, żeby się złamała w wierszu u dołu strony książki.</span> i jego dalszy ciąg.</p></section>"""
NAMED = """<section class="edited"><h2>Wzory</h2><p>Bez nazwy.</p><p id="{}">Z nazwą.</p></section>"""


@pytest.fixture(autouse=True)
def own_memory() -> None:
    """Every test begins without any."""
    renderer._memory.cache_clear()


def forgetful(monkeypatch: pytest.MonkeyPatch, make: Callable[[], Any]) -> Any:
    """The result without any memory."""
    with monkeypatch.context() as patch:
        patch.setattr(LineMemory, "at_work", lambda self: nullcontext())
        patch.setattr(StyleMemory, "at_work", lambda self: nullcontext())
        return make()


def printed(card: Card, variant: Variant = "full") -> Fragment:
    return perform(card_job(card, edition_sha256="a" * 64, variant=variant))


@pytest.mark.parametrize("variant", ["full", "large", "booklet", "visit"])
def test_a_fragment_is_the_same_with_memory_and_without(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    passport, identity_card = model_card("UW-PAS-001"), model_card("KO-AKR-001")
    other = msgspec.structs.replace(
        passport, symbol="UW-PAS-999", title="Paszport w Ełku", summary="Zażółć gęślą jaźń ½."
    )
    cards = (passport, other, identity_card)
    plain = forgetful(monkeypatch, lambda: [printed(card, variant) for card in cards])

    remembered = [printed(card, variant) for card in (*cards, passport)]

    assert remembered == [*plain, plain[0]]


def test_footnotes_are_the_same_with_memory_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [html_job(FOOTNOTE.format(title), name=title) for title in ("Cel", "Słownik")]
    plain = forgetful(monkeypatch, lambda: [perform(job) for job in jobs])

    assert [perform(job) for job in (*jobs, *jobs)] == [*plain, *plain]


def test_elements_with_names_keep_their_own() -> None:
    """The style of an element holds the name by which it is linked to; that of its children does not depend on it."""
    named = [perform(html_job(NAMED.format(name), name=name)) for name in ("pierwszy", "drugi")]
    _, styles = renderer._memory("full")
    kept = len(styles._kept)
    perform(html_job(NAMED.format("trzeci"), name="trzeci"))

    assert [[anchor.name for anchor in fragment.head.anchors] for fragment in named] == [["pierwszy"], ["drugi"]]
    assert len(styles._kept) == kept


def test_a_full_memory_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    card = model_card("UW-PAS-001")
    plain = forgetful(monkeypatch, lambda: printed(card))
    monkeypatch.setattr(line_memory, "REMEMBERED", 7)
    monkeypatch.setattr(style_memory, "KEPT", 7)

    assert [printed(card), printed(card)] == [plain, plain]
    lines, _ = renderer._memory("full")
    assert len(lines._broken) <= 7


def test_a_line_depends_on_no_other_property_of_its_style() -> None:
    """Every property that WeasyPrint asks for when it breaks a line or chooses a font is part of what lines are told apart by."""
    asked = {
        name for module in (line_break, fonts) for name in re.findall(r"style\['(\w+)'\]", inspect.getsource(module))
    }
    assert asked - {"text_transform"} <= set(STYLE_PROPERTIES)
