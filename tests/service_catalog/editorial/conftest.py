"""Fixtures of the checks by other people."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.publication.conftest import certain_test_database

__all__ = ["certain_test_database", "own_database"]

NAME = "okienko_at_once"


def _on_server(statement: sql.Composed) -> None:
    """Run a statement that no transaction may stand around, beside the database of the tests."""
    parameters = connection.get_connection_params()
    with psycopg.connect(
        host=parameters["host"], user=parameters.get("user"), dbname="postgres", autocommit=True
    ) as server:
        server.execute(statement)


@pytest.fixture
def own_database(certain_test_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the empty test database for one test whose rows are committed; dropped afterwards with all its rows.

    Copying needs a server: a SQLite database of the tests lives in memory and has one connection.
    """
    if connection.vendor == "sqlite":
        pytest.skip("W pamięci jest jedno połączenie; na pliku sprawdzają to podróże.")
    shared = connection.settings_dict["NAME"]
    own = f"{shared}_{NAME}"
    with django_db_blocker.unblock():
        connection.close()
        _on_server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(own), sql.Identifier(shared)))
        connection.settings_dict["NAME"] = own
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = shared
            _on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own)))
