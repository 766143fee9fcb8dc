"""The language gate of a card: may it pass the language check, and what to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cms.plain_language.card_gate import CardField, CardReport, check_card
from cms.plain_language.measures import AMBER_UP_TO, GREEN_UP_TO
from cms.plain_language.word_swaps import Swap
from service_catalog.card_texts import CardText, WrittenCard, card_texts

Colour = Literal["green", "amber", "red"]
COLOURS: dict[str, Colour] = {"zielony": "green", "bursztynowy": "amber", "czerwony": "red"}
SENTENCES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GateResult:
    """Answer of the gate: green passes, amber passes with a written reason, red only by the head's written decision.

    `fog` is the FOG-PL index of the whole card, to two places. `sentences` say in Polish what to do, heaviest first. A card
    under 100 words is `unstable`: single words move its index, so only a sentence over 30 words makes it red.
    """

    colour: Colour
    fog: float
    sentences: tuple[str, ...]
    words: int
    unstable: bool


def language_report(page: WrittenCard, *, swaps: tuple[Swap, ...] | None = None) -> CardReport:
    """Measures and hints of every text that clients read. `swaps` is the list of word swaps; None means the standing one."""
    fields = [CardField(text.label, text.text, text.is_list, text.role) for text in card_texts(page) if _measured(text)]
    return check_card(fields, swaps=swaps)


def language_gate(page: WrittenCard) -> GateResult:
    """The gate on the whole card. An office card is judged by the office's own words: the law part was judged before."""
    return gate_of(language_report(page, swaps=()))


def gate_of(report: CardReport) -> GateResult:
    """The gate's answer from measures already taken."""
    fog = report.counts.gate_value()
    colour: Colour = "green" if report.unstable else COLOURS[report.band]
    if report.blocking:
        colour = "red"
    return GateResult(colour, fog, tuple(_sentences(report, colour)), report.counts.words, report.unstable)


def _measured(text: CardText) -> bool:
    return text.audience == "client"


def _sentences(report: CardReport, colour: Colour) -> list[str]:
    if colour == "green":
        return []
    found = [
        f"Pole „{label}”: zdanie „{_shortened(hint.quotation)}” ma ponad 30 słów. Podziel je."
        for label, hint in report.blocking
    ]
    fog = f"{report.counts.gate_value():.1f}".replace(".", ",")
    if report.unstable or report.band == "zielony":
        return found
    limit = AMBER_UP_TO if colour == "red" else GREEN_UP_TO
    found.append(
        f"Tekst karty jest trudny: wskaźnik {fog}, a powinien być najwyżej {limit:.0f}. Uprość najcięższe zdania."
    )
    found += [f"Pole „{heavy.label}”: uprość zdanie „{_shortened(heavy.text)}”." for heavy in report.look_first]
    return found[: SENTENCES_SHOWN + len(report.blocking)]


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "…"
