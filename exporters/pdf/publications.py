"""What is printed: the handbook of an office type and the printed catalogue of an office, as parts in order.

A publication is described here without a layout engine: each part is a job for a fragment. Cards come as editions; what is
suspended or withdrawn never gets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exporters.pdf.assets import Variant
from exporters.pdf.book_data import BookData
from exporters.pdf.chapters import Chapters, EditedChapter, edited_chapters
from exporters.pdf.jobs import card_job
from exporters.pdf.late import Thumb
from exporters.pdf.planned import PlannedPart, template_part
from exporters.pdf.word_index import cited_acts, glossary, polish_order, word_index
from handbooks.published.handbook import Handbook
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
    """Words of the cover. `place` is the public page of the publication, below the address of the site."""

    title: str
    lead: str
    lines: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A book of cards: its metadata, its cover and its cards. `edition` is the approved edition that it prints, if any.

    `left_out` are titles of cards of that edition which have been suspended or withdrawn since.
    """

    data: BookData
    cover: Cover
    editions: tuple[CardEdition, ...]
    chapters: Chapters = field(default_factory=Chapters)
    several_offices: bool = False
    variant: Variant = "full"
    edition: Handbook | None = None
    left_out: tuple[str, ...] = ()

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
        planned = [*self._opening_parts(one_piece), *(part.part(variant=self.variant) for part in self.chapters.before)]
        planned.append(self._part("Przegląd katalogu", "overview", topics=self.topics, one_piece=one_piece))
        for number, topic in enumerate(self.topics, start=1):
            thumb = Thumb(place=number - 1, count=len(self.topics), sign=str(number), name=topic.title)
            planned.append(self._part(f"Dział {topic.title}", "chapter", thumb=thumb, chapter=topic, number=number))
            planned += [self._card(edition, thumb) for edition in topic.editions]
        planned += [part.part(variant=self.variant) for part in self.chapters.after]
        return [*planned, *self._closing_parts(one_piece)]

    def _opening_parts(self, one_piece: bool) -> list[PlannedPart]:
        """Cover, imprint, contents and what has changed."""
        told = {"cover": self.cover, "data": self.data, "edition": self.edition, "legal_state": legal_state(self.cards)}
        planned = [
            self._part("Okładka", "cover", **told),
            self._part("Stopka redakcyjna", "imprint", left_out=self.left_out, count=len(self.editions), **told),
            self._part(
                "Spis treści",
                "contents",
                opening=self._opening(),
                chapters=self.topics,
                closing=self._closing(),
                one_piece=one_piece,
            ),
        ]
        if self.has_changes():
            symbols = {card.key for card in self.cards}
            planned.append(self._part("Zmiany", "changes", edition=self.edition, symbols=symbols, one_piece=one_piece))
        return planned

    def _closing_parts(self, one_piece: bool) -> list[PlannedPart]:
        """The generated lists."""
        cards = self.anchored_cards()
        return [
            self._part("Nazwy urzędowe i potoczne", "glossary", entries=glossary(cards), one_piece=one_piece),
            self._part("Akty prawne", "acts", acts=cited_acts(cards), one_piece=one_piece),
            self._part("Indeks słów potocznych", "word_index", sections=word_index(cards), one_piece=one_piece),
        ]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards alone."""
        return tuple(edition.card for edition in self.editions)

    def has_changes(self) -> bool:
        """Whether the edition says what is different from the one before."""
        return self.edition is not None and self.edition.number > 1

    def _opening(self) -> tuple[EditedChapter, ...]:
        """Entries of the contents before the topics."""
        changes = (
            (EditedChapter(anchor="zmiany", title="Zmiany od poprzedniego wydania"),) if self.has_changes() else ()
        )
        return (*changes, *self.chapters.before, EditedChapter(anchor="przeglad", title="Katalog usług: przegląd"))

    def _closing(self) -> tuple[EditedChapter, ...]:
        """Entries of the contents after the topics."""
        generated = (
            ("nazwy", "Nazwy urzędowe i potoczne"),
            ("akty-prawne", "Akty prawne przywołane w kartach"),
            ("indeks", "Indeks słów potocznych"),
        )
        return (*self.chapters.after, *(EditedChapter(anchor=anchor, title=title) for anchor, title in generated))

    def _card(self, edition: CardEdition, thumb: Thumb) -> PlannedPart:
        job = card_job(edition.card, edition_sha256=edition.sha256, variant=self.variant)
        scope = self.scope(edition.card)
        return PlannedPart(job=job, shift=CARD_SHIFT, scope=scope, thumb=thumb, card=edition.card)

    def _part(self, name: str, template: str, **context: Any) -> PlannedPart:
        return template_part(name, template, variant=self.variant, **context)


def handbook_publication(
    office_type: OfficeType,
    editions: Sequence[CardEdition],
    *,
    editions_sha256: str,
    published_on: str,
    edition: Handbook | None = None,
    left_out: Sequence[str] = (),
    variant: Variant = "full",
) -> Publication:
    """The handbook of an office type: an approved edition, or the present state of its cards with the chapters of none."""
    title = edition.title if edition else f"Podręcznik: katalog i karty usług – {office_type.name}"
    count = plural(len(editions), "karta wzorcowa", "karty wzorcowe", "kart wzorcowych")
    return Publication(
        data=BookData(
            title=f"{title}, wydanie {edition.number}" if edition else title,
            subject=f"Wzorcowy katalog i karty usług: {office_type.name_plural}",
            published_on=published_on,
            digest=editions_sha256,
            kind="handbook",
        ),
        cover=Cover(
            title=title, lead=f"{count} – {office_type.name_plural}", place=f"/publikacje/typ/{office_type.code}/"
        ),
        editions=tuple(editions),
        chapters=edited_chapters(edition.chapters) if edition else Chapters(),
        edition=edition,
        left_out=tuple(left_out),
        variant=variant,
    )


def catalogue_publication(
    office: Office,
    editions: Sequence[CardEdition],
    *,
    editions_sha256: str,
    published_on: str,
    variant: Variant = "full",
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
            place=f"/publikacje/urzad/{office.code}/",
        ),
        editions=tuple(editions),
        variant=variant,
    )


def _order_in_chapter(edition: CardEdition) -> tuple[object, ...]:
    card = edition.card
    return (polish_order(card.topic.category), polish_order(card.title), card.key)


def legal_state(cards: Iterable[Card]) -> tuple[str, str]:
    """The oldest and the newest legal-state date of the cards (ISO); empty texts for no cards."""
    dates = sorted(card.legal_state_date for card in cards)
    return (dates[0], dates[-1]) if dates else ("", "")
