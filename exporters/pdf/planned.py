"""A part of a book in its place: the job that makes its fragment, and what must be found in print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from exporters.pdf.assets import Variant
from exporters.pdf.book_data import BookData
from exporters.pdf.jobs import Job, html_job
from exporters.pdf.late import Thumb
from exporters.pdf.printed_words import part_texts, texts_digest
from exporters.pdf.templating import render_part
from service_catalog.published.card import Card


@dataclass(frozen=True, kw_only=True)
class PlannedPart:
    """A job with its place in the book; see `assembly.Part`. `card` is one whose texts must all be found in print."""

    job: Job
    shift: int = 0
    scope: str = ""
    thumb: Thumb | None = None
    card: Card | None = None

    @property
    def name(self) -> str:
        """Name of the part for people."""
        return self.job.name

    def texts(self) -> Iterable[str]:
        """Texts that must stand in the printed part, as they are typeset."""
        return part_texts(self.job.words, self.card)

    def proof(self) -> str:
        """What a fragment must be proven to print to stand for these texts."""
        return texts_digest(self.job.words, self.card)


class Book(Protocol):
    """Anything that can be put together as a book."""

    @property
    def data(self) -> BookData:
        """Metadata."""

    @property
    def variant(self) -> Variant:
        """How it is printed."""

    def parts(self, *, one_piece: bool = False) -> list[PlannedPart]:
        """All parts in order."""


def template_part(
    name: str,
    template: str,
    *,
    variant: Variant,
    thumb: Thumb | None = None,
    words: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    **context: Any,
) -> PlannedPart:
    """A part from a template of `templates/exporters/pdf/`."""
    html = render_part(template, **context)
    job = html_job(html, name=name, variant=variant, pictures=pictures, words=words)
    return PlannedPart(job=job, thumb=thumb)
