"""The shape of a knowledge package: editions in a ZIP, in parts by kind, with a manifest. Exporters write it, importers read it."""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT = "okienko-knowledge-package/1"
"""Changes only when an old importer could not read the package."""
MANIFEST = "manifest.json"
SYNONYMS = "synonyms.json"
PARTS = {
    "register": "registers.jsonl",
    "office": "offices.jsonl",
    "card": "cards.jsonl",
    "life_event": "life_events.jsonl",
    "article": "articles.jsonl",
}
"""File per kind of edition. The registers hold the topic tree, office types, acts and forms."""

Scope = Literal["public", "consultant"]


class FileNote(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the package: how many rows or entries, and the SHA-256 of its bytes."""

    name: str
    count: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The last file of the package. `sequence` is what a reader gives as `since` for the next delta.

    A full package has `since` null and holds everything in force on `on` and everything that takes force later; a delta holds every
    edition recorded after `since`, tombstones included.
    """

    format: str
    scope: Scope
    since: int | None
    sequence: int
    on: str
    files: list[FileNote]


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition. `payload` is canonical JSON as it was hashed; dates are ISO."""

    sequence: int
    kind: str
    key: str
    state: str
    valid_from: str
    valid_to: str | None
    sha256: str
    labels: list[tuple[str, str]]
    payload: msgspec.Raw


class ConsultantRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition with what only consultants and staff read."""

    restricted_sha256: str
    restricted: msgspec.Raw
