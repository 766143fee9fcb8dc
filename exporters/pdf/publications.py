"""What is printed: the handbook of an office type and the printed catalogue of an office, as parts in order.

A publication is described here without a layout engine: each part is a job for a fragment. Cards come as editions in force on a
day; what is suspended or withdrawn never gets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exporters.pdf.book_data import BookData
from exporters.pdf.jobs import Job, card_job, html_job
from exporters.pdf.late import Thumb
from exporters.pdf.templating import render_part
from exporters.pdf.word_index import cited_acts, polish_order, word_index
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.register import OfficeType
from service_catalog.published.wording import plural

CARD_SHIFT = 2
"""In a book the title of a card is a heading of the third level."""
SEPARATOR = "."


@dataclass(frozen=True)
class CardEdition:
    """A card and the hash of its edition."""

    card: Card
    sha256: str


@dataclass(frozen=True, kw_only=True)
class EditedChapter:
    """A chapter written by editors: clean HTML that begins with an `h2`; its anchor is unique in the book."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Chapters:
    """Edited chapters of a book: those before the cards and those after them. Empty when nobody has written any."""

    before: tuple[EditedChapter, ...] = ()
    after: tuple[EditedChapter, ...] = ()


@dataclass(frozen=True)
class TopicChapter:
    """The cards of one topic (dział), in the order of categories and titles. `anchor` is unique in the book.

    `scopes` are the endings of the anchors of its cards: empty, or the office when a book has cards of several offices.
    """

    anchor: str
    title: str
    editions: tuple[CardEdition, ...]
    scopes: tuple[str, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards alone."""
        return tuple(edition.card for edition in self.editions)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Words of the cover."""

    title: str
    lead: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlannedPart:
    """A job with its place in the book; see `assembly.Part`."""

    job: Job
    shift: int = 0
    scope: str = ""
    thumb: Thumb | None = None
    card: Card | None = None

    @property
    def name(self) -> str:
        """Name of the part for people."""
        return self.job.name


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A book: its metadata, its cover and its cards."""

    data: BookData
    cover: Cover
    editions: tuple[CardEdition, ...]
    chapters: Chapters = field(default_factory=Chapters)
    several_offices: bool = False

    @cached_property
    def topics(self) -> tuple[TopicChapter, ...]:
        """Cards grouped by topic in alphabetical order, inside a topic by category and title."""
        found: dict[str, list[CardEdition]] = {}
        for edition in self.editions:
            found.setdefault(edition.card.topic.topic, []).append(edition)
        chapters = []
        for number, topic in enumerate(sorted(found, key=polish_order), start=1):
            editions = tuple(sorted(found[topic], key=_order_in_chapter))
            scopes = tuple(self._suffix(edition.card) for edition in editions)
            chapters.append(TopicChapter(f"dzial-{number}", topic, editions, scopes))
        return tuple(chapters)

    def scope(self, card: Card) -> str:
        """What distinguishes the anchor of this card from that of another office."""
        return card.office.code if self.several_offices and card.office else ""

    def _suffix(self, card: Card) -> str:
        scope = self.scope(card)
        return f"{SEPARATOR}{scope}" if scope else ""

    def anchored_cards(self) -> list[tuple[str, Card]]:
        """Cards in the order of the book with the anchors by which they are reached."""
        return [
            (f"karta-{edition.card.symbol}{scope}", edition.card)
            for topic in self.topics
            for edition, scope in zip(topic.editions, topic.scopes, strict=True)
        ]

    def parts(self, *, one_piece: bool = False) -> list[PlannedPart]:
        """All parts in order. `one_piece` is for layout of the whole book at once."""
        cards = self.anchored_cards()
        planned = [
            self._html("Okładka", "cover", cover=self.cover, data=self.data, legal_state=legal_state(self.cards))
        ]
        planned.append(
            self._html("Spis treści", "contents", chapters=self.topics, closing=self._closing(), one_piece=one_piece)
        )
        planned += [self._edited(chapter) for chapter in self.chapters.before]
        for number, topic in enumerate(self.topics, start=1):
            thumb = Thumb(place=number - 1, count=len(self.topics), sign=str(number), name=topic.title)
            planned.append(self._html(f"Dział {topic.title}", "chapter", thumb=thumb, chapter=topic, number=number))
            planned += [self._card(edition, thumb) for edition in topic.editions]
        planned += [self._edited(chapter) for chapter in self.chapters.after]
        planned.append(self._html("Akty prawne", "acts", acts=cited_acts(cards), one_piece=one_piece))
        planned.append(
            self._html("Indeks słów potocznych", "word_index", sections=word_index(cards), one_piece=one_piece)
        )
        return planned

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards alone."""
        return tuple(edition.card for edition in self.editions)

    def _closing(self) -> tuple[EditedChapter, ...]:
        """Entries of the contents after the topics."""
        generated = (("akty-prawne", "Akty prawne przywołane w kartach"), ("indeks", "Indeks słów potocznych"))
        lists = tuple(EditedChapter(anchor=anchor, title=title, html="") for anchor, title in generated)
        return (*self.chapters.after, *lists)

    def _card(self, edition: CardEdition, thumb: Thumb) -> PlannedPart:
        job = card_job(edition.card, edition_sha256=edition.sha256)
        scope = self.scope(edition.card)
        return PlannedPart(job=job, shift=CARD_SHIFT, scope=scope, thumb=thumb, card=edition.card)

    def _edited(self, chapter: EditedChapter) -> PlannedPart:
        html = render_part("edited", chapter=chapter)
        return PlannedPart(job=html_job(html, name=f"Rozdział „{chapter.title}”"))

    def _html(self, name: str, template: str, *, thumb: Thumb | None = None, **context: Any) -> PlannedPart:
        return PlannedPart(job=html_job(render_part(template, **context), name=name), thumb=thumb)


def handbook_publication(
    office_type: OfficeType,
    editions: Sequence[CardEdition],
    *,
    editions_sha256: str,
    published_on: str,
    chapters: Chapters | None = None,
) -> Publication:
    """The handbook of an office type. `published_on` is the newest day (ISO) from which one of the cards is in force."""
    title = f"Podręcznik: katalog i karty usług – {office_type.name}"
    count = plural(len(editions), "karta wzorcowa", "karty wzorcowe", "kart wzorcowych")
    return Publication(
        data=BookData(
            title=title,
            subject=f"Wzorcowy katalog i karty usług: {office_type.name_plural}",
            published_on=published_on,
            digest=editions_sha256,
            kind="handbook",
        ),
        cover=Cover(title=title, lead=f"{count} – {office_type.name_plural}"),
        editions=tuple(editions),
        chapters=chapters or Chapters(),
    )


def catalogue_publication(
    office: Office, editions: Sequence[CardEdition], *, editions_sha256: str, published_on: str
) -> Publication:
    """The printed catalogue of an office: its own cards with their local information."""
    contact = [office.phone and f"tel. {office.phone}", office.email, office.website]
    return Publication(
        data=BookData(
            title=f"Katalog usług – {office.name}",
            subject=f"Katalog i karty usług: {office.name}",
            published_on=published_on,
            digest=editions_sha256,
            kind="catalogue",
        ),
        cover=Cover(
            title=f"Katalog usług – {office.name}",
            lead=plural(len(editions), "karta usługi", "karty usług", "kart usług"),
            lines=(office.address, ", ".join(filter(None, contact))),
        ),
        editions=tuple(editions),
    )


def _order_in_chapter(edition: CardEdition) -> tuple[object, ...]:
    card = edition.card
    return (polish_order(card.topic.category), polish_order(card.title), card.key)


def legal_state(cards: Iterable[Card]) -> tuple[str, str]:
    """The oldest and the newest legal-state date of the cards (ISO); empty texts for no cards."""
    dates = sorted(card.legal_state_date for card in cards)
    return (dates[0], dates[-1]) if dates else ("", "")
