"""Short ways to write to the log in tests."""

from __future__ import annotations

import datetime

from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.recording import Proposal, record

MOMENT = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    """A date from its ISO form."""
    return datetime.date.fromisoformat(text)


def proposal(key: str, text: str = "a", *, since: str = "2026-01-01", **changes: object) -> Proposal:
    """A proposal with a short text."""
    values = {
        "kind": EditionKind.CARD,
        "key": key,
        "payload": canonical_json({"text": text}),
        "valid_from": day(since),
        "cause": {"kind": "test"},
    } | changes
    return Proposal(**values)  # type: ignore[arg-type]


def write(*proposals: Proposal) -> list[Edition]:
    """Record proposals at a fixed moment."""
    return record(proposals, recorded_at=MOMENT)


def text_of(edition: Edition | None) -> str:
    """The short text of an edition, "-" for none."""
    if edition is None:
        return "-"
    return bytes(edition.payload).decode().removeprefix('{"text":"').removesuffix('"}')
