"""Every text that an author wrote on a card, under the name and label of its field in the form.

One list for whoever reads all words of a card: the language gate, the search for placeholders, the hints while typing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cms.fields import as_lines
from cms.plain_language.hints import Role
from service_catalog.models import CompleteCard, LocalCard, OfficeCard

WrittenCard = CompleteCard | OfficeCard | LocalCard
"""A card as an author writes it: a model card, an office card or a local card."""

Audience = Literal["client", "office"]
"""Who reads the text: clients (measured for plain language) or only search and staff."""


@dataclass(frozen=True, slots=True)
class CardText:
    """A text of a card. `field` is its name in the form; with `is_list` each line is an entry of its own."""

    field: str
    label: str
    text: str
    audience: Audience = "client"
    is_list: bool = False
    role: Role = "text"


FIELDS: tuple[tuple[str, Audience, Role], ...] = (
    ("title", "client", "title"),
    ("official_name", "office", "text"),
    ("summary", "client", "text"),
    ("consultant_answer", "client", "text"),
    ("who", "client", "text"),
    ("when", "client", "text"),
    ("jurisdiction_text", "client", "text"),
    ("outcome_form", "office", "text"),
    ("outcome_text", "client", "text"),
    ("outcome_validity", "client", "text"),
    ("consequence_of_missing", "client", "text"),
    ("transfer", "office", "text"),
    ("transfer_target", "office", "text"),
    ("change_note", "office", "text"),
    ("booking", "client", "text"),
    ("pickup", "client", "text"),
    ("contact_room", "office", "text"),
    ("contact_phone", "office", "text"),
    ("internal_note", "office", "text"),
)
LINES = ("client_groups", "keywords_everyday", "keywords_official", "keywords_misspellings", "payment_methods")
STREAMS = ("before_you_start", "steps", "exemptions", "mistakes", "special_needs", "local_notes")
ROWS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("channels", "Sposoby załatwienia", ("text",), ()),
    ("channel_words", "Uwagi do sposobów załatwienia", ("text", "booking"), ()),
    ("documents", "Dokumenty", ("condition", "note"), ("name",)),
    ("fees", "Opłaty", ("text", "condition", "when"), ("kind",)),
    ("client_deadlines", "Terminy dla klienta", ("text", "consequence"), ("anchor",)),
    ("handling_times", "Ile się czeka", ("text",), ("anchor",)),
    ("appeals", "Jak się odwołać", ("appeal_text",), ("authority", "via")),
)
"""Rows of a card: relation, label, texts measured for plain language, texts that are names."""


def card_texts(page: WrittenCard) -> Iterator[CardText]:
    """All texts of a card that are not empty, in the order of the form's fields."""
    for name, audience, role in FIELDS:
        if name == "title" and isinstance(page, OfficeCard):
            continue  # the office card takes its title from the model card
        if text := str(getattr(page, name, "") or ""):
            yield CardText(name, label_of(page, name), text, audience, role=role)
    for name in LINES:
        if lines := as_lines(getattr(page, name, "")):
            yield CardText(name, label_of(page, name), "\n".join(lines), "office", is_list=True)
    for name in STREAMS:
        if hasattr(page, name) and (entries := "\n".join(entries_of(getattr(page, name)))):
            kind: Role = "step" if name == "steps" else "text"
            yield CardText(name, label_of(page, name), entries, is_list=True, role=kind)
    yield from _row_texts(page)


def label_of(page: WrittenCard, name: str) -> str:
    """Label of a field as the form shows it, with a capital."""
    label = str(getattr(page._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _row_texts(page: WrittenCard) -> Iterator[CardText]:
    for relation, label, read, named in ROWS:
        if not hasattr(page, relation):
            continue
        rows = list(getattr(page, relation).all())
        for columns, audience in ((read, "client"), (named, "office")):
            texts = [text for row in rows for column in columns if (text := str(getattr(row, column) or ""))]
            if texts:
                yield CardText(
                    relation, label, "\n".join(texts), "client" if audience == "client" else "office", is_list=True
                )


def entries_of(stream: Any) -> Iterator[str]:
    """Texts of a list of entries in order."""
    for entry in stream.raw_data:
        value = entry["value"]
        yield str(value if isinstance(value, str) else value.get("text") or "")
