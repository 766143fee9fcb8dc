"""What people look for, counted by day and phrase, without anything that tells who asked.

A process that answers appends one line to a file; that takes some hundredths of a millisecond, and a killed process loses
nothing. The scheduler takes the file over from time to time and adds it to the database in one transaction: no search waits
for a write of the database. Masking comes first, so that personal numbers reach no file either.
"""

from __future__ import annotations

import datetime
import fcntl
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F

from search.analysis import normalised
from search.masking import masked
from search.models import LONGEST_QUERY, SearchedPhrase

logger = logging.getLogger(__name__)

LARGEST_FILE = 16_000_000
"""Bytes of lines that wait for the scheduler; when it is away for long, later lines are dropped."""
BATCH = 200
"""Phrases of one query of the database."""
Source = Literal["strona", "API"]
What = Literal["asked", "without_result", "opened"]
PENDING, TAKEN = "pending", "taken"


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line of the file."""

    day: datetime.date
    source: Source
    text: str
    what: tuple[What, ...]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Line)


def phrase_of(text: str) -> str:
    """A query as it is counted: lower case, single spaces, personal numbers masked."""
    return masked(" ".join(normalised(text).split()))[:LONGEST_QUERY]


def note(text: str, *what: What, source: Source, day: datetime.date) -> None:
    """Write down that a phrase was asked for, gave no result, or led to an opened result. Never raises."""
    phrase = phrase_of(text)
    if not phrase or not settings.SEARCH_LOG_DAYS:
        return
    line = _encoder.encode(Line(day, source, phrase, what)) + b"\n"
    try:
        with _locked("writing", fcntl.LOCK_SH) as directory:
            _append(directory / PENDING, line)
    except OSError:
        logger.exception("Nie można zapisać, czego szukano; wyszukiwanie działa dalej.")


def take_over(*, on: datetime.date) -> int:
    """Add the lines written since the last time to the database, forget what is old; return the number of lines.

    A file that could not be added stays and is added the next time. Killed between the commit and the removal of the file, the
    scheduler counts that file twice: counts of phrases bear that better than a lock that searches would wait for.
    """
    with _locked("taking", fcntl.LOCK_EX) as directory:
        taken = directory / TAKEN
        with _locked("writing", fcntl.LOCK_EX):
            if (directory / PENDING).exists() and not taken.exists():
                (directory / PENDING).rename(taken)
        lines = list(_lines(taken))
        with transaction.atomic():
            _add(lines)
            _forget(on=on)
        taken.unlink(missing_ok=True)
    return len(lines)


@contextmanager
def _locked(name: str, how: int) -> Iterator[Path]:
    """The directory of the log while a lock of it is held."""
    directory = Path(settings.DATA_DIRECTORY) / "search_log"
    directory.mkdir(exist_ok=True)
    descriptor = os.open(directory / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield directory
    finally:
        os.close(descriptor)


def _append(path: Path, line: bytes) -> None:
    """Append a line in one write, which the system never mixes with another."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if os.fstat(descriptor).st_size < LARGEST_FILE:
            os.write(descriptor, line)
    finally:
        os.close(descriptor)


def _lines(path: Path) -> Iterator[Line]:
    """The lines of a file that can be read; a line cut by a full disk is left out."""
    if not path.exists():
        return
    for raw in path.read_bytes().splitlines():
        try:
            yield _decoder.decode(raw)
        except msgspec.MsgspecError:
            logger.warning("Pominięto nieczytelny wiersz dziennika wyszukiwań.")


def _add(lines: Iterable[Line]) -> None:
    """Add the lines to the counts of their day and phrase: a few queries for any number of phrases with equal counts."""
    counts: dict[tuple[datetime.date, Source, str], Counter[What]] = {}
    for line in lines:
        counts.setdefault((line.day, line.source, line.text), Counter()).update(line.what)
    rows = [SearchedPhrase(day=day, source=source, text=text) for day, source, text in sorted(counts)]
    SearchedPhrase.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    alike: dict[tuple[datetime.date, Source, tuple[tuple[What, int], ...]], list[str]] = {}
    for (day, source, text), found in sorted(counts.items()):
        alike.setdefault((day, source, tuple(sorted(found.items()))), []).append(text)
    for (day, source, numbers), texts in alike.items():
        for start in range(0, len(texts), BATCH):
            SearchedPhrase.objects.filter(day=day, source=source, text__in=texts[start : start + BATCH]).update(
                **{name: F(name) + number for name, number in numbers}
            )


def _forget(*, on: datetime.date) -> None:
    """Delete days beyond the retention, and rows above the largest number: the oldest and rarest first."""
    SearchedPhrase.objects.filter(day__lt=on - datetime.timedelta(days=settings.SEARCH_LOG_DAYS)).delete()
    surplus = SearchedPhrase.objects.count() - settings.SEARCH_LOG_ROWS
    if surplus > 0:
        unwanted = SearchedPhrase.objects.order_by("day", "asked", "pk").values("pk")[:surplus]
        SearchedPhrase.objects.filter(pk__in=unwanted).delete()
