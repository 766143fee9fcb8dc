"""One search document per service: the general card, the local words of its office cards, and where it is offered.

A document is engine-neutral: analysed words per field, values for filters and facets, and two stored blocks of bytes
(what a result shows, and the term numbers that the re-ranker reads).
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from publication.canonical import canonical_json, sha256_hex
from search.analysis import ANALYSIS_VERSION, Word, words
from service_catalog.published.card import Card, CardKind, DeadlineRule, Named, TopicPlacement
from service_catalog.published.fees_in_short import fees_in_short, is_free_of_charge

TextField = Literal["title", "keywords", "summary", "body", "local"]
TEXT_FIELDS: tuple[TextField, ...] = ("title", "keywords", "summary", "body", "local")
TITLE = 1 << TEXT_FIELDS.index("title")
"""The bit of the title in `Counts`."""
FacetName = Literal["office_type", "topic", "life_event", "audience", "channel", "free_of_charge", "office"]
FACETS: tuple[FacetName, ...] = (
    "office_type", "topic", "life_event", "audience", "channel", "free_of_charge", "office",
)  # fmt: skip
GENERAL = "-001"
"""How the symbol of the general card of a group ends: editors number the cards of a group from the general to the special."""
WEIGHT_OF_TITLE = 2
WEIGHT_OF_GENERAL = 2
MOST_WEIGHT_OF_OFFICES = 2
OFFICES_OF_A_WEIGHT = 4
YES, NO = "tak", "nie"
"""Values of a facet that is a question."""
DOCUMENT_FORMAT = 6
"""Raised by hand whenever the stored blocks of a document, the fields of the embedded engine or what is kept of offices change;
readers leave indexes of other formats alone."""


class Offer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An office that offers the service; fee and time only where they differ from the general card."""

    code: str
    fee: str = ""
    time: str = ""


