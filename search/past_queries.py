"""Queries that led people to a card, suggested to others who begin to type them.

Everybody reads suggestions, so nobody may put words there. A phrase is kept only when it was asked for on several days and results
were opened from it many times, and it is suggested only while the index knows every word of it: names of people, insults and
advertisements stay outside, whoever types them and however often.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.db.models import Count, Sum

from search.analysis import folded, words
from search.generations import replace
from search.models import SearchedPhrase

FEWEST_DAYS = 5
FEWEST_OPENED = 10
MOST_PHRASES = 2_000
LONGEST_PHRASE = 60
FILE = "past_queries.json"


@dataclass(frozen=True)
class PastQuery:
    """A phrase and its folded words, by which it is found."""

    text: str
    folded: str


def write() -> int:
    """Take the phrases that qualify from the counts into a file beside the index; return their number. Raises `OSError`."""
    rows = (
        SearchedPhrase.objects.values("text")
        .annotate(days=Count("day", distinct=True), openings=Sum("opened"))
        .filter(days__gte=FEWEST_DAYS, openings__gte=FEWEST_OPENED)
        .order_by("-openings", "text")
    )
    phrases = [row["text"] for row in rows[:MOST_PHRASES] if len(row["text"]) <= LONGEST_PHRASE]
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.encode(phrases)
    if not path.exists() or path.read_bytes() != content:
        replace(path, content)
    return len(phrases)


def beginning_with(prefix: str, *, occurs: Callable[[str], bool], limit: int) -> list[str]:
    """Kept phrases in which a word begins with the folded prefix, the most useful first; none with a word that is not known."""
    wanted = folded(" ".join(prefix.split()))
    found: list[str] = []
    for query in _kept():
        if len(found) == limit:
            break
        if (query.folded.startswith(wanted) or f" {wanted}" in query.folded) and _is_known(query.text, occurs):
            found.append(query.text)
    return found


def _is_known(text: str, occurs: Callable[[str], bool]) -> bool:
    """Whether the index has every word of the phrase that carries a meaning, and there is one."""
    telling = [word for word in words(text) if not word.is_function_word]
    return bool(telling) and all(any(map(occurs, word.lemmas)) for word in telling)


def _kept() -> tuple[PastQuery, ...]:
    try:
        status = _path().stat()
        return _read(_path(), status.st_ino, status.st_mtime_ns)
    except (OSError, msgspec.MsgspecError):
        return ()


@lru_cache(maxsize=2)
def _read(path: Path, inode: int, changed: int) -> tuple[PastQuery, ...]:
    """The phrases in a file of this identity."""
    phrases = msgspec.json.decode(path.read_bytes(), type=list[str])
    return tuple(PastQuery(text, folded(text)) for text in phrases)


def _path() -> Path:
    return Path(settings.DATA_DIRECTORY) / "search_log" / FILE
