from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from search import indexer
from tests.search import catalogue


@pytest.fixture(autouse=True, scope="session")
def _static_directory(_separate_directories: None) -> None:
    """WhiteNoise warns about a missing directory of static files, and warnings are errors."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def search_directory(settings: Settings, tmp_path: Path) -> Path:
    """An empty directory for the index of each test."""
    settings.SEARCH_DIRECTORY = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture(scope="session")
def _built_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The index of the small catalogue, built once: the log has the same editions in every test."""
    directory = tmp_path_factory.mktemp("built") / "search"
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(SEARCH_DIRECTORY=directory):
        catalogue.publish()
        indexer.rebuild(on=catalogue.TODAY)
        transaction.set_rollback(True)
    return directory


@pytest.fixture
def indexed(db: None, _built_once: Path, search_directory: Path) -> None:
    """The small catalogue in the log and in the index."""
    catalogue.publish()
    shutil.copytree(_built_once, search_directory)
