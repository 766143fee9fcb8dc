"""The table of formats in which one card can be taken away. Formats do not know each other; only this table knows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from exporters.epuap import addresses
from exporters.epuap.documents import render_card
from exporters.pdf.assets import style_version
from service_catalog.published.card import Card


class CardRenderer(Protocol):
    """A pure function from a published card and the hash of its edition to the bytes of a document."""

    def __call__(self, card: Card, *, edition_sha256: str) -> bytes:
        """Render the card; equal arguments give equal bytes."""


@dataclass(frozen=True, kw_only=True)
class CardFormat:
    """A format: how it is named, served and made.

    `schema` is the address of what describes the document; `version` changes when the same edition gives other bytes, so it is
    part of the ETag. `kept` says that rendering is slow and the result is kept on disk.
    """

    identifier: str
    label: str
    media_type: str
    extension: str
    render: CardRenderer
    schema: str
    version: Callable[[], str]
    kept: bool = False


def _pdf(card: Card, *, edition_sha256: str) -> bytes:
    """The PDF of a card. WeasyPrint is imported here: processes that render no PDF need not pay its memory and half a second."""
    from exporters.pdf.documents import card_pdf

    return card_pdf(card, edition_sha256=edition_sha256)


CARD_FORMATS = {
    "xml": CardFormat(
        identifier="xml",
        label="XML (rama ePUAP)",
        media_type="application/xml; charset=utf-8",
        extension="xml",
        render=render_card,
        schema=addresses.NAMESPACE + "schemat.xsd",
        version=lambda: addresses.VERSION,
    ),
    "pdf": CardFormat(
        identifier="pdf",
        label="PDF (PDF/UA-1)",
        media_type="application/pdf",
        extension="pdf",
        render=_pdf,
        schema="ISO 14289-1",
        version=style_version,
        kept=True,
    ),
}
