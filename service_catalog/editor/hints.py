"""Hints on plain language as the author sees them: the sentence, why it matters, an example before and after."""

from __future__ import annotations

from dataclasses import dataclass

from cms.plain_language.card_gate import CardField, FieldReport, check_card
from cms.plain_language.hints import Role
from cms.plain_language.rules import RULES
from cms.plain_language.word_swaps import Swap

LONGEST_TEXT = 20_000
"""Characters of one field that are read while somebody types."""
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ShownHint:
    """A hint in the author's words. `level` is "hint", "warning" or "block"; a word swap has no example of its own."""

    level: str
    quotation: str
    message: str
    name: str = ""
    explanation: str = ""
    instead_of: str = ""
    better: str = ""


def hints_on_text(text: str, *, role: Role, is_list: bool, swaps: tuple[Swap, ...]) -> list[ShownHint]:
    """Hints on the text of one field, at most eight. Longer texts are read up to 20,000 characters."""
    report = check_card([CardField("", text[:LONGEST_TEXT], is_list, role)], swaps=swaps)
    return shown_hints(report.fields[0])[:MOST_SHOWN]


def shown_hints(field: FieldReport) -> list[ShownHint]:
    """Hints and swaps of a field in the order of their places, sentences that must be divided first."""
    found = [
        (
            hint.level != "block",
            hint.start,
            ShownHint(
                hint.level,
                _shortened(hint.quotation),
                hint.message,
                RULES[hint.rule].name,
                RULES[hint.rule].explanation,
                RULES[hint.rule].instead_of,
                RULES[hint.rule].better,
            ),
        )
        for hint in field.hints
    ]
    found += [(True, swap.start, ShownHint("hint", swap.quotation, swap.message)) for swap in field.swaps]
    return [hint for *_, hint in sorted(found, key=lambda row: row[:2])]


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79].rstrip() + "…"
