"""What all tests share.

Tests run in two parts. Without `OKIENKO_TEST_CATALOGUE` the database is empty and each test brings what it needs. With it (the
folders `journeys`, `contracts` and `conformance`) the whole demonstration catalogue is loaded once per process. The first part runs
again on PostgreSQL, with `OKIENKO_TEST_ONLY_DATABASE`.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.databases import load_once, migrate_once

CATALOGUE_TESTS = ("journeys", "contracts", "conformance")
WITH_CATALOGUE = bool(os.environ.get("OKIENKO_TEST_CATALOGUE"))
GARBAGE_THRESHOLD = 50_000
HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Collect the tests of the part that runs, and only those."""
    if not collection_path.is_relative_to(HERE) or collection_path == HERE:
        return None
    part = collection_path.relative_to(HERE).parts[0]
    if "." in part:
        return None
    return True if (part in CATALOGUE_TESTS) != WITH_CATALOGUE else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database only tests that ask a database anything run again; the others would say the same twice."""
    if not os.environ.get("OKIENKO_TEST_ONLY_DATABASE"):
        return
    asking = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
    items[:] = asking


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded now stays until the end: looking through it for garbage again and again is a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 100)


def _asks_a_database(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    wanted = {"db", "transactional_db", "certain_test_database"} & set(getattr(item, "fixturenames", ()))
    case = getattr(item, "cls", None)
    of_django = isinstance(case, type) and issubclass(case, TransactionTestCase)
    return bool(wanted or of_django or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True, scope="session")
def _separate_directories() -> Iterator[None]:
    """Every test process writes its index, files and mail into a directory of its own."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="okienko-tests-") as name:
        directory = Path(name)
        settings.DATA_DIRECTORY = directory
        settings.SEARCH_DIRECTORY = directory / "search"
        settings.MEDIA_ROOT = directory / "media"
        settings.STATIC_ROOT = directory / "static"
        settings.EMAIL_FILE_PATH = directory / "mail"
        settings.CACHES["default"]["LOCATION"] = directory / "cache"
        # How slowly a password is hashed is Django's own matter; a second for each account is a minute for all tests.
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.STATIC_ROOT.mkdir()  # the server of static files warns when its directory is missing
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, _separate_directories: None
) -> None:
    """Before the test database is made: take the migrated one that is kept, if there is one."""
    migrate_once()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, _separate_directories: None) -> None:
    """The test database, with the whole catalogue when this part of the tests needs it."""
    from django.conf import settings

    if WITH_CATALOGUE:
        with django_db_blocker.unblock():
            load_once(_load_catalogue, settings.SEARCH_DIRECTORY)


def _load_catalogue() -> None:
    """Everything `prepare` loads, and the index."""
    from publication.calendar import today
    from search.indexer import rebuild

    call_command("load_demo", verbosity=0)
    call_command("sync_roles", verbosity=0)
    call_command("load_synonyms", verbosity=0)
    call_command("load_handbooks", verbosity=0, stdout=StringIO())
    rebuild(on=today())
