"""A simpler example: a passage like the author's from a published card that reads easily. Nothing is rewritten by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from cms.plain_language.card_gate import CardField, check_card
from cms.plain_language.hints import Role
from service_catalog.card_texts import STREAMS, WrittenCard, entries_of, label_of
from service_catalog.models import (
    CardAppeal,
    CardChannel,
    CardDocument,
    CardFee,
    ClientDeadline,
    CompleteCard,
    HandlingTime,
    OfficeCard,
)

EASY_FOG = 8.0
"""A good example stays below the limit of the green band with room to spare."""
CANDIDATES = 60
LEAST_WORDS = 5
ROWS: dict[str, tuple[type[Any], str]] = {
    "appeals": (CardAppeal, "appeal_text"),
    "channels": (CardChannel, "text"),
    "documents": (CardDocument, "note"),
    "fees": (CardFee, "text"),
    "client_deadlines": (ClientDeadline, "text"),
    "handling_times": (HandlingTime, "text"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A passage of a published card, and where clients read it."""

    label: str
    text: str
    card: str
    address: str


def simpler_example(page: WrittenCard, field: str, text: str, *, role: Role = "text") -> Example | None:
    """The most similar easy passage of the same field on another published card; None when there is none or no such field."""
    passages = list(_passages(page, field))
    wanted = text.strip() or page.title
    near = process.extract(wanted, [passage for _, passage in passages], scorer=fuzz.token_set_ratio, limit=CANDIDATES)
    for passage, _, position in near:
        if passage.strip() != text.strip() and _reads_easily(passage, role):
            card = CompleteCard.objects.filter(pk=passages[position][0]).first() or OfficeCard.objects.get(
                pk=passages[position][0]
            )
            return Example(_label(page, field), passage, card.title, card.specific.public_path())
    return None


def _label(page: WrittenCard, field: str) -> str:
    if field in ROWS:
        return str(ROWS[field][0]._meta.verbose_name_plural).capitalize()
    return label_of(page, field)


def _reads_easily(text: str, role: Role) -> bool:
    report = check_card([CardField("", text, role == "step", role)], swaps=())
    warned = any(hint.level != "hint" for hint in report.fields[0].hints)
    return report.counts.words >= LEAST_WORDS and report.counts.fog <= EASY_FOG and not warned


def _passages(page: WrittenCard, field: str) -> Iterator[tuple[int, str]]:
    """Key of a published card and its text in the field, without the author's own card."""
    if field in ROWS:
        model, column = ROWS[field]
        rows = model.objects.filter(card__live=True).exclude(card=page.pk).exclude(**{column: ""})
        yield from rows.values_list("card_id", column)
        return
    kinds: Iterable[type[CompleteCard] | type[OfficeCard]] = (CompleteCard, OfficeCard)
    for kind in kinds:
        if field not in {one.name for one in kind._meta.concrete_fields}:
            continue
        for key, value in kind._default_manager.filter(live=True).exclude(pk=page.pk).values_list("pk", field):
            text = "\n".join(entries_of(value)) if field in STREAMS else str(value or "")
            if text:
                yield key, text
        return
