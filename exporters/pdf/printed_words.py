"""The texts of a card that a printed card must hold word for word, in the form in which they are typeset."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from exporters.pdf.typography import plain_typeset
from service_catalog.published.card import Card


def printed_texts(card: Card) -> Iterator[str]:
    """Every text written by people that the print templates print whole."""
    for text in _texts(card):
        for line in text.split("\n"):
            if line.strip():
                yield plain_typeset(line)


def part_texts(words: Sequence[str], card: Card | None) -> Iterator[str]:
    """The texts of a part of a book: the words that its plan names, and those of its card."""
    yield from map(plain_typeset, words)
    if card is not None:
        yield from printed_texts(card)


def texts_digest(words: Sequence[str], card: Card | None) -> str:
    """Hash of what `part_texts` is made of: equal hashes mean equal texts. Typesetting takes far longer than this."""
    digest = hashlib.sha256()
    for text in (*words, "", *(_texts(card) if card is not None else ())):
        digest.update(b"%d %b" % (len(text), text.encode("utf-8", "surrogatepass")))
    return digest.hexdigest()


def _texts(card: Card) -> Iterator[str]:
    yield from (card.title, card.official_name, card.summary, card.who, card.when, card.jurisdiction.text)
    yield from (card.outcome.text, card.pickup, card.consequence_of_missing, card.privacy_notice, card.change_note)
    for items in (card.client_groups, card.before_you_start, card.mistakes):
        yield from (item.text for item in items)
    for document in card.documents:
        yield from (document.name, document.condition, document.note)
    yield from (form.title for form in card.forms)
    yield from (step.text for step in card.steps)
    for fee in card.fees:
        yield from (fee.kind, fee.condition, fee.text)
    yield from (*card.exemptions, *card.local_notes)
    for rule in (*card.client_deadlines, *card.handling_time):
        yield from (rule.text, rule.consequence)
    yield from (remedy.text for remedy in card.appeal)
    yield from (need.text for need in card.special_needs)
    yield from (channel.text for channel in card.channels)
    yield from (act.title for act in card.legal_basis)
    yield from (other.service for other in card.related)
