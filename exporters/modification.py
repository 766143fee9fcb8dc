"""Since when a text reads as it does: the moment for `Last-Modified` (RFC 9110, 8.8.2)."""

from __future__ import annotations

import datetime

from publication.calendar import WARSAW, today
from publication.models import Edition


def modified_at(*parts: Edition | None) -> int:
    """Seconds since 1970 at which the last of the editions was recorded or took force; 0 for none.

    An edition is often recorded before the day it takes force, and whoever asked in between saw another text. What takes
    force on a later day than today is read only by who asks for that day, since it was recorded.
    """
    return max((_began(part) for part in parts if part is not None), default=0)


def _began(edition: Edition) -> int:
    recorded = int(edition.recorded_at.timestamp())
    if edition.valid_from > today():
        return recorded
    return max(recorded, int(datetime.datetime.combine(edition.valid_from, datetime.time(), tzinfo=WARSAW).timestamp()))
