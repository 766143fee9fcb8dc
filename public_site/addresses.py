"""Public addresses: flat, stable, built from a prefix and a code, so that a list of a hundred links costs no reversing.

`urls.py` mounts its routes at the same prefixes, and a test compares the two.
"""

from __future__ import annotations

import re

CARD = "/karta/"
OFFICES = "/urzedy/"
LIFE_EVENTS = "/zdarzenia/"
TOPICS = "/dzialy/"
SEARCH = "/szukaj/"
DECLARATION = "/deklaracja-dostepnosci/"
ABOUT = "/o-serwisie/"
CARDS_API = "/api/v1/cards/"

DAY_PARAMETER = "na-dzien"
"""Query parameter of an archival or future reading; its value is an ISO date."""

MAIN_MENU = (
    (LIFE_EVENTS, "Zdarzenia życiowe"),
    (TOPICS, "Działy"),
    (OFFICES, "Urzędy"),
    (ABOUT, "O serwisie"),
)

_PLACES = {"card": CARD, "office": f"{OFFICES}", "life_event": f"{LIFE_EVENTS}"}
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[^\d+]")


def of_edition(kind: str, key: str) -> str:
    """Address of the page of an edition; empty for kinds that have none (registers, articles)."""
    prefix = _PLACES.get(kind)
    return f"{prefix}{key if kind == 'card' else key.rpartition('/')[2]}/" if prefix else ""


def web_address(value: str) -> str:
    """`value` when it is a plain http or https address, else empty: no other scheme ever becomes a link."""
    candidate = value.strip()
    return candidate if _WEB_ADDRESS.match(candidate) else ""


def dialled(value: str) -> str:
    """A phone number as a `tel:` link dials it: digits and plus; extra text such as "wew. 12" ends the number."""
    return _NOT_DIALLED.sub("", re.split(r"[a-zA-Z(,;/]", value.strip(), maxsplit=1)[0])
