"""Writing a feed: the newest editions of cards, tombstones included, as entries. Pure functions of what was read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from publication.models import EditionState

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SENTENCES = {
    EditionState.SUSPENDED: "Karta jest poprawiana i na razie jej nie ma.",
    EditionState.WITHDRAWN: "Karta została wycofana.",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An edition of a card. `changed` are names of fields, None for a new card."""

    sequence: int
    key: str
    title: str
    office: str
    state: str
    valid_from: datetime.date
    recorded_at: datetime.datetime
    changed: list[str] | None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed: where it stands, what it is called and which page it accompanies."""

    site: str
    path: str
    page: str
    title: str


def atom(feed: Feed, entries: Iterable[Entry], *, empty_since: datetime.datetime) -> bytes:
    """The document. `empty_since` is the moment of a feed without entries: Atom wants one."""
    rows = list(entries)
    updated = max((row.recorded_at for row in rows), default=empty_since)
    address = f"{feed.site}{feed.path}"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pl">\n',
        f"  <id>{_text(address)}</id>\n  <title>{_text(feed.title)}</title>\n  <updated>{_moment(updated)}</updated>\n",
        f'  <link rel="self" type="application/atom+xml" href={_attribute(address)}/>\n',
        f'  <link rel="alternate" type="text/html" href={_attribute(feed.site + feed.page)}/>\n',
        "  <author><name>Okienko</name></author>\n",
        *(_entry(feed.site, row) for row in rows),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _entry(site: str, row: Entry) -> str:
    title = f"{row.title} – {row.office}" if row.office else row.title
    return (
        f"  <entry>\n    <id>{_text(f'{site}/wydania/{row.sequence}')}</id>\n    <title>{_text(title)}</title>\n"
        f"    <updated>{_moment(row.recorded_at)}</updated>\n"
        f'    <link rel="alternate" type="text/html" href={_attribute(f"{site}/karta/{row.key}/")}/>\n'
        f"    <summary>{_text(summary(row))}</summary>\n  </entry>\n"
    )


def summary(row: Entry) -> str:
    """What happened, in a sentence."""
    since = f" Obowiązuje od {row.valid_from.isoformat()}."
    if row.state in _SENTENCES:
        return f"{_SENTENCES[EditionState(row.state)]} Od {row.valid_from.isoformat()}."
    if row.changed is None:
        return f"Nowa karta.{since}"
    return f"Zmienione pola: {', '.join(row.changed)}.{since}" if row.changed else f"Karta ogłoszona ponownie.{since}"


def _text(value: str) -> str:
    return escape(_UNWRITABLE.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", value))


def _moment(value: datetime.datetime) -> str:
    return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
