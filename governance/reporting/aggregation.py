"""How far offices are, counted. Pure: the numbers of a type of office, and of everything, are the sums of their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Counts:
    """Cards of an office, or of many.

    `planned` are the model cards of its type that it has not declared as not offered; `published` those of them that clients can
    read; `not_begun` those without a card of the office. A published card may be in work as well, so the columns of states
    and `published` overlap. `overdue` and `overdue_month` count pages whose review is late, by a day or by more than 30 days.
    """

    offices: int = 0
    planned: int = 0
    published: int = 0
    in_check: int = 0
    in_work: int = 0
    drafts: int = 0
    not_begun: int = 0
    to_reconcile: int = 0
    suspended: int = 0
    local: int = 0
    overdue: int = 0
    overdue_month: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)))

    @property
    def percent(self) -> float | None:
        """Published of planned in percent, to one decimal place, never rounded up to 100; None when nothing is planned."""
        if not self.planned:
            return None
        return 1000 * self.published // self.planned / 10


def total(counted: Iterable[Counts]) -> Counts:
    """The sum; zeros for nothing."""
    return sum(counted, start=Counts())


def grouped(counted: Iterable[tuple[Key, Counts]]) -> Mapping[Key, Counts]:
    """The sums by key, in the order in which keys come first."""
    found: defaultdict[Key, Counts] = defaultdict(Counts)
    for key, counts in counted:
        found[key] = found[key] + counts
    return dict(found)
