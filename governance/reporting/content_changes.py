"""What is different between two saved versions of a page, field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.reporting.content_wording import Names, Question, lines_of


@dataclass(frozen=True)
class FieldChange:
    """A field with what stood there before and what stands there after; of lists only the entries that differ."""

    label: str
    old: str
    new: str


def field_changes(
    form: tuple[Question, ...], before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> Iterator[FieldChange]:
    """Fields whose words differ, in the order of the form."""
    for question in form:
        raw_old, raw_new = before.get(question.name), after.get(question.name)
        if raw_old == raw_new:
            continue
        old, new = lines_of(question, raw_old, names), lines_of(question, raw_new, names)
        if old != new:
            gone, come = different_lines(old, new)
            yield FieldChange(question.label, "\n".join(gone), "\n".join(come))


def different_lines(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Entries only before and entries only after; everything when only the order or the number of equal entries differs."""
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    return (gone, come) if gone or come else (old, new)
