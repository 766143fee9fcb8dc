"""The work of making one fragment, in a form that can be sent to another process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec
from django.conf import settings

from exporters.pdf.assets import Variant
from exporters.pdf.book_data import BookData
from exporters.pdf.fragment import Fragment
from exporters.pdf.limits import OversizedCard, refuse_oversized
from exporters.pdf.printed_words import part_texts, texts_digest
from exporters.pdf.refusals import RefusedPart
from exporters.pdf.store import FragmentInMemory, FragmentStore, KeptFragment
from exporters.pdf.templating import render_part
from exporters.pdf.typography import unprintable
from service_catalog.published.card import Card

CARD_TEMPLATES: dict[Variant, str] = {"full": "card", "large": "card", "booklet": "card", "visit": "visit"}

DENSITIES: dict[Variant, tuple[str, ...]] = {
    "full": ("", "tight"),
    "large": ("",),
    "booklet": ("", "tight"),
    "visit": ("", "tight", "small"),
}
"""Ways to set a card of each variant, from the usual one to the densest; all but the first only for better filled pages."""

PRINTED_WHOLE = frozenset(CARD_TEMPLATES) - {"visit"}
"""Variants that print every text of a card."""

_card = msgspec.json.Decoder(Card)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A fragment to make: `key` names the result, `name` the part for people.

    `card` is the JSON of a published card, or empty; then `html` is the part itself.
    """

    key: str
    name: str
    variant: Variant
    card: bytes = b""
    html: str = ""
    pictures: dict[str, bytes] = {}
    """Files of pictures by the SHA-256 under which `html` asks for them."""
    words: tuple[str, ...] = ()
    """Texts besides those of the card that must be found in print."""


def card_job(card: Card, *, edition_sha256: str, variant: Variant = "full") -> Job:
    """The job of one card. Its key is the edition and the variant."""
    key = hashlib.sha256(f"{edition_sha256} {variant}".encode()).hexdigest()
    return Job(key=key, name=f"Karta {card.key}", variant=variant, card=msgspec.json.encode(card))


def html_job(
    html: str,
    *,
    name: str,
    variant: Variant = "full",
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    words: tuple[str, ...] = (),
) -> Job:
    """The job of any other part. Its key is its text (which names its pictures by their hash), its words and the variant."""
    key = hashlib.sha256(f"{variant} {texts_digest(words, None)}\n{html}".encode()).hexdigest()
    return Job(key=key, name=name, variant=variant, html=html, pictures=dict(pictures), words=words)


def perform(job: Job) -> Fragment:
    """Make and prove the fragment. Raises `RefusedPart`. WeasyPrint is imported here: books from kept fragments do not need it."""
    from exporters.pdf.proving import proven
    from exporters.pdf.renderer import UnexpectedFont, UnprintableBook

    card = _card.decode(job.card) if job.card else None
    try:
        if card:
            refuse_oversized(card)
        fragment = _laid_out(job, card)
        whole = card if job.variant in PRINTED_WHOLE else None
        return proven(fragment, name=job.name, texts=part_texts(job.words, whole), proof=texts_digest(job.words, whole))
    except OversizedCard as refusal:
        raise RefusedPart(str(refusal)) from refusal
    except (UnprintableBook, UnexpectedFont) as refusal:
        raise RefusedPart(f"{job.name}: {refusal}") from refusal
    except MemoryError as error:
        raise RefusedPart(f"{job.name}: zabrakło pamięci na złożenie stron. Skróć treść.") from error


def _laid_out(job: Job, card: Card | None) -> Fragment:
    """The fragment, unproven."""
    from exporters.pdf.renderer import render_fragment

    missing = unprintable(job.card.decode() if card else job.html)
    parts = _settings_of(card, job.variant) if card else (job.html,)
    return render_fragment(parts, variant=job.variant, missing=missing, pictures=job.pictures)


def _settings_of(card: Card, variant: Variant) -> Iterator[str]:
    for density in DENSITIES[variant]:
        yield render_part(CARD_TEMPLATES[variant], card=card, density=density)


def performed(job: Job, store: FragmentStore) -> KeptFragment | FragmentInMemory:
    """The fragment from the store, made and kept when it is not there. A disk that refuses only costs time."""
    found = store.find(job.key)
    if found is not None:
        return found
    fragment = perform(job)
    try:
        return store.keep(job.key, fragment)
    except OSError:
        return FragmentInMemory(fragment)


def public_address() -> str:
    """The address of the site, for links and QR codes in print."""
    return str(settings.PUBLIC_ADDRESS)


__all__ = [
    "BookData",
    "Job",
    "RefusedPart",
    "Variant",
    "card_job",
    "html_job",
    "perform",
    "performed",
    "public_address",
]
