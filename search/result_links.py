"""Links of results that tell that a result was opened, without following a person.

A link carries the phrase that was searched for, signed, and nothing else: no cookie, no session, no number of a visitor. Who opens
it is sent on to the card; the phrase gets one more opened result. It works without JavaScript, and a link that is old, cut or
made up leads to the card all the same and is not counted.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from search.query_log import phrase_of

SALT = "search.opened"
COUNTED_SECONDS = 24 * 60 * 60
"""How long after the search an opened result is counted: later it is somebody's bookmark."""


def mark_of(text: str) -> str:
    """The signed phrase for the links of one page of results; empty when nothing was typed."""
    phrase = phrase_of(text)
    return signing.dumps(phrase, salt=SALT) if phrase else ""


def phrase_in(mark: str) -> str:
    """The phrase of a mark; empty for one that is not ours or too old."""
    try:
        return str(signing.loads(mark, salt=SALT, max_age=COUNTED_SECONDS))
    except signing.BadSignature:
        return ""


def link(key: str, mark: str) -> str:
    """Address of a card; by way of the count when there is a mark."""
    if not mark:
        return f"/karta/{key}/"
    return f"{reverse('search:opened', args=[key])}?z={mark}"
