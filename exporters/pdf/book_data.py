"""What is told about a PDF besides its pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BookData:
    """Metadata of a PDF. `published_on` is an ISO date that stands for the wall clock, `digest` identifies the content."""

    title: str
    subject: str
    published_on: str
    digest: str
    kind: str
