"""A damaged edition log is found, and the first bad row is named."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError

from publication.models import Edition

pytestmark = pytest.mark.django_db

GUARDED = ("publication_edition", "publication_editionlabel")


def damage(statement: str, *values: str | int | bytes) -> None:
    """Take the guards away, as somebody with rights on the database could, and change a table."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        cursor.execute(statement, values)


def verified() -> str:
    """What `editions verify` prints."""
    out = StringIO()
    call_command("editions", "verify", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_whole_log_is_said_to_be_whole() -> None:
    assert "Dziennik jest cały" in verified()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE publication_edition SET payload = %s WHERE sequence = %s", "treść nie zgadza się ze skrótem"),
        ("UPDATE publication_edition SET restricted = %s WHERE sequence = %s", "treść zastrzeżona nie zgadza się"),
    ],
)
def test_a_changed_text_is_named(statement: str, reason: str) -> None:
    edition = Edition.objects.order_by("sequence")[1700]
    later = Edition.objects.order_by("sequence")[1900]
    for row in (later, edition):
        damage(statement, b"{}", row.sequence)
    with pytest.raises(
        CommandError, match=f"Pierwszy zły wiersz: {edition.sequence} {edition.key} – {reason}"
    ) as refused:
        verified()
    assert refused.value.returncode == 1


def test_a_changed_date_breaks_the_chain() -> None:
    edition = Edition.objects.order_by("sequence")[42]
    damage("UPDATE publication_edition SET valid_from = %s WHERE sequence = %s", "1999-01-01", edition.sequence)
    with pytest.raises(CommandError, match=f"Pierwszy zły wiersz: {edition.sequence} .*łańcuch"):
        verified()


def test_rows_cut_off_at_the_end_are_missed() -> None:
    last = Edition.objects.order_by("sequence").last()
    assert last is not None
    damage("DELETE FROM publication_editionlabel WHERE edition_id = %s", last.pk)
    damage("DELETE FROM publication_edition WHERE sequence = %s", last.pk)
    with pytest.raises(CommandError, match=f"brakuje wydań od numeru {last.pk}"):
        verified()


def test_the_damage_is_told_as_json_too() -> None:
    edition = Edition.objects.order_by("sequence")[7]
    damage("UPDATE publication_edition SET payload = %s WHERE sequence = %s", b"[]", edition.sequence)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("editions", "verify", "--json", stdout=out, stderr=StringIO())
    answer = json.loads(out.getvalue())
    assert answer["whole"] is False
    assert answer["damage"]["sequence"] == edition.sequence


def test_the_guard_refuses_what_these_tests_do() -> None:
    with pytest.raises(DatabaseError, match="tylko przyrasta"), connection.cursor() as cursor:
        cursor.execute("UPDATE publication_edition SET payload = %s WHERE sequence = 1", [b"{}"])