class Teaser(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a result shows. `office` is the office of a local card."""

    symbol: str
    kind: CardKind
    title: str
    summary: str
    office_type: str
    office: str = ""
    fee: str = ""
    time: str = ""
    offers: tuple[Offer, ...] = ()


class Counts(msgspec.Struct, frozen=True, array_like=True):
    """How often a lemma stands in the title, the keywords and the summary, and the bits of all fields that have it."""

    title: int
    keywords: int
    summary: int
    fields: int


class TermNumbers(msgspec.Struct, frozen=True, array_like=True):
    """The lemmas of a document as the re-ranker reads them.

    `lengths` are the numbers of words in title, keywords and summary. `terms` are the numbers of all lemmas (uint32, little
    endian), `places` say for each which of the `counts` is its own (uint16): most lemmas share a few of them.
    """

    lengths: tuple[int, int, int]
    terms: bytes
    places: bytes
    counts: tuple[Counts, ...]


@dataclass(frozen=True, kw_only=True)
class OfficePart:
    """What an office card adds to the document of its service."""

    code: str
    sha256: str
    sequence: int
    local_texts: tuple[str, ...]
    fee: str
    time: str


@dataclass(frozen=True, kw_only=True)
class ServiceSource:
    """The editions of one service in force on a day: the general (model or local) card and its office cards."""

    card: Card
    sha256: str
    sequence: int
    offices: tuple[OfficePart, ...] = ()

    @property
    def source_hash(self) -> str:
        """Hash of everything the document is made from."""
        parts = [[part.code, part.sha256] for part in self.offices]
        return sha256_hex(canonical_json([ANALYSIS_VERSION, self.card.key, self.sha256, parts]))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name of the matter that is suggested while it is typed. `weight` is 0 to 7, more for what more people look for."""

    text: str
    weight: int = 0


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """What an engine indexes. `facets` hold every value of a filter; `names` the Polish names of the values."""

    key: str
    sequence: int
    source_hash: str
    sort_title: str
    texts: dict[TextField, list[Word]]
    facets: dict[FacetName, tuple[str, ...]]
    suggestions: tuple[Suggestion, ...]
    teaser: bytes
    numbers: bytes
    names: dict[FacetName, dict[str, str]] = field(default_factory=dict)

    def words(self) -> Iterator[Word]:
        """All words of all fields."""
        for found in self.texts.values():
            yield from found


def term_number(lemma: str) -> int:
    """A stable 32-bit number of a lemma (CRC-32); two lemmas of a catalogue hardly ever share one."""
    return zlib.crc32(lemma.encode())


def build(source: ServiceSource) -> SearchDocument:
    """The document of one service."""
    card = source.card
    texts: dict[TextField, list[Word]] = {
        "title": words(card.title),
        "keywords": words("\n".join(_names_of_service(card))),
        "summary": words(card.summary),
        "body": words("\n".join(_body(card))),
        "local": words("\n".join(_local_words(source))),
    }
    return SearchDocument(
        key=card.symbol,
        sequence=max([source.sequence, *(part.sequence for part in source.offices)]),
        source_hash=source.source_hash,
        sort_title=f"{' '.join(word.folded for word in texts['title'])} {card.symbol}",
        texts=texts,
        facets=_facets(source),
        suggestions=tuple(_suggestions(source)),
        teaser=msgspec.msgpack.encode(_teaser(source)),
        numbers=msgspec.msgpack.encode(term_numbers(texts)),
        names=_names_of_values(card),
    )


def _suggestions(source: ServiceSource) -> Iterator[Suggestion]:
    """The title and the everyday names; general cards, those of many offices and those of life events weigh more."""
    card = source.card
    weight = min(MOST_WEIGHT_OF_OFFICES, len(source.offices) // OFFICES_OF_A_WEIGHT) + bool(card.life_events)
    if card.kind != "local" and card.symbol.endswith(GENERAL):
        weight += WEIGHT_OF_GENERAL
    yield Suggestion(card.title, weight + WEIGHT_OF_TITLE)
    for text in dict.fromkeys(item.text for item in card.keywords.everyday if item.text != card.title):
        yield Suggestion(text, weight)


def local_texts(card: Card) -> tuple[str, ...]:
    """Words that only this office wrote: items marked as local, and local notes."""
    items = (*card.keywords.everyday, *card.keywords.misspellings, *card.client_groups, *card.before_you_start)
    found = [item.text for item in (*items, *card.mistakes) if item.local]
    found += [need.text for need in card.special_needs if need.local]
    found += [step.text for step in card.steps if step.local]
    found += [form.title for form in card.forms if form.local]
    found += [f"{fee.kind} {fee.text} {fee.condition}" for fee in card.fees if fee.local]
    found += [channel.text for channel in card.channels if channel.local]
    found += [rule.text for rule in (*card.client_deadlines, *card.handling_time) if rule.local]
    return tuple(text for text in (*found, *card.local_notes) if text)


def time_in_short(rules: Iterable[DeadlineRule]) -> str:
    """How long the office takes, in the words of the card."""
    return next((rule.text for rule in rules), "")


def topic_values(placement: TopicPlacement) -> dict[str, str]:
    """Filter values of a place in the topic tree, all three levels, with their names."""
    category = f"{placement.topic_slug}/{placement.category_slug}"
    return {
        placement.topic_slug: placement.topic,
        category: placement.category,
        f"{category}/{placement.group_slug}": placement.group,
    }


def _names_of_service(card: Card) -> Iterator[str]:
    """Names of the matter besides its title; indexed like the title, the card symbol among them."""
    yield from (card.symbol, card.service, card.official_name, *card.keywords.official)
    yield from (item.text for item in (*card.keywords.everyday, *card.keywords.misspellings))


def _body(card: Card) -> Iterator[str]:
    """The rest of the card that people may search by."""
    yield from (card.who, card.when, card.jurisdiction.text, card.outcome.text, card.office_type.name)
    for placement in (card.topic, *card.more_topics):
        yield f"{placement.topic} {placement.category} {placement.group}"
    yield from (event.title for event in card.life_events)
    yield from (item.text for item in (*card.client_groups, *card.before_you_start, *card.mistakes))
    yield from (f"{document.name} {document.condition} {document.note}" for document in card.documents)
    yield from (f"{form.title} {form.code}" for form in card.forms)
    yield from (step.text for step in card.steps)
    yield from (f"{fee.kind} {fee.text} {fee.condition}" for fee in card.fees)
    yield from card.exemptions
    yield from (rule.text for rule in (*card.client_deadlines, *card.handling_time))
    yield from (need.text for need in card.special_needs)
    yield from (citation.title for citation in card.legal_basis)
    yield from card.local_notes


def _local_words(source: ServiceSource) -> dict[str, None]:
    """Local words of all offices, each text once."""
    return dict.fromkeys(text for part in source.offices for text in part.local_texts)


def _facets(source: ServiceSource) -> dict[FacetName, tuple[str, ...]]:
    card = source.card
    topics = [value for placement in (card.topic, *card.more_topics) for value in topic_values(placement)]
    offices = {part.code for part in source.offices} | ({card.office.code} if card.office else set())
    return {
        "office_type": (card.office_type.code,),
        "topic": tuple(dict.fromkeys(topics)),
        "life_event": tuple(dict.fromkeys(placement.event for placement in card.life_events)),
        "audience": card.audience,
        "channel": tuple(dict.fromkeys(channel.channel for channel in card.channels if channel.available)),
        "free_of_charge": (YES if is_free_of_charge(card.fees) else NO,),
        "office": tuple(sorted(offices)),
    }


def _names_of_values(card: Card) -> dict[FacetName, dict[str, str]]:
    topics: dict[str, str] = {}
    for placement in (card.topic, *card.more_topics):
        topics.update(topic_values(placement))
    named: Named = card.office_type
    return {
        "office_type": {named.code: named.name},
        "topic": topics,
        "life_event": {placement.event: placement.title for placement in card.life_events},
    }


def _teaser(source: ServiceSource) -> Teaser:
    card = source.card
    fee, time = fees_in_short(card.fees), time_in_short(card.handling_time)
    return Teaser(
        symbol=card.symbol,
        kind=card.kind,
        title=card.title,
        summary=card.summary,
        office_type=card.office_type.name,
        office=card.office.code if card.office else "",
        fee=fee,
        time=time,
        offers=tuple(
            Offer(part.code, part.fee if part.fee != fee else "", part.time if part.time != time else "")
            for part in source.offices
        ),
    )


def term_numbers(texts: dict[TextField, list[Word]]) -> TermNumbers:
    """The lemmas of analysed texts as the re-ranker reads them."""
    counted = {
        name: Counter(term_number(lemma) for word in texts[name] for lemma in word.lemmas) for name in TEXT_FIELDS
    }
    terms = sorted({number for found in counted.values() for number in found})
    places: dict[Counts, int] = {}
    own = [
        places.setdefault(
            Counts(
                counted["title"][number],
                counted["keywords"][number],
                counted["summary"][number],
                sum(1 << place for place, name in enumerate(TEXT_FIELDS) if number in counted[name]),
            ),
            len(places),
        )
        for number in terms
    ]
    return TermNumbers(
        lengths=(len(texts["title"]), len(texts["keywords"]), len(texts["summary"])),
        terms=array("I", terms).tobytes(),
        places=array("H", own).tobytes(),
        counts=tuple(places),
    )
