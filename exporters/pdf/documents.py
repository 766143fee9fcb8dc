"""PDF documents: one card in its variants, and whole publications."""

from __future__ import annotations

import io
from collections.abc import Sequence

from exporters.pdf.archive import Attachment
from exporters.pdf.assembly import Assembler, Part, scoped
from exporters.pdf.book_data import BookData
from exporters.pdf.checking import check_book
from exporters.pdf.fragment import FragmentSource
from exporters.pdf.jobs import PRINTED_WHOLE, Variant, card_job, performed
from exporters.pdf.late import LAYOUTS
from exporters.pdf.planned import Book, PlannedPart
from exporters.pdf.store import FragmentStore, font_cache, fragment_store
from exporters.pdf.templating import render_part
from service_catalog.published.card import Card

VARIANT_TITLES: dict[Variant, str] = {"full": "", "visit": "jedna wizyta, ", "large": "duży druk, "}
"""Variants of single cards with what they add to the title."""


def card_pdf(
    card: Card,
    *,
    edition_sha256: str,
    variant: Variant = "full",
    attachments: Sequence[Attachment] | None = None,
    store: FragmentStore | None = None,
) -> bytes:
    """The PDF of one card. Depends on the card, the hash, the variant, the attachments and the style, on nothing else.

    With attachments, even none, it is PDF/A-3b besides PDF/UA-1. Raises `refusals.RefusedPart` and `refusals.FaultyBook`.
    """
    data = card_data(card, edition_sha256=edition_sha256, variant=variant)
    if without_fragments():
        from exporters.pdf.renderer import render_book

        return render_book([render_part("card", card=card, level=1, one_piece=True, density="")], data)
    job = card_job(card, edition_sha256=edition_sha256, variant=variant)
    source = performed(job, store or fragment_store())
    planned = PlannedPart(job=job, card=card if variant in PRINTED_WHOLE else None)
    written = io.BytesIO()
    book = assembler(data, [planned], [source], outline_depth=2, variant=variant, attachments=attachments)
    book.write(written)
    content = written.getvalue()
    check_book(content, parts=[planned], fragments=[source])
    return content


def card_data(card: Card, *, edition_sha256: str, variant: Variant) -> BookData:
    """Metadata of the PDF of one card."""
    return BookData(
        title=f"{card.title} ({VARIANT_TITLES[variant]}{card.symbol})",
        subject=f"Karta usługi: {card.official_name}",
        published_on=card.valid_from,
        digest=edition_sha256,
        kind="card",
    )


def assembler(
    data: BookData,
    planned: Sequence[PlannedPart],
    sources: Sequence[FragmentSource],
    *,
    outline_depth: int = 3,
    variant: Variant = "full",
    attachments: Sequence[Attachment] | None = None,
) -> Assembler:
    """The assembler of a book from its plan and the fragments of its parts, in the same order."""
    parts = [
        Part(source=source, name=part.job.name, shift=part.shift, scope=part.scope, thumb=part.thumb)
        for part, source in zip(planned, sources, strict=True)
    ]
    return Assembler(
        data,
        parts,
        font_cache=font_cache(),
        outline_depth=outline_depth,
        layout=LAYOUTS[variant],
        attachments=attachments,
    )


def publication_in_one_piece(publication: Book) -> bytes:
    """The same publication laid out by WeasyPrint at once: the fallback, and the baseline of measurements."""
    from exporters.pdf.renderer import render_book

    planned = publication.parts(one_piece=True)
    printed = frozenset(part.card.symbol for part in planned if part.card and not part.scope)
    pictures = {name: content for part in planned for name, content in part.job.pictures.items()}
    parts = []
    for part in planned:
        html = part.job.html
        if part.card:
            suffix = scoped("", part.scope)
            html = render_part(
                "card", card=part.card, level=3, one_piece=True, printed=printed, suffix=suffix, density=""
            )
        parts.append(html)
    return render_book(parts, publication.data, pictures)


def without_fragments() -> bool:
    """Whether WeasyPrint is not the one that fragments need. Its version is looked at without importing it."""
    from importlib.metadata import version

    from exporters.pdf.assets import EXPECTED_WEASYPRINT

    if version("weasyprint") == EXPECTED_WEASYPRINT:
        return False
    from exporters.pdf.hooks import missing_hooks

    return bool(missing_hooks())
