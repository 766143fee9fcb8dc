"""The synonyms for a process that only reads editions: it knows the table of the search, not its models, which need Wagtail."""

from __future__ import annotations

from django.db import connection

_COLUMNS = ("phrase", "kind", "target_kind", "target")
_QUERY = "SELECT phrase, kind, target_kind, target FROM search_synonymentry WHERE NOT candidate ORDER BY 1, 2, 3, 4"


def rows() -> list[dict[str, str]]:
    """The same rows in the same order as `config.synonym_register.rows`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
