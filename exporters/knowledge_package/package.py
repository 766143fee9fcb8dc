"""Writing a knowledge package: streamed, deterministic, one part per kind of edition."""

from __future__ import annotations

import datetime
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from django.db.models import Q

from exporters.archives import Pipe, entry
from exporters.json_text import compact, indented
from publication.models import Edition, EditionQuerySet
from publication.package_format import FORMAT, MANIFEST, PARTS, SYNONYMS, ConsultantRow, FileNote, Manifest, Row, Scope
from publication.reading import editions, head_sequence, restricted_editions

VERSION = "1"
"""Changes when the same editions give other bytes."""
SCHEMA = "docs/integrators/knowledge-package.md"
CHUNK = 200

Synonyms = Callable[[], list[dict[str, str]]]
"""Where the synonyms come from: the search, which this package does not know."""


def full(
    *, on: datetime.date, scope: Scope, synonyms: Synonyms, progress: Callable[[], object] | None = None
) -> Iterator[bytes]:
    """Everything in force on the day or later, up to the present end of the log."""
    last = head_sequence()
    found = _editions(scope).filter(sequence__lte=last)
    in_force = found.in_force(on=on).values("pk")
    chosen = found.filter(Q(pk__in=in_force) | Q(valid_from__gt=on))
    return _package(chosen, scope=scope, since=None, last=last, on=on, synonyms=synonyms, progress=progress)


def delta(
    since: int, *, on: datetime.date, scope: Scope, synonyms: Synonyms, progress: Callable[[], object] | None = None
) -> Iterator[bytes]:
    """Every edition recorded after `since`, tombstones included, up to the present end of the log."""
    last = head_sequence()
    chosen = _editions(scope).after(since).filter(sequence__lte=last)
    return _package(chosen, scope=scope, since=since, last=last, on=on, synonyms=synonyms, progress=progress)


def identity(*, on: datetime.date, since: int | None, synonyms: Synonyms) -> str:
    """One hash of everything that a package depends on. One query and the synonyms."""
    named = json.dumps([head_sequence(), on.isoformat(), since, synonyms()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(named.encode()).hexdigest()


def _editions(scope: Scope) -> EditionQuerySet:
    """Only a package for consultants selects the restricted column."""
    return restricted_editions() if scope == "consultant" else editions()


def _package(
    chosen: EditionQuerySet,
    *,
    scope: Scope,
    since: int | None,
    last: int,
    on: datetime.date,
    synonyms: Synonyms,
    progress: Callable[[], object] | None,
) -> Iterator[bytes]:
    pipe = Pipe()
    notes: list[FileNote] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, name in PARTS.items():
            rows = _rows(chosen.of_kind(kind).order_by("sequence"), scope, progress)
            yield from _part(archive, pipe, name, rows, notes)
        content = indented(synonyms())
        archive.writestr(entry(SYNONYMS), content)
        count = content.count(b'"phrase"')
        notes.append(FileNote(name=SYNONYMS, count=count, sha256=hashlib.sha256(content).hexdigest()))
        manifest = Manifest(format=FORMAT, scope=scope, since=since, sequence=last, on=on.isoformat(), files=notes)
        archive.writestr(entry(MANIFEST), indented(manifest))
        yield pipe.taken()
    yield pipe.taken()


def _part(
    archive: zipfile.ZipFile, pipe: Pipe, name: str, rows: Iterator[Row], notes: list[FileNote]
) -> Iterator[bytes]:
    digest, count = hashlib.sha256(), 0
    with archive.open(entry(name), "w", force_zip64=True) as file:
        for row in rows:
            line = compact(row) + b"\n"
            digest.update(line)
            count += 1
            file.write(line)
            yield pipe.taken()
    notes.append(FileNote(name=name, count=count, sha256=digest.hexdigest()))
    yield pipe.taken()


def _rows(found: EditionQuerySet, scope: Scope, progress: Callable[[], object] | None) -> Iterator[Row]:
    for edition in found.prefetch_related("labels").iterator(chunk_size=CHUNK):
        yield _row(edition, scope)
        if progress and edition.kind == "card":
            progress()


def _row(edition: Edition, scope: Scope) -> Row:
    public: dict[str, Any] = {
        "sequence": edition.sequence,
        "kind": edition.kind,
        "key": edition.key,
        "state": edition.state,
        "valid_from": edition.valid_from.isoformat(),
        "valid_to": edition.valid_to.isoformat() if edition.valid_to else None,
        "sha256": edition.sha256,
        "labels": sorted((label.name, label.value) for label in edition.labels.all()),
        "payload": msgspec.Raw(bytes(edition.payload)),
    }
    if scope == "public":
        return Row(**public)
    restricted = msgspec.Raw(bytes(edition.restricted))
    return ConsultantRow(**public, restricted=restricted, restricted_sha256=edition.restricted_sha256)
