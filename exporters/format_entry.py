"""What a format is: how it is named, served, made and checked. The table in `formats` is made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from exporters.areas import Areas
from exporters.catalogue import Catalogue
from exporters.findings import Finding
from exporters.unfinished import Part
from service_catalog.published.card import Card


class CardRenderer(Protocol):
    """A pure function from a published card and the hash of its edition to the bytes of a document."""

    def __call__(self, card: Card, *, edition_sha256: str) -> bytes:
        """Render the card; equal arguments give equal bytes."""


class ExportFolder(Protocol):
    """A format that writes many files: how many, how they are made, and what is not left of an earlier export."""

    def expected(self) -> int:
        """How many files all parts have."""

    def parts(self) -> Iterator[Part]:
        """The files, in groups that are made together; a group that was finished before need not be made."""

    def holds_only(self) -> tuple[str, ...]:
        """Patterns of files of which the folder holds no others after this export."""


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Which public fields of a struct a format cannot hold; "appeal" stands for everything inside it."""

    shape: type[msgspec.Struct] = Card
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: how it is named, served, made and checked.

    `identifier` is its name for commands, `segment` its part of an address. `schema` is the address of what describes the
    document; `version` changes when the same edition gives other bytes, so it is part of the ETag.
    """

    identifier: str
    segment: str
    label: str
    media_type: str
    extension: str
    schema: str
    version: Callable[[], str]
    render: CardRenderer | None = None
    """One card as bytes; None for a format that only holds collections."""
    in_area: Callable[[Areas], CardRenderer] | None = None
    """For a format that also says where a service is offered: the renderer of a card whose office is competent there."""
    collection: Callable[[Catalogue], Iterator[bytes]] | None = None
    """A collection as a stream of bytes; None for a format of single cards."""
    folder: Callable[[Catalogue], ExportFolder] | None = None
    """For a format whose collection is a folder of files."""
    validate: Callable[[Path], list[Finding]] | None = None
    standing: str = ""
    """Said with every validation: what the check cannot promise."""
    losses: Losses | None = None
    """None for formats for reading, whose fields cannot be compared one by one (PDF)."""
    needs_office: bool = False
    """Whether a collection over HTTP is always the one of an office."""
    identity: Callable[[Catalogue], str] | None = None
    """One hash of everything a collection is made of, when that is more than its cards, offices and life events."""
    for_consultants: bool = False
    """Whether it holds what only consultants and staff may read: never served to the public."""
    whole: bool = False
    """Whether it always holds the whole catalogue, so that an office, type or symbol cannot be asked for."""
