"""Fixtures of the log."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

TABLES = ("publication_editionlabel", "publication_edition", "publication_loghead")


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test; afterwards the log is emptied, which needs its triggers off.

    (The framework's own way empties every table, and the triggers rightly refuse.)
    """
    migration = import_module("publication.migrations.0002_append_only")
    with django_db_blocker.unblock():
        yield
        with connection.schema_editor() as editor:
            migration.backward(None, editor)
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
        with connection.schema_editor() as editor:
            migration.forward(None, editor)
