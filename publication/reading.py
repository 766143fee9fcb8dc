"""Reading the log: what is in force on a day. The one place where that question is answered."""

from __future__ import annotations

import datetime

from publication.calendar import WARSAW, today
from publication.models import Edition, EditionQuerySet, LogHead
from publication.repeated import RepeatedQuestion

_head = RepeatedQuestion(lambda: LogHead.objects.order_by("pk").values_list("sequence"))


class NotInForce(LookupError):
    """Nothing can be read under this key on this day. `edition` is the tombstone or expired text, if there is one."""

    def __init__(self, key: str, day: datetime.date, edition: Edition | None = None) -> None:
        super().__init__(f"W dniu {day.isoformat()} nie obowiązuje żadne wydanie „{key}”.")
        self.key = key
        self.day = day
        self.edition = edition


def editions() -> EditionQuerySet:
    """All editions as a typed queryset, without the restricted column."""
    return EditionQuerySet(Edition).public()


def restricted_editions() -> EditionQuerySet:
    """All editions with the restricted column: for consultants and staff only."""
    return EditionQuerySet(Edition)


def latest(key: str, *, on: datetime.date) -> Edition | None:
    """The edition that decides for `key` on the day, tombstones included; None when there is none yet."""
    return editions().filter(key=key, valid_from__lte=on).order_by("-valid_from", "-sequence").first()


def in_force(key: str, *, on: datetime.date) -> Edition:
    """The readable edition of `key` on the day. Raises `NotInForce` for a tombstone, an expired text or an unknown key."""
    edition = latest(key, on=on)
    if edition is None or not edition.covers(on):
        raise NotInForce(key, on, edition)
    return edition


def head_sequence() -> int:
    """Sequence of the last recorded edition, 0 for an empty log."""
    row = _head.first()
    return int(row[0]) if row else 0


def last_change() -> datetime.datetime:
    """The last moment at which anything that is read today can have changed: the newest edition, or the start of the day.

    At the start of a day editions come into force and expire that were recorded before. One query.
    """
    start = datetime.datetime.combine(today(), datetime.time(), tzinfo=WARSAW)
    newest = editions().order_by("-sequence").values_list("recorded_at", flat=True).first()
    return max(start, newest) if newest else start
