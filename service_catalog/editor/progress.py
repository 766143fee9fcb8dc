"""The counter of the form: how many required answers are given, which are missing, and what the language gate says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.plain_language.card_gate import CardReport
from service_catalog.card_texts import WrittenCard
from service_catalog.completeness import publication_obstacles, required_answers
from service_catalog.editor.hints import ShownHint, shown_hints
from service_catalog.editor.swaps import current_swaps
from service_catalog.language import GateResult, gate_of, language_report
from service_catalog.models import LocalCard, OfficeCard

MOST_HINTS = 30


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, and where: `anchor` is the place in the form, or `address` another screen."""

    label: str
    sentence: str
    anchor: str = ""
    address: str = ""


def progress_of(page: WrittenCard, *, on: datetime.date) -> dict[str, Any]:
    """What the box above the form shows for this version of the card."""
    answers = required_answers(page, on=on)
    missing = [_todo(page, one.field, one.label, one.sentence) for one in answers if not one.given]
    others = [
        _todo(page, obstacle.field, "", obstacle.sentence)
        for obstacle in publication_obstacles(page, on=on)
        if obstacle.kind not in {"missing", "language"} or obstacle.field == "model_card"
    ]
    report = language_report(page, swaps=current_swaps())
    return {
        "card": page,
        "total": len(answers),
        "given": len(answers) - len(missing),
        "missing": missing,
        "others": others,
        "gate": gate_of(report),
        "gate_words": gate_words(gate_of(report)),
        "hints": _hints_by_field(report),
        "refresh": reverse("card_progress", args=(page.pk,)),
    }


def _todo(page: WrittenCard, field: str, label: str, sentence: str) -> Todo:
    if field == "accounts" and isinstance(page, (OfficeCard, LocalCard)):
        return Todo(label, sentence, address=reverse("wagtailadmin_pages:edit", args=(page.own_office.pk,)))
    return Todo(label, sentence, anchor=field)


def gate_words(gate: GateResult) -> str:
    """What the language gate says, in one sentence."""
    fog = f"{gate.fog:.1f}".replace(".", ",")
    if gate.colour == "red":
        return f"Tekst jest za trudny (wskaźnik {fog}, najwyżej 12). Uprość go przed wysłaniem."
    if gate.colour == "amber":
        return f"Tekst jest dość trudny (wskaźnik {fog}, dobrze: do 9). Uprość go albo napisz, dlaczego się nie da."
    if gate.unstable:
        return "Tekstu jest mało, więc nie oceniamy go w całości. Patrz na podpowiedzi przy polach."
    return f"Tekst jest prosty (wskaźnik {fog})."


def _hints_by_field(report: CardReport) -> list[tuple[str, list[ShownHint]]]:
    """Hints for readers without scripts: what a field's own hints would say, by field, at most thirty."""
    found, left = [], MOST_HINTS
    for field in report.fields:
        hints = shown_hints(field)[:left]
        left -= len(hints)
        if hints:
            found.append((field.field.label, hints))
    return found
