"""Synonyms between the search, which keeps them, and the knowledge package, which carries them: the two do not know each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.models import RegisterVersion, SynonymEntry

_FIELDS = ("phrase", "kind", "target_kind", "target")


def rows() -> list[dict[str, str]]:
    """The synonyms in force as plain rows, in an order that depends on them alone. One query."""
    found = SynonymEntry.objects.filter(candidate=False).order_by(*_FIELDS).values_list(*_FIELDS)
    return [dict(zip(_FIELDS, row, strict=True)) for row in found]


def replace(wanted: Iterable[Mapping[str, str]]) -> int:
    """Make the register hold exactly these synonyms; candidates stay. Returns how many there are. Call it in a transaction."""
    SynonymEntry.objects.filter(candidate=False).delete()
    entries = [SynonymEntry(**{name: row[name] for name in _FIELDS}) for row in wanted]
    SynonymEntry.objects.bulk_create(entries, batch_size=100, ignore_conflicts=True)
    RegisterVersion.advance()
    return len(entries)
