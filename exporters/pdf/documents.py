"""PDF documents: one card, and the handbook of an office type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporters.pdf.renderer import BookData, render_book
from exporters.pdf.templating import render_part
from exporters.pdf.word_index import polish_order, word_index
from service_catalog.published.card import Card
from service_catalog.published.register import OfficeType


@dataclass(frozen=True)
class Chapter:
    """The cards of one topic (dział), in the order of categories and titles. `anchor` is unique in the book."""

    anchor: str
    title: str
    cards: tuple[Card, ...]


def card_pdf(card: Card, *, edition_sha256: str) -> bytes:
    """The PDF of one card. Depends on the card, the hash and the demonstration setting, on nothing else."""
    data = BookData(
        title=f"{card.title} ({card.symbol})",
        subject=f"Karta usługi: {card.official_name}",
        published_on=card.valid_from,
        digest=edition_sha256,
        kind="card",
    )
    return render_book([render_part("card", card=card, level=1, printed=frozenset())], data)


def handbook(office_type: OfficeType, cards: Sequence[Card], *, editions_sha256: str, published_on: str) -> bytes:
    """The handbook of an office type: cover, contents, the cards by topic, an index of everyday words.

    `published_on` is the newest day (ISO) from which one of the cards is in force; `editions_sha256` identifies them all.
    """
    chapters = chapters_of(cards)
    data = BookData(
        title=f"Podręcznik: katalog i karty usług – {office_type.name}",
        subject=f"Wzorcowy katalog i karty usług: {office_type.name_plural}",
        published_on=published_on,
        digest=editions_sha256,
        kind="handbook",
    )
    context = {"data": data, "office_type": office_type, "chapters": chapters, "count": len(cards)}
    printed = frozenset(card.symbol for card in cards)
    parts = [
        render_part("cover", legal_state=legal_state(cards), **context),
        render_part("contents", **context),
    ]
    for chapter in chapters:
        parts.append(render_part("chapter", chapter=chapter))
        parts += [render_part("card", card=card, level=3, printed=printed) for card in chapter.cards]
    parts.append(render_part("word_index", sections=word_index(cards)))
    return render_book(parts, data)


def chapters_of(cards: Iterable[Card]) -> tuple[Chapter, ...]:
    """Cards grouped by topic in alphabetical order, inside a topic by category and title."""
    topics: dict[str, list[Card]] = {}
    for card in cards:
        topics.setdefault(card.topic.topic, []).append(card)
    ordered = sorted(topics, key=polish_order)
    return tuple(
        Chapter(anchor=f"dzial-{number}", title=topic, cards=tuple(sorted(topics[topic], key=_order_in_chapter)))
        for number, topic in enumerate(ordered, start=1)
    )


def _order_in_chapter(card: Card) -> tuple[object, ...]:
    return (polish_order(card.topic.category), polish_order(card.title), card.key)


def legal_state(cards: Iterable[Card]) -> tuple[str, str]:
    """The oldest and the newest legal-state date of the cards (ISO); empty texts for no cards."""
    dates = sorted(card.legal_state_date for card in cards)
    return (dates[0], dates[-1]) if dates else ("", "")
