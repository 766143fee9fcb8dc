"""The text a handbook begins with: chapters of `handbooks/data/`, filled with what is known of the office type.

The files are plain text: `## ` opens a heading, `- ` an item, `1. ` a numbered item, `| ` a row of a table (the first one is its
head), `> ` a box; everything else is a paragraph. `**word**` is bold. {typ}, {typy} and {grupy} stand for the office type.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape

from handbooks.chapter_kinds import COLLECTION_CHAPTERS, HANDBOOK_CHAPTERS, ChapterKind
from handbooks.models import Handbook, HandbookChapter
from handbooks.published.handbook import COLLECTION
from publication.models import EditionKind
from publication.reading import editions
from service_catalog.models import OfficeType
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card

FOLDER = Path(__file__).resolve().parents[1] / "data"
MOST_GROUPS = 12
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBER = re.compile(r"^\d+\. ")
COLLECTION_TITLE = "Zbiór dobrych praktyk"


def write_handbook(office_type: OfficeType, cards: Iterable[Card]) -> Handbook:
    """The handbook of an office type with its first text; an existing one is left as it is."""
    words = {
        "typ": office_type.name,
        "typy": office_type.name_plural,
        "grupy": "\n".join(f"- {group}" for group in client_groups(cards)) or "- wszyscy klienci urzędu",
    }
    title = f"Podręcznik: katalog i karty usług – {office_type.name}"
    return _written(Handbook(code=office_type.code, title=title, office_type=office_type), HANDBOOK_CHAPTERS, words)


def write_collection() -> Handbook:
    """The collection of good practices with its first text; an existing one is left as it is."""
    return _written(Handbook(code=COLLECTION, title=COLLECTION_TITLE), COLLECTION_CHAPTERS, {})


def _written(handbook: Handbook, kinds: Iterable[ChapterKind], words: dict[str, str]) -> Handbook:
    """The handbook with its chapters, saved; the one that has its code already is returned as it is."""
    existing: Handbook | None = Handbook.objects.filter(code=handbook.code).first()
    if existing is not None:
        return existing
    folder = FOLDER / ("zbior" if handbook.code == COLLECTION else "podrecznik")
    handbook.chapters = [
        HandbookChapter(
            kind=kind.code,
            title=kind.title,
            after=kind.after,
            text=list(stream_of((folder / f"{kind.code}.txt").read_text(encoding="utf-8"), words)),
        )
        for kind in kinds
    ]
    with transaction.atomic():
        handbook.save()
    return handbook


def write_missing(*, on: datetime.date) -> list[Handbook]:
    """Handbooks for all office types of the catalogue that have cards on the day, and the collection; new ones only."""
    known = set(Handbook.objects.values_list("code", flat=True))
    written = []
    for office_type in OfficeType.objects.filter(in_catalogue=True).exclude(code__in=known).order_by("code"):
        found = editions().of_kind(EditionKind.CARD).labelled("office_type", office_type.code).readable(on=on)
        cards = [decode_card(edition) for edition in found]
        if cards:
            written.append(write_handbook(office_type, cards))
    return written if COLLECTION in known else [*written, write_collection()]


def client_groups(cards: Iterable[Card]) -> list[str]:
    """The groups of clients and audiences that the cards name most often, commonest first."""
    counted: Counter[str] = Counter()
    for card in cards:
        counted.update({group.text for group in card.client_groups} or set(card.audience))
    ordered = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    return [name for name, _ in ordered[:MOST_GROUPS]]


def stream_of(text: str, words: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The blocks of a text file as StreamField takes them. Raises `KeyError` for an unknown word in braces."""
    filled = re.sub(r"\{(\w+)\}", lambda found: words[found[1]], text)
    lines = [line.strip() for line in filled.splitlines()]
    prose: list[str] = []
    for kind, group in groupby(filter(None, lines), key=_kind):
        chosen = list(group)
        if kind in {"paragraph", "bullets", "numbers"}:
            prose.append(_markup(kind, chosen))
            continue
        if prose:
            yield {"type": "text", "value": "".join(prose)}
            prose = []
        yield from _special(kind, chosen)
    if prose:
        yield {"type": "text", "value": "".join(prose)}


def _kind(line: str) -> str:
    if _NUMBER.match(line):
        return "numbers"
    return {"## ": "heading", "- ": "bullets", "| ": "table", "> ": "quote"}.get(
        line[:3] if line.startswith("##") else line[:2], "paragraph"
    )


def _markup(kind: str, lines: list[str]) -> str:
    """Paragraphs or one list as the editor's rich text stores them."""
    if kind == "paragraph":
        return "".join(f"<p>{_bold(line)}</p>" for line in lines)
    tag = "ul" if kind == "bullets" else "ol"
    items = "".join(f"<li>{_bold(_NUMBER.sub('', line.removeprefix('- ')))}</li>" for line in lines)
    return f"<{tag}>{items}</{tag}>"


def _bold(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", escape(text))


def _special(kind: str, lines: list[str]) -> Iterator[dict[str, Any]]:
    if kind == "heading":
        yield from ({"type": "heading", "value": line.removeprefix("## ")} for line in lines)
    elif kind == "quote":
        yield {"type": "quote", "value": "\n".join(line.removeprefix("> ") for line in lines)}
    else:
        rows = [line.strip("| ") for line in lines]
        yield {"type": "table", "value": {"header": rows[0], "rows": "\n".join(rows[1:])}}
