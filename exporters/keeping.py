"""Documents kept on disk under the hash of what they are made of, so that each is made once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from exporters.catalogue import Catalogue
from exporters.files import replace_file
from exporters.format_entry import Format

NEWEST_COLLECTIONS = 12
"""How many collections of one format stay on disk: every change of a card makes a new one of megabytes."""


def document_digest(edition_sha256: str, card_format: Format) -> str:
    """Name of a document: hash over the edition, the format and the version of the format."""
    return hashlib.sha256(f"{edition_sha256} {card_format.identifier} {card_format.version()}".encode()).hexdigest()


def collection_digest(catalogue: Catalogue, chosen: Format) -> str:
    """Name of a collection: hash over all its editions, what was asked for, the format and its version."""
    asked = f"{catalogue.office} {catalogue.office_type} {catalogue.symbol} {catalogue.since}"
    identity = chosen.identity(catalogue) if chosen.identity else catalogue.identity().sha256
    return document_digest(f"{identity} {asked}", chosen)


def kept_document(digest: str, card_format: Format, make: Callable[[], bytes]) -> bytes:
    """The document from disk, or made and put there. A disk that refuses to be written only costs time."""
    path = _folder(card_format) / digest[:2] / f"{digest}.{card_format.extension}"
    try:
        return path.read_bytes()
    except OSError:
        content = make()
    try:
        replace_file(path, [content])
    except OSError:
        return content
    return content


def kept_collection(catalogue: Catalogue, chosen: Format, digest: str) -> Path:
    """The file of a collection, written when it is not there yet. Raises `OSError` when the disk refuses."""
    assert chosen.collection is not None
    folder = _folder(chosen) / "katalog"
    path = folder / f"{digest}.{chosen.extension}"
    if not path.exists():
        replace_file(path, chosen.collection(catalogue))
        _forget_oldest(folder)
    return path


def _folder(chosen: Format) -> Path:
    return Path(settings.DATA_DIRECTORY) / chosen.segment


def _forget_oldest(folder: Path) -> None:
    """Leave the newest collections; one that another process removes at the same time is no error."""
    files = sorted((entry for entry in os.scandir(folder) if entry.is_file()), key=lambda entry: entry.stat().st_mtime)
    for entry in files[:-NEWEST_COLLECTIONS]:
        Path(entry.path).unlink(missing_ok=True)
