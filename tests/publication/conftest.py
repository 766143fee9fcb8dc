"""Fixtures of the log."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import _get_databases_for_setup

TABLES = ("publication_editionlabel", "publication_edition", "publication_loghead")


@pytest.fixture(scope="session")
def certain_test_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A test database also in a run of nothing but tests with real transactions.

    The framework makes one only when a test of the run carries its own mark; without it the installation's database would be used.
    """
    if _get_databases_for_setup(request.session.items)[0]:
        yield
        return
    with django_db_blocker.unblock():
        own = str(connection.settings_dict["NAME"])
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        yield
        connection.creation.destroy_test_db(own, verbosity=0)


@pytest.fixture
def real_transactions(certain_test_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
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
